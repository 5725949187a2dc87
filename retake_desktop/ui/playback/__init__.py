"""The playback engine that stage and compare view share: exact frames, in step with the sound, off the GUI thread."""
