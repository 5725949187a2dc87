"""Retake Desktop: redo one bad moment of a video and keep every other frame as it was shot."""

__version__ = "0.1.0"
