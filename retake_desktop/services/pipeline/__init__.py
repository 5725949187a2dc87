"""One job from press to result: prepare, host, submit, wait, download, verify. Every step is saved before the next."""

from retake_desktop.services.pipeline.connections import Connections
from retake_desktop.services.pipeline.pipeline import Pipeline
from retake_desktop.services.pipeline.setup import opened_tools
from retake_desktop.services.pipeline.tools import Clocks, Tools

__all__ = ["Clocks", "Connections", "Pipeline", "Tools", "opened_tools"]
