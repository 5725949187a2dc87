"""Settings of 200 broken kinds: none stops the app, and none is lost."""

import json
import random
from pathlib import Path
from typing import Any

import msgspec

from retake_desktop.services import settings
from retake_desktop.services.settings import Settings

_WRONG: tuple[Any, ...] = (None, True, -1, 1e300, "", "x" * 500, [], [[]], {}, {"a": 1}, 10**30, "\ud800")


def kinds() -> list[bytes]:
    """Each field with each kind of wrong value, then seeded damage to the bytes, up to 200."""
    whole = json.loads(json.dumps(msgspec.to_builtins(Settings())))
    found = [json.dumps({**whole, name: wrong}).encode() for name in whole for wrong in _WRONG]
    chance = random.Random(13)  # noqa: S311 - seeded damage, no secret
    text = json.dumps(whole).encode()
    chance.shuffle(found)
    found = found[:120]
    while len(found) < 200:
        damaged = bytearray(text)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        found.append(bytes(damaged[: chance.randint(0, len(damaged))]))
    return found


def test_200_kinds_of_broken_settings_are_read_or_set_aside_whole(tmp_path: Path) -> None:
    aside = 0
    for number, content in enumerate(kinds()):
        path = tmp_path / str(number) / "settings.json"
        path.parent.mkdir()
        path.write_bytes(content)
        peeked = settings.peek(path)
        assert path.read_bytes() == content
        found, place = settings.load(path)
        assert found == peeked
        if place is None:
            settings.save(path, found)
            assert settings.load(path) == (found, None)
        else:
            aside += 1
            assert found == Settings()
            assert Path(place).read_bytes() == content
    assert aside > 150
