"""Before a retake: the empty window, opening, the stage, the form, and what is said on the way."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Progress
from retake_desktop.domain.span import Span
from retake_desktop.media.frames import FrameReader
from retake_desktop.services.settings import Settings
from retake_desktop.ui.compose.prompt_tools import PromptTools
from retake_desktop.ui.drop import read_drop
from tests.fakes.job_thread import DEMO
from tests.screens.material import PROMPTS, SPAN
from tests.screens.scene import LARGE, SMALL, USUAL, Scene
from tests.screens.studio import Set, settle
from tests.ui.making import a_clip

LONG_NAME = "/media/archive/harbour at dusk, third evening, second camera, graded and conformed (final, approved).mov"
LONG_PROMPT = (
    "The sea is calm and empty, the same evening light, no bath duck anywhere. Keep the lighthouse, the clouds and the "
    "grain exactly as they are; the camera goes on panning at the same slow pace, and a gull may cross from the left. "
) * 4
_RECENT = tuple(f"/videos/{name}.mp4" for name in ("harbour", "interview, take 7", "wedding & speeches", "kitchen"))


def empty(_set: Set) -> None:
    """Nothing is open."""


def reading(it: Set) -> None:
    it.jobs.is_silent = True
    it.workbench.opening.open_path("/videos/long recording.ts")
    with FrameReader(it.material.sample) as reader:
        it.jobs.clip_reading.emit("/videos/long recording.ts", reader.picture(0, (640, 360)))
    it.jobs.clip_reading.emit("/videos/long recording.ts", Progress(4100, 9800))


def unreadable(it: Set) -> None:
    it.workbench.opening.open_path("/videos/notes.mp4")
    settle(lambda: not it.workbench.opening.is_opening)


def held_over(it: Set) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(it.material.sample.path)])
    it.window._overlay.show_for(read_drop(data), has_clip=False)


def raised_on_windows(it: Set) -> None:
    it.window.welcome.explain_drops(refused=True)


def opened(it: Set) -> None:
    it.open()


def ready_to_send(it: Set) -> None:
    it.open()
    it.window.compose.prompt.setPlainText(PROMPTS[0])


def long_words(it: Set) -> None:
    it.open(replace(a_clip(LONG_NAME, 7384), path=LONG_NAME))
    it.window.compose.prompt.setPlainText(LONG_PROMPT * 6)


def advanced(it: Set) -> None:
    ready_to_send(it)
    it.window.compose.advanced._fold.setChecked(True)


def too_short(it: Set) -> None:
    it.open()
    it.window.timeline.set_span(Span(SPAN.start, SPAN.start + 1))
    it.workbench.retaking.set_span(Span(SPAN.start, SPAN.start + 1))


def zoomed(it: Set) -> None:
    it.open()
    for _ in range(6):
        it.window.timeline.looking.zoom_in(it.playback.time)


def asked(it: Set) -> None:
    it.open()
    it.workbench.setting_up._preferences.change(ask_above=Decimal("0.20"))
    it.window.compose.prompt.setPlainText(PROMPTS[0])
    settle(lambda: it.window.compose._retake.isEnabled())
    it.window.compose.ask()
    settle(lambda: it.window.compose.money.question.is_open)


def no_price(it: Set) -> None:
    ready_to_send(it)
    it.jobs.price_known.emit(None)


def no_token(it: Set) -> None:
    it.open()
    it.jobs.command_failed.emit("", Problem(ErrorKind.NO_TOKEN))


def fault(it: Set) -> None:
    it.open()
    it.workbench.notices.problem(Problem(ErrorKind.APP_FAULT, "RuntimeError('a fault made for this picture')"))


def menu(it: Set) -> None:
    it.open()
    top_bar = it.window.top_bar
    top_bar._menu.popup(top_bar.mapToGlobal(QPoint(0, 0)))
    it.show(top_bar._menu)


def starters(it: Set) -> None:
    it.open()
    found = it.window.compose.findChild(PromptTools)
    assert found is not None
    menu = found._starters.menu()
    menu.popup(it.window.mapToGlobal(QPoint(0, 0)))
    it.show(menu)


def panels_dragged(it: Set) -> None:
    ready_to_send(it)
    it.window.sides.splitter.setSizes([480, 400, 400])


def panels_closed(it: Set) -> None:
    ready_to_send(it)
    it.window.sides.toggle_takes()
    it.window.sides.toggle_form()


def keyboard_focus(it: Set) -> None:
    ready_to_send(it)
    it.window.compose.prompt.setFocus(Qt.FocusReason.TabFocusReason)
    it.window.focusNextChild()


_FIRST = {"is_guest": False, "has_token": False}
SCENES = (
    Scene("empty", empty, {"settings": Settings(recent=_RECENT)}, (USUAL, SMALL, LARGE)),
    Scene("first-run", empty, _FIRST, (USUAL, SMALL)),
    Scene("reading", reading),
    Scene("unreadable", unreadable),
    Scene("held-over", held_over),
    Scene("raised-on-windows", raised_on_windows, sizes=(USUAL, SMALL)),
    Scene("opened", opened, sizes=(USUAL, SMALL, LARGE)),
    Scene("ready-to-send", ready_to_send),
    Scene("demo-service", ready_to_send, {"service": DEMO}),
    Scene("long-words", long_words, {"clips": (a_clip(LONG_NAME, 7384),)}, (USUAL, SMALL)),
    Scene("advanced", advanced, sizes=(USUAL, SMALL)),
    Scene("too-short", too_short),
    Scene("zoomed", zoomed),
    Scene("spending-question", asked, sizes=(USUAL, SMALL)),
    Scene("no-price", no_price),
    Scene("no-token", no_token),
    Scene("fault", fault, sizes=(USUAL, SMALL)),
    Scene("menu", menu),
    Scene("starters", starters),
    Scene("panels-dragged", panels_dragged),
    Scene("panels-closed", panels_closed, sizes=(USUAL, SMALL)),
    Scene("keyboard-focus", keyboard_focus),
)
