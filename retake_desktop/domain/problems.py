"""The sentence and the next step for every kind of trouble, for the window and the command line alike."""

from dataclasses import dataclass
from enum import StrEnum

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.retake import Obstacle


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001 - the name that Qt's lupdate looks for
    """Marks `text` for the translators without needing Qt here; `ui.problems` translates it."""
    return text


class Remedy(StrEnum):
    """The one button that an error offers."""

    NONE = "none"
    OPEN_OTHER_FILE = "open_other_file"
    ENTER_TOKEN = "enter_token"
    TRY_AGAIN = "try_again"
    """Safe: nothing was accepted, or nothing is paid for again."""
    SEND_AGAIN = "send_again"
    """May bill twice: needs a plain warning first."""
    FETCH_AGAIN = "fetch_again"
    LOOK_AGAIN = "look_again"
    """Costs nothing: the service is asked once more for a request that it did not know."""
    OPEN_SETTINGS = "open_settings"
    SET_UP_STORAGE = "set_up_storage"
    ALLOW_HOST = "allow_host"
    FIND_ORIGINAL = "find_original"
    LOOK_AT_REPORT = "look_at_report"


@dataclass(frozen=True, slots=True)
class Advice:
    """What happened, and what to do next; both are whole sentences in English, to be translated for display."""

    sentence: str
    next_step: str
    remedy: Remedy = Remedy.NONE


def _advice(sentence: str, next_step: str, remedy: Remedy = Remedy.NONE) -> Advice:
    return Advice(sentence, next_step, remedy)


ADVICE: dict[ErrorKind, Advice] = {
    ErrorKind.UNREADABLE_MEDIA: _advice(
        QT_TRANSLATE_NOOP("Problems", "This file cannot be read as a video."),
        QT_TRANSLATE_NOOP("Problems", "Open an MP4, MOV, MKV or WebM file that plays in a video player."),
        Remedy.OPEN_OTHER_FILE,
    ),
    ErrorKind.FILE_TROUBLE: _advice(
        QT_TRANSLATE_NOOP("Problems", "A file or folder cannot be used."),
        QT_TRANSLATE_NOOP("Problems", "Check that it is still there and that you may read and write it."),
        Remedy.TRY_AGAIN,
    ),
    ErrorKind.ORIGINAL_MISSING: _advice(
        QT_TRANSLATE_NOOP("Problems", "The video that this take was made from is not where it was."),
        QT_TRANSLATE_NOOP("Problems", "Show where it is now; it is known again by its content, under any name."),
        Remedy.FIND_ORIGINAL,
    ),
    ErrorKind.ORIGINAL_CHANGED: _advice(
        QT_TRANSLATE_NOOP("Problems", "The video has changed since this take was made, so the take may not fit it."),
        QT_TRANSLATE_NOOP("Problems", "Show where the unchanged one is, if there still is one."),
        Remedy.FIND_ORIGINAL,
    ),
    ErrorKind.WEB_VIDEO: _advice(
        QT_TRANSLATE_NOOP("Problems", "The video cannot be fetched from that address."),
        QT_TRANSLATE_NOOP("Problems", "Check the address in a browser, or download the video there and open the file."),
        Remedy.OPEN_OTHER_FILE,
    ),
    ErrorKind.NO_SPACE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The disk is full."),
        QT_TRANSLATE_NOOP("Problems", "Free some space and try again; nothing is paid twice."),
        Remedy.TRY_AGAIN,
    ),
    ErrorKind.MEDIA_FAILED: _advice(
        QT_TRANSLATE_NOOP("Problems", "The video could not be processed."),
        QT_TRANSLATE_NOOP("Problems", "Try another stretch of it, or convert the file to MP4 first."),
        Remedy.TRY_AGAIN,
    ),
    ErrorKind.INVALID_REQUEST: _advice(
        QT_TRANSLATE_NOOP("Problems", "This retake cannot be sent as it is."),
        QT_TRANSLATE_NOOP("Problems", "Change what is named here and try again."),
    ),
    ErrorKind.NO_TOKEN: _advice(
        QT_TRANSLATE_NOOP("Problems", "There is no RunComfy API token."),
        QT_TRANSLATE_NOOP(
            "Problems", "Paste yours in Settings, or set RUNCOMFY_API_TOKEN. The demo service works without one."
        ),
        Remedy.ENTER_TOKEN,
    ),
    ErrorKind.BAD_TOKEN: _advice(
        QT_TRANSLATE_NOOP("Problems", "RunComfy did not accept the API token."),
        QT_TRANSLATE_NOOP("Problems", "Copy the token from your RunComfy profile and paste it in Settings."),
        Remedy.ENTER_TOKEN,
    ),
    ErrorKind.NO_BALANCE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The RunComfy balance does not cover this retake."),
        QT_TRANSLATE_NOOP("Problems", "Add credit on RunComfy, then try again. Nothing was billed."),
        Remedy.TRY_AGAIN,
    ),
    ErrorKind.MODEL_GONE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service does not offer this model any more."),
        QT_TRANSLATE_NOOP("Problems", "Look up the current retake model on RunComfy and enter its id in Settings."),
        Remedy.OPEN_SETTINGS,
    ),
    ErrorKind.REFUSED: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service refused this retake. Nothing was billed."),
        QT_TRANSLATE_NOOP("Problems", "Change what it names and try again."),
        Remedy.TRY_AGAIN,
    ),
    ErrorKind.INLINE_REFUSED: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service does not take the clip inside the request. Nothing was billed."),
        QT_TRANSLATE_NOOP(
            "Problems",
            "It waits here. Set up storage of your own, or give the address of the clip; then it goes on by itself.",
        ),
        Remedy.SET_UP_STORAGE,
    ),
    ErrorKind.HOSTING_TROUBLE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The clip could not be brought to where the service can fetch it."),
        QT_TRANSLATE_NOOP("Problems", "Nothing was billed. Test your storage in Settings, or choose another way."),
        Remedy.SET_UP_STORAGE,
    ),
    ErrorKind.OTHER_ACCOUNT: _advice(
        QT_TRANSLATE_NOOP("Problems", "This retake belongs to another RunComfy account."),
        QT_TRANSLATE_NOOP("Problems", "Enter that account's token to go on with it; the others go on meanwhile."),
        Remedy.ENTER_TOKEN,
    ),
    ErrorKind.OVER_LIMIT: _advice(
        QT_TRANSLATE_NOOP("Problems", "Your own spending limits hold this retake back."),
        QT_TRANSLATE_NOOP(
            "Problems",
            "Nothing was sent. The limits are in Settings, under Money. On the command line, --yes answers the "
            "question about one retake; it does not lift the limit for a day.",
        ),
        Remedy.OPEN_SETTINGS,
    ),
    ErrorKind.RATE_LIMITED: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service asks for a pause."),
        QT_TRANSLATE_NOOP("Problems", "The app goes on by itself; there is nothing to do."),
    ),
    ErrorKind.OFFLINE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service cannot be reached."),
        QT_TRANSLATE_NOOP("Problems", "Check the connection; the app goes on by itself as soon as it is back."),
        Remedy.TRY_AGAIN,
    ),
    ErrorKind.SERVICE_TROUBLE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service gave an answer that makes no sense."),
        QT_TRANSLATE_NOOP("Problems", "The app asks again by itself. If it lasts, look at RunComfy's status page."),
        Remedy.TRY_AGAIN,
    ),
    ErrorKind.UNKNOWN_SUBMISSION: _advice(
        QT_TRANSLATE_NOOP("Problems", "It is not known whether the service accepted this retake."),
        QT_TRANSLATE_NOOP(
            "Problems",
            "Look it up among your generations on RunComfy. If it is there, adopt it by its request id; "
            "sending it again may bill twice.",
        ),
        Remedy.SEND_AGAIN,
    ),
    ErrorKind.FAILED_AT_SERVICE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service could not make this retake."),
        QT_TRANSLATE_NOOP("Problems", "Reword the prompt or move the selection a little, then retake again."),
    ),
    ErrorKind.EXPIRED: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service no longer knows this retake."),
        QT_TRANSLATE_NOOP(
            "Problems",
            "Results are kept there for some days only. Looking again costs nothing; a new retake is billed anew.",
        ),
        Remedy.LOOK_AGAIN,
    ),
    ErrorKind.NO_OUTPUT: _advice(
        QT_TRANSLATE_NOOP("Problems", "The service reports success but named no video."),
        QT_TRANSLATE_NOOP(
            "Problems", "Its raw answer is kept with the job; send the request id to RunComfy's support."
        ),
        Remedy.FETCH_AGAIN,
    ),
    ErrorKind.FOREIGN_HOST: _advice(
        QT_TRANSLATE_NOOP("Problems", "The result lies on a server that is not RunComfy's."),
        QT_TRANSLATE_NOOP("Problems", "If you trust it, allow that server (--allow-host) and fetch again."),
        Remedy.ALLOW_HOST,
    ),
    ErrorKind.DOWNLOAD_FAILED: _advice(
        QT_TRANSLATE_NOOP("Problems", "The result could not be fetched. It is paid for and still there."),
        QT_TRANSLATE_NOOP("Problems", "Fetch it again; that costs nothing."),
        Remedy.FETCH_AGAIN,
    ),
    ErrorKind.CANCELLED: _advice(
        QT_TRANSLATE_NOOP("Problems", "This retake was cancelled."),
        QT_TRANSLATE_NOOP("Problems", "Press Retake to ask for it anew."),
    ),
    ErrorKind.KEYRING_TROUBLE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The system keyring cannot be used."),
        QT_TRANSLATE_NOOP("Problems", "Unlock it and try again, or keep the token for this session only."),
        Remedy.ENTER_TOKEN,
    ),
    ErrorKind.HISTORY_TROUBLE: _advice(
        QT_TRANSLATE_NOOP("Problems", "The record of jobs cannot be used."),
        QT_TRANSLATE_NOOP("Problems", "Check the data folder's space and permissions, then start the app again."),
    ),
    ErrorKind.HISTORY_DAMAGED: _advice(
        QT_TRANSLATE_NOOP("Problems", "Part of the record of jobs was damaged."),
        QT_TRANSLATE_NOOP("Problems", "What can be read is in the list; RunComfy's page shows every request."),
    ),
    ErrorKind.APP_FAULT: _advice(
        QT_TRANSLATE_NOOP("Problems", "Something in the app went wrong."),
        QT_TRANSLATE_NOOP(
            "Problems", "Your jobs are safe on record. If it happens again, report it with the log file."
        ),
        Remedy.LOOK_AT_REPORT,
    ),
}

OBSTACLES: dict[Obstacle, str] = {
    Obstacle.NO_CLIP: QT_TRANSLATE_NOOP("Problems", "Open a video first."),
    Obstacle.NO_PROMPT: QT_TRANSLATE_NOOP("Problems", "Say what should happen instead."),
    Obstacle.PROMPT_TOO_LONG: QT_TRANSLATE_NOOP("Problems", "The prompt is longer than 5,000 characters. Shorten it."),
    Obstacle.SPAN_TOO_SHORT: QT_TRANSLATE_NOOP("Problems", "Select at least 2 seconds."),
    Obstacle.SPAN_TOO_LONG: QT_TRANSLATE_NOOP("Problems", "Select at most 20 seconds."),
    Obstacle.SPAN_OUTSIDE_CLIP: QT_TRANSLATE_NOOP("Problems", "The selection reaches past the video. Move it inside."),
    Obstacle.CLIP_TOO_SHORT: QT_TRANSLATE_NOOP(
        "Problems", "The model needs at least 2 seconds. Choose a longer video, or add to this one in an editor."
    ),
    Obstacle.WHOLE_CLIP_TOO_LONG: QT_TRANSLATE_NOOP(
        "Problems", "A whole clip can be sent up to 20 seconds. Send only the selection and its surroundings."
    ),
    Obstacle.CLOCK_JUMPS: QT_TRANSLATE_NOOP(
        "Problems", "The clock of this recording jumps, so its sound cannot be placed. Convert it to MP4 first."
    ),
    Obstacle.TOO_MANY_TAKES: QT_TRANSLATE_NOOP("Problems", "Ask for 1 to 8 takes."),
}


def with_detail(sentence: str, detail: str) -> str:
    """`sentence` with the technical detail in brackets before its full stop."""
    return f"{sentence.removesuffix('.')} ({detail.removesuffix('.')})." if detail else sentence


def english(problem: Problem) -> str:
    """The whole message in English, as the command line prints it and JSON carries it."""
    advice = ADVICE[problem.kind]
    return f"{with_detail(advice.sentence, problem.detail)} {advice.next_step}"
