"""Why a step with the person's storage did not work, in plain words, for the window and the command line alike."""

from retake_desktop.domain.hosting import Cause, TrialStep
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP, with_detail

CAUSES: dict[Cause, str] = {
    Cause.WRONG_KEY: QT_TRANSLATE_NOOP(
        "Hosting", "The storage does not know this key or user name. Copy it again, whole, from your provider's page."
    ),
    Cause.WRONG_SECRET: QT_TRANSLATE_NOOP(
        "Hosting", "The secret does not belong to this key. Copy both again; the secret is often shown only once."
    ),
    Cause.UNUSABLE_SECRET: QT_TRANSLATE_NOOP(
        "Hosting", "The secret has the wrong form: something is missing, or it is for another kind of storage."
    ),
    Cause.WRONG_REGION: QT_TRANSLATE_NOOP(
        "Hosting", "The bucket lies in another region. Enter the region that your provider shows for it."
    ),
    Cause.NO_BUCKET: QT_TRANSLATE_NOOP(
        "Hosting", "There is no bucket or container of this name. Check the spelling, or create it first."
    ),
    Cause.NO_FOLDER: QT_TRANSLATE_NOOP("Hosting", "There is no such folder on the server. Create it there first."),
    Cause.CLOCK: QT_TRANSLATE_NOOP(
        "Hosting", "This computer's clock differs from the server's by minutes. Set it right, then test again."
    ),
    Cause.NO_PERMISSION: QT_TRANSLATE_NOOP(
        "Hosting", "The key is not allowed to do this. Give it the right to read, write and delete in this bucket."
    ),
    Cause.NOT_PUBLIC: QT_TRANSLATE_NOOP(
        "Hosting",
        "The file cannot be read without a password or from outside, so the service could not fetch it. "
        "Check the public address.",
    ),
    Cause.OTHER_CONTENT: QT_TRANSLATE_NOOP(
        "Hosting", "Something else lies at the public address than what was uploaded, such as a web page."
    ),
    Cause.NO_ROOM: QT_TRANSLATE_NOOP("Hosting", "There is no room left there. Make some, or choose another place."),
    Cause.BUSY: QT_TRANSLATE_NOOP("Hosting", "The storage is busy or in trouble just now. Try again a little later."),
    Cause.MISSING: QT_TRANSLATE_NOOP("Hosting", "The file is not there any more."),
    Cause.UNUSABLE_ADDRESS: QT_TRANSLATE_NOOP(
        "Hosting", "This address cannot be used. It must begin with https:// and be reachable from the internet."
    ),
    Cause.NO_NETWORK: QT_TRANSLATE_NOOP(
        "Hosting", "The server cannot be reached. Check the address and this computer's connection."
    ),
    Cause.TLS: QT_TRANSLATE_NOOP(
        "Hosting", "The server's certificate is not trusted, so nothing was sent. Check the address or its certificate."
    ),
    Cause.BROKE: QT_TRANSLATE_NOOP("Hosting", "The connection broke. Try again."),
    Cause.OTHER: QT_TRANSLATE_NOOP("Hosting", "The server refused, and gave a reason that the app does not know."),
}

STEPS: dict[TrialStep, str] = {
    TrialStep.OPEN: QT_TRANSLATE_NOOP("Hosting", "Read the details"),
    TrialStep.PUT: QT_TRANSLATE_NOOP("Hosting", "Upload a small file"),
    TrialStep.GET: QT_TRANSLATE_NOOP("Hosting", "Fetch it as the service would"),
    TrialStep.DELETE: QT_TRANSLATE_NOOP("Hosting", "Delete it again"),
}


def told(cause: Cause, detail: str = "") -> str:
    """One cause in English, with the server's own code in brackets, and without a full stop at the end."""
    return coded(CAUSES[cause], detail).removesuffix(".")


def coded(words: str, detail: str) -> str:
    """`words` with the server's own code in brackets at the end of the first sentence."""
    first, stop, rest = words.partition(". ")
    return with_detail(first.removesuffix(".") + ".", detail) + (f" {rest}" if stop else "")
