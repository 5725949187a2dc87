"""The fingerprint of long files: what it notices, what it costs, and what it cannot notice."""

import shutil
from pathlib import Path

import pytest

from retake_desktop.media import fingerprint
from retake_desktop.media.fingerprint import fingerprint_of


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that counts as long, without the hundreds of megabytes."""
    monkeypatch.setattr(fingerprint, "WHOLE", 1 << 20)
    monkeypatch.setattr(fingerprint, "_ENDS", 1 << 16)
    monkeypatch.setattr(fingerprint, "_SAMPLE", 1 << 10)
    path = tmp_path / "film.mp4"
    path.write_bytes(b"".join(number.to_bytes(4, "big") for number in range(1 << 20)))
    return path


def changed(path: Path, at: int, length: int = 1) -> str:
    """The fingerprint of a copy with some bytes overwritten."""
    copy = Path(shutil.copy(path, path.with_name("copy.mp4")))
    with copy.open("r+b") as file:
        file.seek(at)
        before = file.read(length)
        file.seek(at)
        file.write(bytes(byte ^ 1 for byte in before))
    return fingerprint_of(str(copy))


def test_a_long_film_is_known_again_by_its_copy(film: Path) -> None:
    assert changed(film, 0, 0) == fingerprint_of(str(film))


def test_changes_at_the_ends_and_any_longer_change_between_them_are_noticed(film: Path) -> None:
    same = fingerprint_of(str(film))
    size = film.stat().st_size
    apart = (size - 2 * (1 << 16)) // 127 + 1
    places = [(0, 1), (65_535, 1), (size - 1, 1), (size - 65_536, 1)]
    places += [(at, apart) for at in range(1 << 16, size - (1 << 16) - apart, 300_001)]
    assert same not in {changed(film, at, length) for at, length in places}


def test_a_longer_or_shorter_film_is_another_one(film: Path) -> None:
    same = fingerprint_of(str(film))
    with film.open("ab") as file:
        file.write(b"x")
    assert fingerprint_of(str(film)) != same


def test_no_more_than_its_samples_are_read_of_a_long_film(film: Path) -> None:
    size = film.stat().st_size
    assert sum(length for _, length in fingerprint._parts(size)) == 2 * (1 << 16) + 128 * (1 << 10) < size / 10


def test_every_byte_of_a_shorter_film_counts(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(3 << 20))
    same = fingerprint_of(str(path))
    assert same not in {changed(path, at) for at in (0, 1_048_575, 1_048_576, 1_500_001, 2_500_001, (3 << 20) - 1)}
