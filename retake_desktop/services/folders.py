"""Where things lie, by the platform's own rules."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason

_APP = "retake-desktop"


@dataclass(frozen=True, slots=True)
class Folders:
    """The app's own folders. `data` is precious (jobs, results, windows of open jobs); `cache` may be deleted."""

    data: Path
    config: Path
    cache: Path

    @classmethod
    def of_this_person(cls) -> "Folders":
        """By platform convention; on Linux XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME."""
        return cls(
            data=platformdirs.user_data_path(_APP, appauthor=False),
            config=platformdirs.user_config_path(_APP, appauthor=False),
            cache=platformdirs.user_cache_path(_APP, appauthor=False),
        )

    @property
    def history(self) -> Path:
        return self.data / "jobs.sqlite"

    @property
    def results(self) -> Path:
        return self.data / "results"

    @property
    def windows(self) -> Path:
        return self.data / "windows"

    @property
    def web(self) -> Path:
        """Videos fetched from the web, each in a folder of its own."""
        return self.data / "web"

    @property
    def locks(self) -> Path:
        return self.data / "locks"

    @property
    def demo(self) -> Path:
        return self.data / "demo"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def settings(self) -> Path:
        return self.config / "settings.json"

    @property
    def drafts(self) -> Path:
        return self.data / "drafts.json"

    def create(self) -> None:
        """Makes the folders, readable by this person only. Raises RetakeError(FILE_TROUBLE)."""
        for folder in (self.data, self.config, self.cache, self.results, self.windows, self.locks, self.logs):
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise RetakeError(ErrorKind.FILE_TROUBLE, f"{folder}: {os_reason(error)}") from error
