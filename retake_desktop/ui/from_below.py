"""Sentences that the parts below the window make in English, for the command line too, in the person's language.

Each pattern is written as it is said there, with a name in braces for what is put into it; what is put in is
translated in its turn. What matches none stays as it is: better an English sentence than none.
"""

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui.details import DETAILS

_PATTERNS = (
    # how a film was put together
    QT_TRANSLATE_NOOP("FromBelow", "Every picture is copied as it is."),
    QT_TRANSLATE_NOOP(
        "FromBelow", "1 frame is encoded, for the new moment and to its next seam; all others are copied as they are."
    ),
    QT_TRANSLATE_NOOP(
        "FromBelow",
        "{count} frames are encoded, for the new moment and to its next seam; all others are copied as they are.",
    ),
    QT_TRANSLATE_NOOP(
        "FromBelow",
        "{before} The new moment came back in standard range and is converted to the original's HDR colours.",
    ),
    QT_TRANSLATE_NOOP("FromBelow", "The whole picture is encoded once more, at high quality. {why}"),
    QT_TRANSLATE_NOOP("FromBelow", "There is no place in it where copying could stop or start again."),
    QT_TRANSLATE_NOOP("FromBelow", "Copying was tried, but FFmpeg refused it ({detail})."),
    QT_TRANSLATE_NOOP("FromBelow", "Copying was tried, but {detail}."),
    QT_TRANSLATE_NOOP("FromBelow", "Only H.264 and HEVC can be joined without that; this is {codec}."),
    QT_TRANSLATE_NOOP("FromBelow", "Its pixels ({format}) are not the 4:2:0 that can be joined without that."),
    QT_TRANSLATE_NOOP("FromBelow", "Its container is none whose packets can be copied safely."),
    QT_TRANSLATE_NOOP("FromBelow", "Its size is odd, which the encoder does not take."),
    QT_TRANSLATE_NOOP("FromBelow", "It is interlaced."),
    QT_TRANSLATE_NOOP("FromBelow", "Its profile ({profile}) is none that the encoder can match."),
    QT_TRANSLATE_NOOP("FromBelow", "It holds a second layer (spatial video)."),
    QT_TRANSLATE_NOOP("FromBelow", "Its packets do not match its frames one by one."),
    QT_TRANSLATE_NOOP("FromBelow", "Its headers cannot be read ({detail})."),
    QT_TRANSLATE_NOOP("FromBelow", "Its container stores no presentation times."),
    QT_TRANSLATE_NOOP("FromBelow", "Its container changes the decoder's set-up on the way."),
    QT_TRANSLATE_NOOP("FromBelow", "An edit list hides some of its frames."),
    QT_TRANSLATE_NOOP("FromBelow", "Its headers have no room for new ones ({detail})."),
    QT_TRANSLATE_NOOP("FromBelow", "Its decoding times leave no room for the new pictures' order."),
    QT_TRANSLATE_NOOP("FromBelow", "It was read differently the second time."),
    QT_TRANSLATE_NOOP("FromBelow", "The encoder describes its pictures differently from one stretch to the next."),
    QT_TRANSLATE_NOOP("FromBelow", "It uses all ids that a new parameter set could have."),
    QT_TRANSLATE_NOOP("FromBelow", "There is no sound."),
    QT_TRANSLATE_NOOP("FromBelow", "All sound is copied as it is."),
    QT_TRANSLATE_NOOP("FromBelow", "The sound is encoded once more, at high quality. {why}"),
    QT_TRANSLATE_NOOP(
        "FromBelow",
        "{part} of {count} packets of sound are encoded, around the new moment; all others are copied as they are.",
    ),
    QT_TRANSLATE_NOOP("FromBelow", "Only AAC can be joined without that."),
    QT_TRANSLATE_NOOP("FromBelow", "Only plain AAC (LC) can be joined without that."),
    QT_TRANSLATE_NOOP("FromBelow", "Its packets do not join without a click."),
    QT_TRANSLATE_NOOP("FromBelow", "Its packets are not all of the usual length."),
    QT_TRANSLATE_NOOP("FromBelow", "Its track holds nothing."),
    QT_TRANSLATE_NOOP("FromBelow", "Its track has gaps."),
    # how a clip travels
    QT_TRANSLATE_NOOP(
        "FromBelow", "{way}; {count} MB: the service may take long to fetch it, or refuse it above 32 MB"
    ),
    QT_TRANSLATE_NOOP("FromBelow", "{way}, because {reason}"),
    QT_TRANSLATE_NOOP("FromBelow", "through the demo service"),
    QT_TRANSLATE_NOOP("FromBelow", "inside the request (not documented for this model)"),
    QT_TRANSLATE_NOOP("FromBelow", "through your storage, {place}"),
    QT_TRANSLATE_NOOP("FromBelow", "from the address that you gave"),
    QT_TRANSLATE_NOOP("FromBelow", "no storage is set up"),
    QT_TRANSLATE_NOOP("FromBelow", "it is set up"),
    QT_TRANSLATE_NOOP("FromBelow", "you chose it"),
    QT_TRANSLATE_NOOP("FromBelow", "the very same file lies there"),
    QT_TRANSLATE_NOOP("FromBelow", "the service did not take the clip inside the request"),
    QT_TRANSLATE_NOOP("FromBelow", "the demo service has a place of its own on this machine"),
    # what a look at everything finds
    QT_TRANSLATE_NOOP("FromBelow", "VLC was not found on this computer. Install VLC 3 to hear the sound."),
    QT_TRANSLATE_NOOP("FromBelow", "VLC was found, but it does not start. Install VLC 3 again to hear the sound."),
    QT_TRANSLATE_NOOP("FromBelow", "Sound plays through libVLC."),
    QT_TRANSLATE_NOOP("FromBelow", "Videos play without sound until VLC 3 is installed; retakes work without it."),
    QT_TRANSLATE_NOOP("FromBelow", "{version}, with all that is needed."),
    QT_TRANSLATE_NOOP("FromBelow", "Without {parts}."),
    QT_TRANSLATE_NOOP("FromBelow", "Install Retake Desktop again: its own FFmpeg came without them."),
    QT_TRANSLATE_NOOP("FromBelow", "Decoding runs on the processor, for the exact frame."),
    QT_TRANSLATE_NOOP(
        "FromBelow", "Decoding runs on the processor, for the exact frame; FFmpeg would know here: {names}."
    ),
    QT_TRANSLATE_NOOP("FromBelow", "{count} GB free in {folder}."),
    QT_TRANSLATE_NOOP("FromBelow", "Free some space: a few retakes and a finished film need about 1 GB."),
    QT_TRANSLATE_NOOP("FromBelow", "All folders of the app can be written."),
    QT_TRANSLATE_NOOP("FromBelow", "Cannot be written: {folders}."),
    QT_TRANSLATE_NOOP("FromBelow", "Make them yours to read and write, or free some space on their disk."),
    QT_TRANSLATE_NOOP("FromBelow", "It answers, and holds no token."),
    QT_TRANSLATE_NOOP("FromBelow", "The token comes from RUNCOMFY_API_TOKEN, which wins over the keyring."),
    QT_TRANSLATE_NOOP("FromBelow", "The token is kept for this session only."),
    QT_TRANSLATE_NOOP("FromBelow", "The token comes from the keyring."),
    QT_TRANSLATE_NOOP("FromBelow", "None set up; clips travel inside the request (experimental)."),
    QT_TRANSLATE_NOOP("FromBelow", "Set up ({kind}), and not tried now."),
    QT_TRANSLATE_NOOP("FromBelow", "{place} takes and gives clips."),
    QT_TRANSLATE_NOOP("FromBelow", "Open Settings, How clips get to RunComfy, and test it there step by step."),
    QT_TRANSLATE_NOOP("FromBelow", "Accepted."),
    QT_TRANSLATE_NOOP("FromBelow", "{address} answers."),
    QT_TRANSLATE_NOOP("FromBelow", "{model} is offered, {price}."),
    QT_TRANSLATE_NOOP("FromBelow", "hardware decoding"),
    QT_TRANSLATE_NOOP("FromBelow", "disk"),
    QT_TRANSLATE_NOOP("FromBelow", "folders"),
    QT_TRANSLATE_NOOP("FromBelow", "keyring"),
    QT_TRANSLATE_NOOP("FromBelow", "bucket"),
    QT_TRANSLATE_NOOP("FromBelow", "service"),
    QT_TRANSLATE_NOOP("FromBelow", "token"),
    QT_TRANSLATE_NOOP("FromBelow", "model"),
    # what a price is, and what it counts
    QT_TRANSLATE_NOOP("FromBelow", "price not known"),
    QT_TRANSLATE_NOOP("FromBelow", "${amount} per {unit}"),
    QT_TRANSLATE_NOOP("FromBelow", "second"),
    QT_TRANSLATE_NOOP("FromBelow", "output"),
    QT_TRANSLATE_NOOP("FromBelow", "video"),
    *DETAILS,
)
_PLACE = re.compile(r"\{(\w+)\}")


def said(english: str) -> str:
    """`english` in the person's language, as far as it is one of the known sentences."""
    for pattern in _PATTERNS:
        found = _matcher(pattern).fullmatch(english)
        if found is not None:
            translated = QCoreApplication.translate("FromBelow", pattern)
            return translated.format(**{name: said(words) for name, words in found.groupdict().items()})
    return english


def knows(english: str) -> bool:
    """Whether it is one of the known sentences."""
    return any(_matcher(pattern).fullmatch(english) for pattern in _PATTERNS)


@cache
def _matcher(pattern: str) -> re.Pattern[str]:
    parts = _PLACE.split(pattern)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
    )
