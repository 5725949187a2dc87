"""Takes a person's own things out of text that somebody else shall read: tokens, prompts, addresses, file names."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote

from retake_desktop.services.logs import redacted

_SHORTEST = 4
"""Letters. What is shorter stands in too many ordinary words; a prompt as short is found in quotes only."""
_TELLING = 7
"""Letters of a file's name without its ending that make it more than a word like "clip"."""
_MEDIA = (
    r"(?:mp4|m4v|mov|mkv|webm|avi|ts|mts|m2ts|mpg|mpeg|wmv|flv|ogv|3gp|gif|h264|hevc|mxf|wav|mp3|m4a|aac|flac"
    r"|png|jpe?g|webp|csv|jsonl?|txt|zip|srt|part)"
)
_MEDIA_PATH = re.compile(rf"(?:~|[A-Za-z]:(?=[/\\])|(?<![\w/.:~-])(?=/))[^\n\r\"<>|]*?\.{_MEDIA}\b", re.IGNORECASE)
"""From a root to the ending of a file, blanks included."""
_MEDIA_NAME = re.compile(
    r"(?<![\w.~/\\-])(?![0-9a-f]{32}\b)[^\s/\\'\"<>|=,;:()\[\]]+"
    r"\.(?:mp4|m4v|mov|mkv|webm|avi|mts|m2ts|mpe?g|wmv|flv|ogv|3gp|gif|h264|hevc|mxf|wav|mp3|m4a|flac|png|jpe?g|webp)\b",
    re.IGNORECASE,
)
"""Without a folder; names of the app's own making are numbers and may stay."""
_WORD = re.compile(r"\w+")
_HOME_PATH = re.compile(r"~[/\\][^\n\r'\"<>|:]*")
_USER_FOLDER = re.compile(r"((?:[/\\])(?:home|Users|media|run/media|run/user)[/\\])[^/\\\s'\"]+", re.IGNORECASE)


@dataclass(frozen=True)
class Private:
    """What must not be read by others. `paths` are files of the person, `folders` those of the app, whose own names
    may stay; `home` is the person's home folder."""

    secrets: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    home: str = ""


class Scrubber:
    """Calls return their text without what is private. With `with_names`, files keep their names and places."""

    def __init__(self, private: Private, *, with_names: bool) -> None:
        home = private.home.rstrip("/\\")
        self._homes = _longest_first(set(_written(home))) if len(home) > 1 else ()
        self.with_names = with_names
        self._words = _table(private, with_names=with_names)
        self._folders = _longest_first(private.folders)
        self._inside = {known: frozenset(_WORD.findall(known)[1:-1]) for known in self._words}
        """Whole words in the middle: a text that lacks one of them does not hold the rest either."""

    def __call__(self, text: str) -> str:
        text = redacted(self._without_known(text))
        for folder in self._folders:
            text = text.replace(folder, "[app]")
        for home in self._homes:
            text = text.replace(home, "~")
        if not self.with_names:
            text = _MEDIA_PATH.sub("[file]", text)
            text = _MEDIA_NAME.sub("[file]", text)
            text = _HOME_PATH.sub("~/[…]", text)
        return _USER_FOLDER.sub(r"\1[user]", text)

    def leaks(self, text: str) -> bool:
        """Whether something private is still in `text`."""
        has_home = any(home in text for home in self._homes)
        return has_home or bool(self._found_in(text))

    def _without_known(self, text: str) -> str:
        found = self._found_in(text)
        if not found:
            return text
        longest = "|".join(map(re.escape, _longest_first(found)))
        return re.sub(longest, lambda known: self._words[known.group()], text)

    def _found_in(self, text: str) -> list[str]:
        """What of all that is known stands in `text`. Thousands of prompts are held against it, so cheaply first."""
        there = frozenset(_WORD.findall(text))
        return [known for known, inside in self._inside.items() if inside <= there and known in text]


def _table(private: Private, *, with_names: bool) -> dict[str, str]:
    """What is replaced, and by what. Secrets come last, so that nothing else takes their place."""
    words: dict[str, str] = {}
    if not with_names:
        for number, path in enumerate(dict.fromkeys(private.paths), 1):
            words |= dict.fromkeys(_names(path), f"[file {number}]")
    for address in private.addresses:
        words |= dict.fromkeys(_written(address), "[address]")
    for prompt in private.prompts:
        lines = [prompt, *prompt.splitlines()] if "\n" in prompt or "\r" in prompt else [prompt]
        for line in lines:
            words |= dict.fromkeys(_quoted_if_short(line.strip()), "[prompt]")
    for secret in private.secrets:
        if len(secret) >= _SHORTEST:
            words |= dict.fromkeys(_written(secret), "[secret]")
    words.pop("", None)
    return words


def _names(path: str) -> Iterator[str]:
    """A path, and its name with and without ending, as far as they are no ordinary words."""
    pure: PurePath = PureWindowsPath(path) if re.match(r"[A-Za-z]:[/\\]", path) else PurePosixPath(path)
    for name in (path, pure.name):
        if len(name) >= _SHORTEST:
            yield from _written(name)
    if len(pure.stem) >= _TELLING:
        yield from _written(pure.stem)


def _quoted_if_short(prompt: str) -> Iterator[str]:
    if len(prompt) >= _SHORTEST:
        yield from _written(prompt)
    elif prompt:
        yield from (f"'{prompt}'", f'"{prompt}"')


def _written(words: str) -> Iterator[str]:
    """The ways in which text may stand in logs, tracebacks, JSON and addresses."""
    yield words
    yield repr(words)[1:-1]
    yield json.dumps(words)[1:-1]
    yield json.dumps(words, ensure_ascii=False)[1:-1]
    yield quote(words)
    yield quote(words, safe="")


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, words), key=len, reverse=True))
