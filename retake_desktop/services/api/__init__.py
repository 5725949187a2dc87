"""RunComfy's Model API: what is said (`wire`), when to say it again (`retry`), and a thin client."""
