"""Settings, guide, storage, spending, check, help: every dialog in the states that matter."""

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.hosting import Cause, TrialOutcome, TrialReport, TrialStep
from retake_desktop.domain.job import Stage
from retake_desktop.services.crashes import Unfinished
from retake_desktop.services.room import Room, SourceRoom
from retake_desktop.services.secrets import TokenSource
from retake_desktop.services.settings import Settings
from retake_desktop.ui.dialogs.about import About
from retake_desktop.ui.dialogs.guide import Guide
from retake_desktop.ui.dialogs.hosting import HostingDialog
from retake_desktop.ui.dialogs.privacy import PrivacyDialog
from retake_desktop.ui.dialogs.reading import CheckDialog, HelpPage
from retake_desktop.ui.dialogs.report import ReportDialog
from retake_desktop.ui.dialogs.room import RoomDialog
from retake_desktop.ui.dialogs.sent_window import SentWindow
from retake_desktop.ui.dialogs.sheets import ShortcutSheet
from retake_desktop.ui.dialogs.spending import SpendingDialog
from retake_desktop.ui.help_pages import Page
from retake_desktop.ui.job_answers import AccountState, ConnectionReport
from tests.fakes.held import PRIVACY, REPORT
from tests.screens.material import PROMPTS
from tests.screens.scene import SMALL, USUAL, Scene
from tests.screens.studio import Set, settle


def settings_from(it: Set, row: int) -> None:
    it.workbench.setting_up.open()
    dialog = it.workbench.setting_up._dialog
    assert dialog is not None
    settle()
    dialog._names.setCurrentRow(row)
    it.show(dialog)


def settings_tested(it: Set) -> None:
    settings_from(it, 0)
    it.jobs.test_connection()


def settings_refused(it: Set) -> None:
    settings_from(it, 0)
    it.jobs.connection_tested.emit(ConnectionReport(Problem(ErrorKind.BAD_TOKEN, "401"), "ltx/ltx-2/retake-video"))


def settings_nothing_found(it: Set) -> None:
    settings_from(it, 0)
    dialog = it.workbench.setting_up._dialog
    assert dialog is not None
    dialog._search.setText("zebra")


def guide(it: Set) -> None:
    it.workbench.first_run.open()
    it.dialog(Guide)


def guide_locked(it: Set) -> None:
    guide(it)
    trouble = Problem(ErrorKind.KEYRING_TROUBLE, "it is locked, and the question for its password was dismissed")
    it.jobs.account_changed.emit(AccountState(TokenSource.NONE, trouble, is_demo=False, base="https://x.example"))


def storage(it: Set) -> None:
    it.workbench.storage.open()
    it.dialog(HostingDialog)


def storage_refused(it: Set) -> None:
    storage(it)
    outcomes = (
        TrialOutcome(TrialStep.OPEN),
        TrialOutcome(TrialStep.PUT, Cause.WRONG_SECRET, "SignatureDoesNotMatch"),
    )
    it.jobs.storage_tested.emit(TrialReport(outcomes))


def spending(it: Set) -> None:
    it.open()
    for prompt in PROMPTS:
        for job_id, clip in zip(it.retake(prompt, takes=2), it.material.takes, strict=True):
            it.jobs.bring_home(job_id, clip)
    it.workbench.reviewing.leave()
    spending_empty(it)


def spending_empty(it: Set) -> None:
    it.workbench.spending.open()
    it.dialog(SpendingDialog)


def checked(it: Set) -> None:
    it.workbench.care.check()
    it.dialog(CheckDialog)
    check = it.workbench.care._check
    assert check is not None
    settle(lambda: bool(check._findings))


def help_page(it: Set) -> None:
    it.workbench.care.show_page(next(iter(Page)))
    it.dialog(HelpPage)


def room(it: Set) -> None:
    it.window.top_bar.room_asked.emit()
    sources = tuple(
        SourceRoom(f"/videos/{name}.mp4", number, 48_000_000 * number, 9_000_000, 0)
        for number, name in enumerate(("harbour", "interview with a rather long name, take 7", "kitchen"), 1)
    )
    it.jobs.room_known.emit(Room(sources, 431_000_000, 2_400_000))
    it.dialog(RoomDialog)


def sent(it: Set) -> None:
    it.open()
    it.window.compose.prompt.setPlainText(PROMPTS[0])
    it.window.compose.look_asked.emit(it.window.compose.request())
    settle(lambda: it.workbench.looking._dialog is not None)
    it.dialog(SentWindow)


def sheet(it: Set) -> None:
    it.workbench.show_shortcuts()
    it.dialog(ShortcutSheet)


def about(it: Set) -> None:
    it.workbench.care.show_about()
    shown = it.workbench.care._about
    settle(lambda: shown is not None and shown._table.rowCount() > 0)
    it.dialog(About)


def report(it: Set) -> None:
    it.workbench.supporting.open()
    it.jobs.report_gathered.emit(REPORT)
    it.dialog(ReportDialog)


def privacy(it: Set, page: int = 0) -> None:
    it.workbench.privacy.open()
    it.jobs.privacy_known.emit(PRIVACY)
    it.dialog(PrivacyDialog)
    shown = it.workbench.privacy._dialog
    assert shown is not None
    shown._pages.setCurrentIndex(page)


def after_a_crash(it: Set) -> None:
    trace = "Fatal Python error: Segmentation fault"
    it.workbench.supporting.offer((Unfinished("2026-11-22T12:00:00+00:00", trace, ("d3d11va",)),))


def storage_for_a_take(it: Set) -> None:
    it.open()
    (job_id,) = it.retake()
    it.stages(job_id, Stage.HOSTING)
    it.workbench.storage.open(it.jobs.jobs[job_id])
    it.dialog(HostingDialog)


_SECTIONS = ("account", "service", "money", "files", "playback", "look", "keys", "advanced")
SCENES = (
    *(
        Scene(f"settings-{name}", lambda it, row=row: settings_from(it, row))  # type: ignore[misc]
        for row, name in enumerate(_SECTIONS)
    ),
    Scene("settings-card-left-off", lambda it: settings_from(it, 4), {"settings": Settings(lost_cards=("d3d11va",))}),
    Scene("settings-no-token", lambda it: settings_from(it, 0), {"has_token": False}),
    Scene("settings-tested", settings_tested),
    Scene("settings-refused", settings_refused),
    Scene("settings-nothing-found", settings_nothing_found),
    Scene("guide", guide, {"has_token": False}),
    Scene("storage", storage),
    Scene("storage-refused", storage_refused),
    Scene("storage-for-a-take", storage_for_a_take),
    Scene("spending", spending),
    Scene("spending-empty", spending_empty),
    Scene("check", checked),
    Scene("help", help_page),
    Scene("room", room),
    Scene("sent", sent),
    Scene("shortcuts", sheet),
    Scene("about", about, sizes=(USUAL,)),
    Scene("report", report),
    Scene("privacy", privacy),
    Scene("privacy-sent", lambda it: privacy(it, 1)),
    Scene("after-a-crash", after_a_crash),
    Scene("guide-locked-keyring", guide_locked, {"has_token": False}),
    Scene("settings-small", lambda it: settings_from(it, 5), sizes=(SMALL,)),
)
