"""A newer version is said once, in the notice bar; without an address from the build nothing is ever asked."""

import base64
import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from retake_desktop.services.updates import Release, signed_words
from retake_desktop.ui.style import Style
from retake_desktop.ui.updating import Updating
from tests.fakes.byte_server import ByteServer, answering
from tests.ui.making import Bench, a_bench, a_clip

_KEY = Ed25519PrivateKey.generate()
_PUBLIC = base64.b64encode(_KEY.public_key().public_bytes_raw()).decode()
_PAGE = "https://example.org/new"


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip())
    yield made
    made.close()


def _server() -> ByteServer:
    signature = base64.b64encode(_KEY.sign(signed_words("99.1", _PAGE))).decode()
    return ByteServer(
        answering(200, json.loads(json.dumps({"version": "99.1", "page": _PAGE, "signature": signature})))
    )


def _looked(bench: Bench, release: Release | None) -> Updating:
    made = Updating(bench.preferences, bench.workbench.notices, release, bench.workbench)
    made.look()
    return made


def test_a_newer_version_is_said_once_with_the_page_that_tells_of_it(bench: Bench, qtbot: QtBot) -> None:
    with _server() as server:
        release = Release(f"{server.url}/latest.json", _PUBLIC)
        updating = _looked(bench, release)
        qtbot.waitUntil(lambda: bench.window.notice.words() == "Retake Desktop 99.1 is there.")
        assert bench.window.notice._button.text() == "What is new…"
        assert bench.preferences.settings.told_version == "99.1"
        bench.workbench.notices.clear()
        updating.look()
        qtbot.waitUntil(lambda: len(server.visits) == 2)
        updating.close()
    assert bench.window.notice.words() == ""


def test_who_does_not_want_it_is_not_asked_for(bench: Bench) -> None:
    bench.preferences.change(looks_for_updates=False)
    with _server() as server:
        _looked(bench, Release(f"{server.url}/latest.json", _PUBLIC)).close()
        assert server.visits == []


def test_a_build_without_an_address_asks_nowhere_and_offers_no_setting(bench: Bench) -> None:
    _looked(bench, None).close()
    bench.workbench.setting_up.open()
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    [box] = [one for one in dialog.findChildren(QCheckBox) if "newer version" in one.text()]
    assert not box.isVisibleTo(dialog)
    dialog.advanced.offer_updates(Release("https://example.org/latest.json", _PUBLIC))
    assert box.isVisibleTo(dialog)
    assert "https://example.org/latest.json" in box.toolTip()
    box.click()
    assert not bench.preferences.settings.looks_for_updates
