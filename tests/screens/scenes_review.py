"""Before and after, in every way to compare; deciding, keeping and the finished film."""

from retake_desktop.domain.changes import Changes
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.film import DEFAULT_SEAMS, Film
from retake_desktop.domain.job import Progress, Stage
from retake_desktop.media.splice_report import SpliceMethod, SplicePlan, SpliceReport, Stretch
from retake_desktop.services.pipeline.keeping import KeepPlan
from retake_desktop.ui.review.candidates import Arrangement
from retake_desktop.ui.review.compare_mode import CompareMode
from tests.screens.material import SPAN
from tests.screens.scene import LARGE, SMALL, USUAL, Scene
from tests.screens.studio import Set, settle

_STRETCH = Stretch(100, 209, 125, 200, "the video can only be entered at a keyframe")
_FILM = "/home/anna/videos/harbour-retake.mp4"


def plan(job_id: str) -> KeepPlan:
    splice = SplicePlan(300, 191, SpliceMethod.LOSSLESS, "", (_STRETCH,))
    return KeepPlan(job_id, splice, 125, 200, 0, (125, 200), (113, 212), 1, (), _FILM, is_rebuilt=False)


def review(it: Set) -> str:
    it.open()
    job_id = it.review()
    it.jobs.keep_planned.emit(job_id, plan(job_id))
    return job_id


def _shows(it: Set, takes: int) -> bool:
    """The pictures of so many takes are on screen."""
    shot = it.window.compare.shot
    return shot is not None and len(shot.material.takes) == takes


def side_by_side(it: Set) -> None:
    review(it)


def wipe(it: Set) -> None:
    review(it)
    it.window.compare.choose(CompareMode.WIPE)


def in_place(it: Set) -> None:
    review(it)
    it.window.compare.choose(CompareMode.AB)


def difference(it: Set) -> None:
    review(it)
    it.window.compare.choose(CompareMode.DIFFERENCE)


def seam(it: Set) -> None:
    review(it)
    it.workbench.inspecting.seams.toggle(False)
    settle(lambda: it.window.seam_panel.strip._joint)
    it.playback.pause()


def mapped(it: Set) -> None:
    job_id = review(it)
    levels = tuple(28.0 if 125 <= index < 200 else 6.0 if 200 <= index < 209 else 0.0 for index in range(113, 212))
    it.jobs.changes_known.emit(job_id, Changes(113, levels, 1.0, (125, 200), (125, 200)))


def magnified(it: Set) -> None:
    wipe(it)
    it.window.compare.toggle_loupe()


def zoomed(it: Set) -> None:
    review(it)
    it.window.compare.zoom_to(400)


def full_screen(it: Set) -> None:
    wipe(it)
    it.window.show_full(True)


def take_against_take(it: Set) -> None:
    it.open()
    job_id = it.review(takes=2)
    other = next(one for one in it.jobs.jobs if one != job_id)
    settle()
    it.workbench.choosing.arrange(Arrangement.PAIR, (other,))
    settle(lambda: _shows(it, 2))


def grid(it: Set) -> None:
    it.open()
    job_id = it.review(takes=2)
    it.jobs.keep_planned.emit(job_id, plan(job_id))
    other = next(one for one in it.jobs.jobs if one != job_id)
    settle()
    it.window.review.candidates._boxes[other].setChecked(True)
    it.workbench.choosing.arrange(Arrangement.GRID, (other,))
    settle(lambda: it.playback.material is not None and len(it.playback.material.others) == 1)
    it.playback.seek(SPAN.start + 1)
    settle(lambda: it.window.compare.shot is not None and len(it.window.compare.shot.others) == 1)


def blind(it: Set) -> None:
    it.open()
    job_id = it.review(takes=2)
    other = next(one for one in it.jobs.jobs if one != job_id)
    settle()
    it.workbench.choosing.arrange(Arrangement.BLIND, (other,))
    settle(lambda: it.playback.material is not None and len(it.playback.material.others) == 1)
    it.playback.seek(SPAN.start + 1)
    settle(lambda: it.window.compare.shot is not None and len(it.window.compare.shot.others) == 1)


def revealed(it: Set) -> None:
    blind(it)
    it.workbench.choosing.pick(1)


def measuring(it: Set) -> None:
    it.open()
    (job_id,) = it.retake()
    it.jobs.bring_home(job_id, it.material.takes[0])
    it.workbench.reviewing.open(job_id)
    settle(lambda: it.window.is_reviewing)


def unmeasured(it: Set) -> None:
    it.jobs.changes_known.emit(review(it), Problem(ErrorKind.MEDIA_FAILED, "the result cannot be compared"))


def keeping(it: Set) -> None:
    job_id = review(it)
    it.window.review.decisions._keep.click()
    it.jobs.keep_progress.emit(job_id, Progress(60, 109))


def kept(it: Set) -> None:
    job_id = review(it)
    it.window.review.decisions._keep.click()
    film = Film(_FILM, "stamp", "fingerprint", DEFAULT_SEAMS)
    it.jobs.move(job_id, Stage.KEPT, final_path=_FILM, film=film)
    it.jobs.kept.emit(job_id, SpliceReport(_FILM, 300, 191, SpliceMethod.LOSSLESS, "", (_STRETCH,)))


def not_kept(it: Set) -> None:
    job_id = review(it)
    it.window.review.decisions._keep.click()
    it.jobs.command_failed.emit(job_id, Problem(ErrorKind.NO_SPACE, "/home/anna/videos"))


def original_moved(it: Set) -> None:
    job_id = review(it)
    it.jobs.keep_planned.emit(job_id, Problem(ErrorKind.ORIGINAL_MISSING, "/videos/harbour.mp4"))


SCENES = (
    Scene("review-side-by-side", side_by_side, sizes=(USUAL, SMALL, LARGE)),
    Scene("review-wipe", wipe),
    Scene("review-in-place", in_place),
    Scene("review-difference", difference),
    Scene("review-change-map", mapped, sizes=(USUAL, SMALL)),
    Scene("review-magnifier", magnified),
    Scene("review-zoomed", zoomed),
    Scene("review-full-screen", full_screen),
    Scene("review-take-against-take", take_against_take),
    Scene("review-seam", seam, sizes=(USUAL, SMALL)),
    Scene("review-grid", grid),
    Scene("review-blind", blind),
    Scene("review-blind-revealed", revealed),
    Scene("review-measuring", measuring),
    Scene("review-unmeasured", unmeasured),
    Scene("review-keeping", keeping),
    Scene("review-kept", kept, sizes=(USUAL, SMALL)),
    Scene("review-not-kept", not_kept),
    Scene("review-original-moved", original_moved),
)
