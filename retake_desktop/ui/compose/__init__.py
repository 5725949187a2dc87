"""What should happen instead: prompt, mode, takes, price, Retake."""
