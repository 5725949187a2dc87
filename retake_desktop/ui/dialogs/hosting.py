"""How a clip gets to the service: the way, the person's storage, and a real test of it. Nothing in here blocks."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.hosting import HostingSettings, PlaceKind, TrialReport, Way, choose
from retake_desktop.domain.hosting_words import STEPS
from retake_desktop.domain.job import Job
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui import problems, style
from retake_desktop.ui.dialogs.hosting_address import AddressSection
from retake_desktop.ui.dialogs.hosting_fields import StorageFields
from retake_desktop.ui.from_below import said

_ADVICE = {
    PlaceKind.S3: QT_TRANSLATE_NOOP(
        "Storage",
        "Keep the bucket private; addresses are signed and work for three days. The app deletes each clip after its "
        "take. As a safety net give the bucket a lifecycle rule: delete files of this folder after 7 days, and "
        "unfinished uploads after 1 day.",
    ),
    PlaceKind.GOOGLE: QT_TRANSLATE_NOOP(
        "Storage",
        "Give the service account the role Storage Object User on this bucket only. As a safety net add a lifecycle "
        "rule that deletes files of this folder after 7 days.",
    ),
    PlaceKind.AZURE: QT_TRANSLATE_NOOP(
        "Storage",
        "Keep the container private; addresses are signed and work for three days. As a safety net add a lifecycle "
        "rule that deletes blobs of this folder after 7 days.",
    ),
    PlaceKind.WEBDAV: QT_TRANSLATE_NOOP(
        "Storage",
        "Whoever has the public address of the folder may see the clips in it until the app deletes them, after their "
        "takes. Share an otherwise empty folder. Use an app password where your server offers one.",
    ),
}


def _tr(words: str, context: str = "Storage") -> str:
    return QCoreApplication.translate(context, words)


class HostingDialog(QDialog):
    """Says what it wants by signals; the answers come through its methods."""

    test_asked = Signal(object, str)
    """Place and secret; an empty secret means the one that is kept."""
    save_asked = Signal(object, str, bool)
    """HostingSettings, secret, and whether it is for this session only."""
    forget_asked = Signal(object)
    """Place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How clips get to RunComfy"))
        self._chosen = HostingSettings()
        self._is_testing = False
        self.address = AddressSection()
        self.fields = StorageFields()
        self._ways = {
            Way.AUTOMATIC: QRadioButton(self.tr("Automatic")),
            Way.STORAGE: QRadioButton(self.tr("My storage")),
            Way.INLINE: QRadioButton(self.tr("Inside the request")),
        }
        self._now = _words("muted")
        self._advice = _words("muted")
        self._passed = _words("muted")
        self._passed.hide()
        self._result = _words("")
        self._result.setAccessibleName(self.tr("Storage result"))
        self._test = QPushButton(self.tr("Test storage"))
        self._save = QPushButton(self.tr("Save storage"))
        self._remove = QPushButton(self.tr("Remove storage"))
        self._lay_out()
        self._test.clicked.connect(self._on_test)
        self._save.clicked.connect(self._on_save)
        self._remove.clicked.connect(self._on_remove)
        self.fields.changed.connect(self._on_changed)
        self._way_group.buttonToggled.connect(self._on_way)
        self.show_settings(HostingSettings())

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP)
        column.setSpacing(style.GAP)
        intro = _words("")
        intro.setText(
            self.tr(
                "RunComfy fetches each clip from an address. Your own storage is the sure way; without one, a clip of "
                "up to 11 MB travels inside the request, which RunComfy does not document for this model. The app "
                "puts nothing anywhere that you did not set up here."
            )
        )
        buttons = QHBoxLayout()
        for button in (self._test, self._save, self._remove):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (intro, self._way_box(), self._now, self.address, _heading(self.tr("My storage"))):
            column.addWidget(part)
        column.addWidget(self.fields)
        column.addLayout(buttons)
        column.addWidget(self._passed)
        column.addWidget(self._result)
        column.addWidget(self._advice)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, style.GAP)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._close_box())
        self.setMinimumWidth(600)
        self.resize(640, 720)

    def _way_box(self) -> QGroupBox:
        box = QGroupBox()
        box.setFlat(True)
        box.setAccessibleName(self.tr("Way to the service"))
        self._way_group = QButtonGroup(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        for button in self._ways.values():
            self._way_group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return box

    def _close_box(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        box.setContentsMargins(style.GAP_LARGE, 0, style.GAP_LARGE, 0)
        close = box.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        return box

    def open_up(self, job: Job | None = None) -> None:
        """Shows the dialog; for a take that waits it also offers to take an address for it."""
        self.address.show_job(job)
        self.show()
        self.raise_()
        self.activateWindow()
        self.fields.focus_first()

    def hideEvent(self, event: QHideEvent) -> None:
        self.fields.clear_secret()
        self._say("", "")
        super().hideEvent(event)

    def show_settings(self, chosen: HostingSettings) -> None:
        """What holds from now on."""
        is_new = chosen.place != self._chosen.place
        self._chosen = chosen
        self._way_group.blockSignals(True)
        self._ways[chosen.way].setChecked(True)
        self._way_group.blockSignals(False)
        if is_new:
            self.fields.show_place(chosen.place)
        choice = choose(chosen, is_demo=False, inline_refused=False)
        through = chosen.place.title if chosen.place is not None else ""
        now = {
            "storage": self.tr("Now: through {place}, because {reason}.").format(
                place=through, reason=said(choice.because)
            ),
            "inline": self.tr("Now: inside the request, because {reason}.").format(reason=said(choice.because)),
        }
        self._now.setText(now.get(choice.route, ""))
        self._refresh()

    def show_report(self, report: TrialReport) -> None:
        self._is_testing = False
        passed, lines = list[str](), list[str]()
        for outcome in report.outcomes:
            mark = "✓" if outcome.cause is None else "✗"
            line = f"{mark} {_tr(STEPS[outcome.step], 'Hosting')}"
            if outcome.cause is not None:
                line += "\n    " + problems.storage(outcome.cause, outcome.detail)
            # What went well before the trouble is not in its colour.
            (lines if lines or report.works or outcome.cause is not None else passed).append(line)
        if report.works:
            lines.append(self.tr("The storage works. Save it to use it."))
        if report.readable_by_anyone:
            lines.append(self.tr("Anybody can read this bucket without a signature. Make it private if you can."))
        self._say("\n".join(lines), "accent" if report.works else "danger", passed="\n".join(passed))
        self._refresh()

    def show_saved(self, problem: Problem | None) -> None:
        if problem is not None:
            self._say(problems.message(problem), "danger")
            return
        self.fields.clear_secret()
        self._say(self.tr("Saved. Takes that waited for it go on now."), "accent")

    def _on_changed(self) -> None:
        """What a test found was about other details than those that stand here now."""
        if not self._is_testing:
            self._say("", "")
        self._refresh()

    def _on_way(self, button: QRadioButton, checked: bool) -> None:
        if checked:
            way = next(way for way, shown in self._ways.items() if shown is button)
            self.save_asked.emit(HostingSettings(way, self._chosen.place), "", False)

    def _on_test(self) -> None:
        self._is_testing = True
        self._say(self.tr("Uploading, fetching and deleting a small file…"), "muted")
        self._refresh()
        self.test_asked.emit(self.fields.place, self.fields.secret)

    def _on_remove(self) -> None:
        if self._chosen.place is not None:
            self._say(self.tr("Deleting what still lies there…"), "muted")
            self.forget_asked.emit(self._chosen.place)

    def _on_save(self) -> None:
        self._say(self.tr("Saving…"), "muted")
        wanted = HostingSettings(self._chosen.way, self.fields.place)
        self.save_asked.emit(wanted, self.fields.secret, self.fields.session_only.isChecked())

    def _refresh(self) -> None:
        missing = self.fields.missing()
        why_not = self.tr("Fill in “{field}” first.").format(field=missing) if missing else ""
        _enable(self._test, not missing and not self._is_testing, why_not or self.tr("A test is under way."))
        _enable(self._save, not missing, why_not)
        has_place = self._chosen.place is not None
        _enable(self._remove, has_place, self.tr("No storage is set up."))
        _enable(self._ways[Way.STORAGE], has_place, self.tr("Set up and save your storage below first."))
        self._advice.setText(_tr(_ADVICE[self.fields.kind]))

    def _say(self, words: str, tone: str, *, passed: str = "") -> None:
        self._passed.setText(passed)
        self._passed.setVisible(bool(passed))
        self._result.setText(words)
        self._result.setAccessibleDescription(words)
        self._result.setVisible(bool(words))
        self._result.setProperty("tone", tone)
        self._result.style().polish(self._result)


def _enable(button: QPushButton | QRadioButton, is_possible: bool, why_not: str) -> None:
    button.setEnabled(is_possible)
    button.setToolTip("" if is_possible else why_not)
    button.setAccessibleDescription("" if is_possible else why_not)


def _words(tone: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    return label


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setFont(style.font(strong=True))
    return label
