"""The playback engine that stage and compare view share: exact frames, in step with the sound, off the GUI thread."""

from retake_desktop.ui.playback.immortal import guard_singletons

guard_singletons()
