"""The stage, which shows the exact frame, and the transport under it."""
