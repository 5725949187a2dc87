"""The record of jobs and submissions, in SQLite. What is written here survives kill and power cut."""

from retake_desktop.services.history.record import AttemptRecord, History
from retake_desktop.services.history.salvage import Salvaged

__all__ = ["AttemptRecord", "History", "Salvaged"]
