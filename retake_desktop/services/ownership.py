"""Each open job is worked on by one process, through an OS lock that dies with it."""

from pathlib import Path

from filelock import FileLock, Timeout


class JobLocks:
    """Locks named after job ids, in one folder shared by the window, `run` and `jobs resume`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, FileLock] = {}

    def own(self, job_id: str) -> bool:
        """Takes the job for this process. False when another process has it; True also when it is ours already."""
        if job_id in self._held:
            return True
        lock = FileLock(self._folder / f"{job_id}.lock", timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._held[job_id] = lock
        return True

    def release(self, job_id: str) -> None:
        lock = self._held.pop(job_id, None)
        if lock is not None:
            lock.release()

    def release_all(self) -> None:
        for job_id in list(self._held):
            self.release(job_id)
