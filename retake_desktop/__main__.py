"""Where every start begins: the window, or one of the commands."""

import sys
from collections.abc import Sequence

COMMANDS = ("run", "jobs", "splice", "check", "demo-service")
_WORKER, _READER = "--media-worker", "--media-reader"


def main(arguments: Sequence[str] | None = None) -> int:
    """Starts what the arguments name and returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [_WORKER]:
        # A frozen app has no Python to run the media worker with, so the executable is its own worker.
        from retake_desktop.media.worker import child_main

        return child_main()
    if given[:1] == [_READER]:
        from retake_desktop.media.aside_child import run

        return run()
    if given and given[0] in COMMANDS:
        from retake_desktop.cli import main as command

        return command(given)
    try:
        from retake_desktop.ui.loading import load_quickly

        load_quickly()
        from retake_desktop.app import main as window
    except Exception as error:
        _leave_word(error)
        raise
    return window(given)


def _leave_word(error: Exception) -> None:
    """There will be no window, and nobody may read what is written to a terminal: the next start tells of it."""
    from retake_desktop.services import runs
    from retake_desktop.services.folders import Folders

    folders = Folders.of_this_person()
    folders.create()
    with runs.on_record(folders.logs) as run:
        run.fail(error)


if __name__ == "__main__":
    sys.exit(main())
