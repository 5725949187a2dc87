"""Which way a clip takes, and why: every case."""

import pytest

from retake_desktop.domain.hosting import HostingSettings, Place, PlaceKind, Route, Way, choose

_PLACE = Place(PlaceKind.S3, bucket="clips")
_REFUSED = "the service did not take the clip inside the request"


@pytest.mark.parametrize(
    ("way", "place", "has_address", "inline_refused", "route", "because"),
    [
        (Way.AUTOMATIC, None, False, False, Route.INLINE, "no storage is set up"),
        (Way.AUTOMATIC, None, True, False, Route.ADDRESS, "the very same file lies there"),
        (Way.AUTOMATIC, _PLACE, True, False, Route.STORAGE, "it is set up"),
        (Way.STORAGE, _PLACE, True, False, Route.STORAGE, "you chose it"),
        (Way.STORAGE, None, False, False, Route.INLINE, "no storage is set up"),
        (Way.INLINE, _PLACE, True, False, Route.INLINE, "you chose it"),
        (Way.INLINE, None, False, True, Route.BLOCKED, _REFUSED),
        (Way.AUTOMATIC, None, True, True, Route.ADDRESS, _REFUSED),
        (Way.INLINE, _PLACE, True, True, Route.STORAGE, _REFUSED),
    ],
)
def test_the_way_of_a_clip(
    way: Way, place: Place | None, has_address: bool, inline_refused: bool, route: Route, because: str
) -> None:
    settings = HostingSettings(way, place)
    chosen = choose(settings, is_demo=False, inline_refused=inline_refused, has_address=has_address)
    assert (chosen.route, chosen.because) == (route, because)
    demo = choose(settings, is_demo=True, inline_refused=inline_refused, has_address=has_address)
    assert demo.route is Route.DEMO


@pytest.mark.parametrize(
    ("kind", "folder", "prefix"),
    [
        (PlaceKind.S3, "retake-desktop", "retake-desktop/"),
        (PlaceKind.S3, "/Übung 1/a/", "Übung 1/a/"),
        (PlaceKind.GOOGLE, "", ""),
        (PlaceKind.AZURE, "clips/2026", "clips/2026/"),
        (PlaceKind.AZURE, "Übung 1/a", "-bung-1/a/"),
        (PlaceKind.WEBDAV, "retake-desktop", ""),
    ],
)
def test_what_names_there_begin_with(kind: PlaceKind, folder: str, prefix: str) -> None:
    assert Place(kind, folder=folder).prefix == prefix
