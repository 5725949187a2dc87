"""Several takes of one moment against each other: two, a grid, or a blind choice."""

import random
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.job import REVIEWABLE_STAGES, Job
from retake_desktop.ui.playback.material import After, Material
from retake_desktop.ui.presenter import Presenter, Surroundings
from retake_desktop.ui.review.candidates import Arrangement, take_name
from retake_desktop.ui.review.cast import Cast

_LETTERS = "ABCD"


class Choosing(Presenter):
    """Offers the other takes of the moment under review, and arranges them. Signal `review_wanted(str)`."""

    review_wanted = Signal(str)

    def __init__(
        self,
        around: Surroundings,
        *,
        shuffle: Callable[[list[int]], None] = random.shuffle,
    ) -> None:
        super().__init__(around)
        self._shuffle = shuffle
        self._job: Job | None = None
        self._wanted: tuple[Arrangement, tuple[str, ...]] | None = None
        self._others: tuple[str, ...] = ()
        self._order: list[int] = []
        self._picked = ""
        self._clips: dict[str, Clip] = {}
        self._connect()

    def _connect(self) -> None:
        panel = self._window.review
        panel.candidates.asked.connect(self.arrange)
        panel.candidates.ended.connect(self.end)
        panel.blind.picked.connect(self.pick)
        panel.blind.ended.connect(self.end)
        panel.blind.review_asked.connect(self._on_review)
        self._jobs.result_opened.connect(self._on_result_opened)
        self._jobs.job_changed.connect(self._offer)
        self._playback.state_changed.connect(self._on_state)

    def begin(self, job: Job, material: Material) -> None:
        """A take is under review; others of its moment are offered."""
        if material.others:
            return  # lined up anew amid a comparison
        self._job = job
        self._leave()
        self._offer()

    def arrange(self, arrangement: Arrangement, job_ids: tuple[str, ...]) -> None:
        """Shows these beside the take under review, as soon as their results are read."""
        self._wanted = arrangement, job_ids
        for job_id in job_ids:
            if job_id not in self._clips:
                self._jobs.open_result(job_id)
        self._begin_when_read()

    def end(self) -> None:
        """Back to before and after."""
        material = self._playback.material
        self._leave()
        if material is not None and material.others:
            self._playback.swap(replace(material, others=(), heard=(0, 1)))
            self._window.compare.show_cast(None)

    def pick(self, number: int) -> None:
        """Reveals what is what."""
        names = [self._names()[place] for place in self._order]
        place = self._order[number]
        self._picked = "" if place == 0 else self._ids()[place - 1]
        letters = _LETTERS[: len(self._order)]
        self._window.takes.list.hide_pictures(False)
        self._window.review.blind.reveal(number, names, letters, is_take=place != 0)
        self._window.compare.show_cast(Cast(tuple(self._names()), grid=tuple(self._order)))

    def _leave(self) -> None:
        self._wanted, self._others = None, ()
        self._window.review.set_blind(False)
        self._window.takes.list.hide_pictures(False)
        self._window.review.candidates.show_arrangement(None)
        self._window.compare_bar.set_blind(False)
        self._name_sides(self.tr("Before"), self.tr("After"))

    def _name_sides(self, left: str, right: str) -> None:
        window = self._window
        for sides in (window.compare_bar.sound, window.waves, window.seam_panel.waves):
            sides.name_sides(left, right)

    def _offer(self, _job: Job | None = None) -> None:
        """Takes that can be seen at some of the same instants."""
        own = self._job
        if own is None or own.window is None:
            return
        stretch = own.window.source
        self._window.review.candidates.show_takes(
            [
                job
                for job in self._window.takes.jobs()
                if job.id != own.id
                and job.stage in REVIEWABLE_STAGES
                and job.request.source == own.request.source
                and job.window is not None
                and job.window.source.start < stretch.end
                and stretch.start < job.window.source.end
            ]
        )

    def _on_result_opened(self, job_id: str, clip: Clip) -> None:
        if self._wanted is not None and job_id in self._wanted[1]:
            self._clips[job_id] = clip
            self._begin_when_read()

    def _begin_when_read(self) -> None:
        material, wanted = self._playback.material, self._wanted
        if wanted is None or material is None or material.after is None:
            return
        arrangement, job_ids = wanted
        others: list[After] = []
        for job_id in job_ids:
            job, clip = self._window.takes.job(job_id), self._clips.get(job_id)
            if job is None or clip is None or job.window is None:
                return
            others.append(After(clip, job.window))
        self._wanted, self._others = None, job_ids
        heard = (1, 2) if arrangement is Arrangement.PAIR else (0, 1)
        self._playback.swap(replace(material, others=tuple(others), heard=heard))
        self._show(arrangement)

    def _show(self, arrangement: Arrangement) -> None:
        names = self._names()
        places = list(range(len(names)))
        is_blind = arrangement is Arrangement.BLIND
        self._window.compare_bar.set_blind(is_blind)
        if is_blind and self._window.seam_panel.isVisible():
            self._playback.set_loop(None)  # That ends the inspection of a joint.
        self._window.review.candidates.show_arrangement(arrangement)
        self._window.review.set_blind(is_blind)
        self._window.takes.list.hide_pictures(is_blind)
        if arrangement is Arrangement.PAIR:
            self._name_sides(names[1], names[2])
            self._window.compare.show_cast(Cast(tuple(names), left=1, right=2))
        elif arrangement is Arrangement.GRID:
            self._window.compare.show_cast(Cast(tuple(names), grid=tuple(places)))
        else:
            self._shuffle(places)
            self._order = places
            letters = dict(zip(places, _LETTERS, strict=False))
            self._window.review.blind.ask([letters[place] for place in places])
            labels = tuple(letters[place] for place in sorted(places))
            self._window.compare.show_cast(Cast(labels, grid=tuple(places), is_blind=True))

    def _ids(self) -> list[str]:
        """Of the takes on screen, in the order of the shots' places from 1 on."""
        return [] if self._job is None else [self._job.id, *self._others]

    def _names(self) -> list[str]:
        jobs = [self._window.takes.job(job_id) for job_id in self._ids()]
        return [self.tr("Original"), *(take_name(job) for job in jobs if job is not None)]

    def _on_review(self) -> None:
        picked = self._picked
        self.end()
        if picked:
            self.review_wanted.emit(picked)

    def _on_state(self) -> None:
        material = self._playback.material
        if self._job is not None and (material is None or material.after is None):
            self._job = None
            self._leave()
            self._clips.clear()
