"""The record of jobs and submissions, in SQLite. What is written here survives kill and power cut."""

from retake_desktop.services.history.marks import MAX_NAME, TakeMark
from retake_desktop.services.history.record import AttemptRecord, History
from retake_desktop.services.history.salvage import Salvaged

__all__ = ["MAX_NAME", "AttemptRecord", "History", "Salvaged", "TakeMark"]
