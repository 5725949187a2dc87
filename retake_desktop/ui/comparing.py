"""How before and after are looked at: modes, zoom, loupe, full screen, and the keys for all of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt

from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.review.held_key import HeldKey
from retake_desktop.ui.review.sound_choice import Listening
from retake_desktop.ui.shortcuts import Verb

Deed = Callable[[], object]


class Comparing(QObject):
    """Connects the comparison with its bar and the keyboard. Outside a review, only the keys for zooming do something:
    they are the stage's then."""

    def __init__(self, window: MainWindow, playback: Playback) -> None:
        super().__init__(window)
        self._window = window
        self._playback = playback
        self._view = window.compare
        self._bar = window.compare_bar
        self._b = HeldKey(Qt.Key.Key_B, self)
        self._connect()

    def _connect(self) -> None:
        view, bar = self._view, self._bar
        bar.mode_chosen.connect(view.choose)
        bar.flip_wanted.connect(view.flip)
        bar.amplification_chosen.connect(self._amplify)
        bar.zoom_chosen.connect(view.zoom_to)
        bar.loupe_wanted.connect(self.toggle_loupe)
        bar.full_screen_wanted.connect(self.toggle_full_screen)
        view.mode_changed.connect(bar.show_mode)
        view.zoom_changed.connect(self._show_zoom)
        view.facing.connect(bar.sound.face)
        view.clicked.connect(self._on_click)
        self._b.down.connect(self._on_down)
        self._b.up.connect(self._on_up)

    def deeds(self) -> dict[Verb, Deed]:
        """What the keys do."""
        modes = (Verb.SIDE_BY_SIDE, Verb.WIPE, Verb.AB, Verb.DIFFERENCE)
        deeds: dict[Verb, Deed] = {verb: self._chosen(mode) for verb, mode in zip(modes, CompareMode, strict=True)}
        deeds |= {
            Verb.BEFORE_AFTER: self._b.press,
            Verb.MAGNIFIER: self.toggle_loupe,
            Verb.FULL_SCREEN: self.toggle_full_screen,
            Verb.SOUND: self._next_sound,
        }
        return {verb: self._in_review(deed) for verb, deed in deeds.items()} | self._zoom_deeds()

    def _zoom_deeds(self) -> dict[Verb, Deed]:
        """The same keys for what is on screen: the comparison, or the stage."""
        view, stage = self._view, self._window.stage
        return {
            Verb.LARGER: self._in_review(view.zoom_in, stage.zoom_in),
            Verb.SMALLER: self._in_review(view.zoom_out, stage.zoom_out),
            Verb.ZOOM_FIT: self._in_review(lambda: view.zoom_to(None), lambda: stage.zoom_to(None)),
            Verb.ZOOM_ACTUAL: self._in_review(lambda: view.zoom_to(100), lambda: stage.zoom_to(100)),
            Verb.PAN_LEFT: self._in_review(lambda: view.pan(-1, 0), lambda: stage.pan(-1, 0)),
            Verb.PAN_RIGHT: self._in_review(lambda: view.pan(1, 0), lambda: stage.pan(1, 0)),
            Verb.PAN_UP: self._in_review(lambda: view.pan(0, -1), lambda: stage.pan(0, -1)),
            Verb.PAN_DOWN: self._in_review(lambda: view.pan(0, 1), lambda: stage.pan(0, 1)),
        }

    def toggle_loupe(self) -> None:
        self._view.toggle_loupe()
        self._bar.loupe.setChecked(self._view.loupe is not None)

    def toggle_full_screen(self) -> None:
        self._window.show_full(not self._window.is_full)

    def _in_review(self, deed: Deed, otherwise: Deed = lambda: None) -> Deed:
        return lambda: deed() if self._window.is_reviewing else otherwise()

    def _chosen(self, mode: CompareMode) -> Deed:
        return lambda: self._view.choose(mode)

    def _amplify(self, times: int) -> None:
        self._view.pair.times = times
        self._view.update()

    def _show_zoom(self) -> None:
        scale = self._view.zoom.scale
        self._bar.show_zoom(None if scale is None else round(scale * 100))

    def _on_click(self, _place: QPointF) -> None:
        if self._view.mode is CompareMode.AB and not self._view.cast.grid:
            self._view.flip()
        else:
            self._playback.toggle()

    def _on_down(self) -> None:
        if self._view.mode is CompareMode.AB:
            self._view.flip()
        elif not self._view.cast.is_blind:
            self._view.peek(True)

    def _on_up(self, tapped: bool) -> None:
        if self._view.mode is not CompareMode.AB:
            self._view.peek(False)
        elif not tapped:
            self._view.flip()

    def _next_sound(self) -> None:
        every = list(Listening)
        sound = self._bar.sound
        sound.choose(every[(every.index(sound.listening) + 1) % len(every)])
