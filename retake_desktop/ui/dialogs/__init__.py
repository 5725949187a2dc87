"""Settings, the sheet of shortcuts, and about."""
