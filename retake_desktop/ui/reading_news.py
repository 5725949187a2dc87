"""What is said while a video is read, before it is on stage."""

from PySide6.QtCore import QObject, QTimer

from retake_desktop.media.picture import Picture
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.playback.image import to_image
from retake_desktop.ui.welcome import Welcome

_PATIENCE_MS = 500


class ReadingNews(QObject):
    """Speaks in the drop zone; above an open video in the notice bar, but not while there is no need for words: the
    notice pushes everything down, and most videos are there before one has read it."""

    def __init__(self, welcome: Welcome, notices: Notices) -> None:
        super().__init__(welcome)
        self._welcome = welcome
        self._notices = notices
        self._words = ""
        self._is_above = False
        self._said = ""
        self._glimpse: Picture | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._say)

    def begin(self, words: str, *, is_above: bool) -> None:
        """Reading begins; `is_above` when another video is open."""
        self._is_above = is_above
        self._glimpse = None
        self._welcome.show_trouble("")
        self._welcome.show_glimpse(None)
        self._put(words)
        if self._said:
            self._say()
        elif is_above:
            self._soon.start()

    def keep(self, glimpse: Picture) -> None:
        """The first picture, which is shown where reading takes a while: elsewhere the stage follows so soon that a
        small picture would only flash."""
        self._glimpse = glimpse

    def go_on(self, words: str) -> None:
        """It takes a while, and this is how far it is."""
        if self._glimpse is not None:
            self._welcome.show_glimpse(to_image(self._glimpse))
            self._glimpse = None
        self._put(words)
        if self._said:
            self._notices.renew(self._said, words)
            self._said = words
        else:
            self._say()

    def end(self) -> None:
        self._soon.stop()
        self._said = ""
        self._glimpse = None
        self._welcome.show_opening("")

    def _put(self, words: str) -> None:
        self._words = words
        self._welcome.show_opening(words)

    def _say(self) -> None:
        self._soon.stop()
        if self._is_above:
            self._said = self._words
            self._notices.say(self._words)
