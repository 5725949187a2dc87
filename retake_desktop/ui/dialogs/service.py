"""Which service makes the retakes, and how clips get there, as they stand in the settings."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton

from retake_desktop.domain.hosting import HostingSettings, Route, choose
from retake_desktop.ui.dialogs.section import Section, note, write


class ServiceSection(Section):
    """The switch to the demo service, and the way of the clips."""

    demo_asked = Signal(bool)
    storage_asked = Signal()

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("ServiceSection", "Service and hosting"))
        self._demo = QCheckBox(self.tr("Use the demo service"))
        self._demo.clicked.connect(self.demo_asked)
        self._way = note()
        button = QPushButton(self.tr("How clips get to RunComfy…"))
        button.setAutoDefault(False)
        button.clicked.connect(self.storage_asked)
        self.add(self._demo)
        self.add(
            note(
                self.tr(
                    "Until the app is closed, new retakes are made on this computer with a plain effect, for nothing. "
                    "Nothing leaves it, and no token is needed. Takes on their way to RunComfy go on there."
                )
            )
        )
        self.add(self._way)
        self.add_row(button)

    def show_demo(self, is_demo: bool) -> None:
        self._demo.setChecked(is_demo)

    def show_hosting(self, hosting: HostingSettings) -> None:
        write(self._way, told_way(hosting))


def told_way(hosting: HostingSettings) -> str:
    """How the next clip will travel, in one sentence."""
    route = choose(hosting, is_demo=False, inline_refused=False).route
    if route is Route.STORAGE and hosting.place is not None:
        words = QCoreApplication.translate(
            "ServiceSection", "Clips go through {place}, and are deleted there afterwards."
        )
        return words.format(place=hosting.place.title)
    if route is Route.INLINE:
        return QCoreApplication.translate(
            "ServiceSection", "Clips travel inside the request itself; nothing has to be set up."
        )
    return QCoreApplication.translate("ServiceSection", "No way is set up yet.")
