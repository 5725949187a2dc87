"""Everything that reads or makes pictures and sound, through PyAV and libVLC. No Qt, no network."""
