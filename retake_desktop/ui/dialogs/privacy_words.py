"""The privacy ledger in the person's words."""

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.privacy import Bar, Held, Holding
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.services.secrets import TokenSource
from retake_desktop.ui import text

_NAMES = {
    Held.RESULTS: QT_TRANSLATE_NOOP("Privacy", "Results of your takes"),
    Held.DISCARDED: QT_TRANSLATE_NOOP("Privacy", "Results of discarded takes"),
    Held.WINDOWS: QT_TRANSLATE_NOOP("Privacy", "Clips as they were sent"),
    Held.FETCHED: QT_TRANSLATE_NOOP("Privacy", "Videos fetched from the web"),
    Held.FILMS: QT_TRANSLATE_NOOP("Privacy", "Finished films"),
    Held.RECORD: QT_TRANSLATE_NOOP("Privacy", "The record of your takes, with prompts and receipts"),
    Held.RECENT: QT_TRANSLATE_NOOP("Privacy", "Which videos you opened lately"),
    Held.DRAFTS: QT_TRANSLATE_NOOP("Privacy", "Selections and prompts not sent yet"),
    Held.PREVIEWS: QT_TRANSLATE_NOOP("Privacy", "Previews: filmstrips, waveforms and frame times"),
    Held.DEMO: QT_TRANSLATE_NOOP("Privacy", "Files of the demo service"),
    Held.LOGS: QT_TRANSLATE_NOOP("Privacy", "Logs, without prompts and file contents"),
    Held.TOKEN: QT_TRANSLATE_NOOP("Privacy", "Your RunComfy API token"),
    Held.SECRET: QT_TRANSLATE_NOOP("Privacy", "The secret of your storage"),
    Held.STORAGE: QT_TRANSLATE_NOOP("Privacy", "Clips in your storage"),
    Held.SERVICE: QT_TRANSLATE_NOOP("Privacy", "Clips, prompts and results at RunComfy"),
}

_WHERE = {
    Held.FILMS: QT_TRANSLATE_NOOP("Privacy", "Beside your originals, until you delete them."),
    Held.STORAGE: QT_TRANSLATE_NOOP("Privacy", "{place}; deleted as soon as no take needs them."),
    Held.SERVICE: QT_TRANSLATE_NOOP("Privacy", "{place}; kept there until about {until}, as far as is known."),
    Held.PREVIEWS: QT_TRANSLATE_NOOP("Privacy", "{place}; the longest unused go first, and all can be made again."),
    Held.LOGS: QT_TRANSLATE_NOOP("Privacy", "{place}; the oldest go by themselves, at 5 MB in all."),
}
_STAYS = QT_TRANSLATE_NOOP("Privacy", "{place}; stays until you delete it.")

_TOKENS = {
    TokenSource.ENVIRONMENT: QT_TRANSLATE_NOOP(
        "Privacy", "RUNCOMFY_API_TOKEN in the environment; the app stores none."
    ),
    TokenSource.SESSION: QT_TRANSLATE_NOOP("Privacy", "In memory, until the window closes."),
    TokenSource.KEYRING: QT_TRANSLATE_NOOP("Privacy", "The system's keyring, until you forget it."),
}

_BARS = {
    Bar.PAID_FOR: QT_TRANSLATE_NOOP("Privacy", "You paid for these. Discard a take, and its file can be deleted here."),
    Bar.IN_USE: QT_TRANSLATE_NOOP("Privacy", "Takes on their way still need this. Cancel them, or wait."),
    Bar.ORIGINALS: QT_TRANSLATE_NOOP("Privacy", "Takes were made from these, and go back into them when you keep one."),
    Bar.YOURS: QT_TRANSLATE_NOOP("Privacy", "This lies where you put it, and is yours to delete."),
    Bar.RECEIPTS: QT_TRANSLATE_NOOP(
        "Privacy",
        "It tells what was paid and keeps anything from being billed twice. Remove the file by hand if you must.",
    ),
    Bar.NO_WAY: QT_TRANSLATE_NOOP("Privacy", "RunComfy offers no way to delete it earlier."),
}


def name_of(what: Held) -> str:
    return _tr(_NAMES[what])


def bar_words(bar: Bar) -> str:
    """Why it cannot be deleted here and now, and what to do."""
    return _tr(_BARS[bar])


def where_words(holding: Holding) -> str:
    """Where it lies, until when, and why it cannot be deleted, where it cannot."""
    if holding.what in {Held.TOKEN, Held.SECRET}:
        where = _tr(_TOKENS[TokenSource(holding.place)])
    else:
        until = "" if holding.until is None else text.day(holding.until)
        where = _tr(_WHERE.get(holding.what, _STAYS)).format(place=holding.place, until=until)
    return where if holding.bar is None else text.sentences((where, bar_words(holding.bar)))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Privacy", words)
