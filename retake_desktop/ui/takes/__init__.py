"""Every take on record, and what can be done about the chosen one."""
