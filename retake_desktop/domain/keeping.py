"""How long the service keeps what it has made."""

from datetime import datetime, timedelta

from retake_desktop.domain.job import Job

KEPT_FOR = timedelta(days=7)
"""RunComfy says only that request ids expire. Seven days is this app's assumption; people are told "about"."""


def kept_until(job: Job) -> datetime | None:
    """Until when a result that is still to be fetched is surely kept, counted from the submission.

    None where there is nothing to fetch, or nothing to expire: the demo service lies on this machine.
    """
    if job.request_id is None or not job.is_open or job.service.is_demo:
        return None
    return (job.submitted_at or job.created_at) + KEPT_FOR
