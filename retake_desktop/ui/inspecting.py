"""What a review finds out about a take: where it changed, how it sounds against the original, how it joins."""

from collections.abc import Callable

from retake_desktop.domain.changes import Changes
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import Job
from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.soundtrack import Side
from retake_desktop.ui.presenter import Presenter, Surroundings
from retake_desktop.ui.review import changed
from retake_desktop.ui.review.gathering import Gatherer, Loudness, OutlinePart
from retake_desktop.ui.seams import Seams
from retake_desktop.ui.shortcuts import Verb
from retake_desktop.ui.timeline.change_map import ChangeMark


class Inspecting(Presenter):
    """From `begin` until other material is loaded."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._job: Job | None = None
        self._material: Material | None = None
        self._changes: Changes | None = None
        self._sounding: Material | None = None
        self._loudness: Loudness | None = None
        self.gatherer = Gatherer(self)
        self.seams = Seams(self._window, self._playback, self.gatherer, self._span)
        self._connect()

    def _connect(self) -> None:
        window, playback = self._window, self._playback
        self.gatherer.found.connect(self._on_found)
        self._jobs.changes_known.connect(self._on_changes)
        playback.state_changed.connect(self._on_state)
        playback.moved.connect(window.waves.show_playhead)
        window.waves.place_wanted.connect(playback.seek)
        window.compare_bar.sound.matching_changed.connect(self._match)
        window.review.nudged.connect(self.correct)

    def deeds(self) -> dict[Verb, Callable[[], object]]:
        """What the keys do; nothing outside a review."""
        return {
            Verb.IN_SEAM: lambda: self.seams.toggle(False),
            Verb.OUT_SEAM: lambda: self.seams.toggle(True),
            Verb.NEXT_CHANGE: lambda: self.go_to_change(1),
            Verb.PREVIOUS_CHANGE: lambda: self.go_to_change(-1),
            Verb.EARLIER: lambda: self.correct(-1),
            Verb.LATER: lambda: self.correct(1),
        }

    def begin(self, job: Job, material: Material) -> None:
        """A take is under review, or its mapping was corrected: everything is measured for that."""
        self._job, self._material = job, material
        self._changes = None
        self._window.timeline.change_map.show_marks((), self.tr("Looking for what has changed"))
        self._jobs.measure_changes(job.id)
        self._listen(material, job.request.span)

    def correct(self, frames: int) -> None:
        """Moves the take against the original, for good."""
        if self._job is not None:
            self._jobs.correct(self._job.id, frames)

    def go_to_change(self, direction: int) -> None:
        """To the beginning of the next stretch that has changed, or of the one before."""
        if self._changes is not None:
            index = changed.next_stretch(self._changes, self._playback.index, direction)
            if index is not None:
                self._playback.pause()
                self._playback.seek_frame(index)

    def close(self) -> None:
        """Ends the background work."""
        self.gatherer.close()

    def _listen(self, material: Material, span: Span) -> None:
        """Both sounds that can be heard are read: as outlines, and how loud they are."""
        self._sounding, self._loudness = material, None
        if material.after is not None:
            for waves in (self._window.waves, self._window.seam_panel.waves):
                waves.show_material(material, material.after.window.source, (span.start, span.end))
        self._window.waves.setVisible(self._window.waves.has_sound and not self.seams.is_on)
        self._show_loudness()
        self.gatherer.gather(material)

    def _span(self) -> Span | None:
        return None if self._job is None else self._job.request.span

    def _on_state(self) -> None:
        self._window.waves.show_heard(self._playback.side)
        material = self._playback.material
        if self._job is not None and (material is None or material.after is None):
            self.seams.end()
            self.gatherer.stop()
            self._job = self._material = self._sounding = self._changes = None
            self._window.timeline.change_map.show_marks((), "")
        elif self._job is not None and material is not None and not self._is_listening_to(material):
            self._sounding = material
            self.seams.end()
            self._listen(material, self._job.request.span)

    def _is_listening_to(self, material: Material) -> bool:
        return self._sounding is not None and material.sounds_like(self._sounding)

    def _on_changes(self, job_id: str, found: Changes | Problem) -> None:
        if self._job is None or self._job.id != job_id:
            return
        if isinstance(found, Problem):
            words = self.tr("What has changed could not be measured.")
            self._window.timeline.change_map.show_marks((), words)
            return
        self._changes = found
        material = self._material
        if material is None:
            return
        frames = material.before.frames
        marks = tuple(
            ChangeMark(
                Span(frames.start_of(index), frames.end_of(index)),
                changed.strength(level),
                changed.is_outside(found, index),
            )
            for index, level in enumerate(found.levels, found.first)
            if level
        )
        self._window.timeline.change_map.show_marks(marks, changed.words(found, frames))
        self._window.review.show_changes(changed.words(found, frames))

    def _on_found(self, found: object) -> None:
        if isinstance(found, OutlinePart):
            self._window.waves.add(found)
            self._window.seam_panel.waves.add(found)
        elif isinstance(found, Loudness):
            self._loudness = found
            self._show_loudness()
            self._match(self._window.compare_bar.sound.match.isChecked())

    def _match(self, wanted: bool) -> None:
        gains = dict.fromkeys(Side, 0.0)
        if wanted and self._loudness is not None:
            gains = self._loudness.gains()
        for side, decibels in gains.items():
            self._playback.sound.set_gain(side, decibels)

    def _show_loudness(self) -> None:
        found = self._loudness
        sound = self._window.compare_bar.sound
        if found is None:
            sound.show_loudness(self.tr("Measuring how loud both are"))
        elif found.before is None or found.after is None:
            sound.show_loudness(self.tr("One of the two is silent."))
        else:
            sound.show_loudness("", self._apart(found.after - found.before))

    def _apart(self, decibels: float) -> str:
        """How much louder the second sound is than the first."""
        if self._sounding is not None and self._sounding.take_heard(0) is not None:
            louder = self.tr("The right one is {count} dB louder")
            softer = self.tr("The right one is {count} dB softer")
        else:
            louder = self.tr("The take is {count} dB louder")
            softer = self.tr("The take is {count} dB softer")
        return (louder if decibels >= 0 else softer).format(count=f"{abs(decibels):.1f}")
