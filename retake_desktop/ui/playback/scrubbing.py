"""The scrub thread: fills small pictures around the playhead, which the GUI thread can show at once."""

import os
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.picture import Picture
from retake_desktop.ui.playback.image import to_image
from retake_desktop.ui.playback.material import Layer, Material, Shot

PLAYING = "playing"
"""The reason for which filling is held so long that its decoder is closed."""


_LATER = 0.2
"""Seconds for which a clip that has just come is left to the window, which lays itself out for it and draws it."""
_NICENESS = 5
"""nice(2): the frame on screen comes first, and the window's thread."""


class Neighbourhood(Protocol):
    """What is used of `media.scrub.ScrubCache`."""

    def centre_on(self, index: int) -> bool: ...
    def picture(self, index: int) -> Picture | None: ...
    def fill(self, cancelled: Callable[[], bool]) -> bool: ...
    def rest(self) -> None: ...
    def close(self) -> None: ...


def small_pictures(clip: Clip) -> Neighbourhood:
    # Not at the top: loading the decoder would hold up the window's first appearance.
    from retake_desktop.media.scrub import ScrubCache

    return ScrubCache(clip)


class Scrubber:
    """Small pictures of the source and, in a comparison, of the result. No method waits for decoding.

    Filling rests while the picture plays and while the exact frame of a playhead at rest is being decoded. What cannot
    be decoded is simply not there: the exact frame's own failure is what the person hears of.
    """

    def __init__(self, open_cache: Callable[[Clip], Neighbourhood] = small_pictures) -> None:
        self._open_cache = open_cache
        self._change = threading.Condition()
        self._material: Material | None = None
        self._index = 0
        self._ready: tuple[Material | None, tuple[Neighbourhood, ...]] = None, ()
        self._held: set[str] = set()
        self._is_stale = False
        self._is_decoding = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="scrub")
        self._thread.start()

    def load(self, material: Material | None) -> None:
        """Takes up `material`; the source's pictures stay when only the take changes."""
        with self._change:
            self._material = material
            self._index = 0
            self._wake()

    def centre_on(self, index: int) -> None:
        """Says where the playhead is."""
        self._index = index
        material, caches = self._ready
        if material is not None and _centred(material, caches, index):
            with self._change:
                self._wake()

    def shot(self, material: Material, index: int) -> Shot | None:
        """The small pictures of one instant, where all that belong to it are at hand."""
        ready, caches = self._ready
        if ready is not material or material is not self._material:
            return None
        before = caches[0].picture(index)
        layers: list[Layer] = []
        for cache, partner in zip(caches[1:], material.partners_of(index), strict=True):
            small = None if partner is None else cache.picture(partner)
            if small is None and partner is not None:
                return None
            layers.append(Layer(None if small is None else to_image(small), partner))
        if before is None:
            return None
        after = layers[0] if layers else Layer()
        return Shot(
            order=0,
            lap=0,
            index=index,
            time=before.time,
            material=material,
            before=to_image(before),
            after=after.image,
            after_index=after.index,
            is_exact=False,
            others=tuple(layers[1:]),
        )

    def give_way(self, busy: bool) -> None:
        """Rests while `busy`."""
        self.hold("busy") if busy else self.release("busy")

    def hold(self, reason: str) -> None:
        """Leaves the processor to something else, until that `reason` is released."""
        with self._change:
            self._held.add(reason)
            self._change.notify()

    def release(self, reason: str) -> None:
        with self._change:
            self._held.discard(reason)
            self._change.notify()

    def close(self) -> None:
        """Ends the thread, after the packet in hand."""
        with self._change:
            self._closing = True
            self._change.notify()
        self._thread.join()

    def _wake(self) -> None:
        self._is_stale = True
        self._change.notify()

    def _run(self) -> None:
        if sys.platform == "linux":
            # There each thread has its own, and FFmpeg's threads take it over from whoever starts them.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        caches: dict[int, tuple[Clip, Neighbourhood]] = {}
        while True:
            with self._change:
                self._change.wait_for(self._has_work)
                if self._closing:
                    break
                is_long_rest = bool(self._held)
                if not is_long_rest:
                    self._is_stale = False
                material = self._material
            if is_long_rest:
                self._rest(caches)
                continue
            self._wait_until_shown(material)
            self._take_up(caches, material)
            if not self._fill_all(caches):
                with self._change:
                    self._is_stale = True
        self._take_up(caches, None)

    def _wait_until_shown(self, material: Material | None) -> None:
        shown = self._ready[0]
        if material is not None and (shown is None or shown.before is not material.before):
            with self._change:
                self._change.wait_for(lambda: self._closing or self._material is not material, _LATER)

    def _has_work(self) -> bool:
        is_due = self._is_stale and not self._held
        return self._closing or is_due or (self._is_decoding and PLAYING in self._held)

    def _fill_all(self, caches: dict[int, tuple[Clip, Neighbourhood]]) -> bool:
        """Fills one after the other, with one decoder at a time; whether there is nothing left to do."""
        self._is_decoding = True
        for _, cache in caches.values():
            for _, other in caches.values():
                if other is not cache:
                    other.rest()
            if not self._fill(cache):
                return False
        return True

    def _rest(self, caches: dict[int, tuple[Clip, Neighbourhood]]) -> None:
        for _, cache in caches.values():
            cache.rest()
        self._is_decoding = False

    def _take_up(self, caches: dict[int, tuple[Clip, Neighbourhood]], material: Material | None) -> None:
        """Makes `caches` fit the clips of `material` place by place; the pictures of a clip that stays are kept."""
        clips = () if material is None else material.clips
        if self._ready[0] is not material:
            self._ready = None, ()
        for place, (clip, cache) in list(caches.items()):
            if place >= len(clips) or clips[place] is not clip:
                del caches[place]
                cache.close()
        for place, clip in enumerate(clips):
            if place not in caches:
                caches[place] = clip, self._open_cache(clip)
        if material is not None and self._ready[0] is not material:
            ready = tuple(caches[place][1] for place in range(len(clips)))
            _centred(material, ready, self._index)
            self._ready = material, ready

    def _fill(self, cache: Neighbourhood) -> bool:
        """Whether there is nothing left to do for `cache`."""
        try:
            return cache.fill(self._must_rest)
        except RetakeError:
            return True

    def _must_rest(self) -> bool:
        return self._closing or self._is_stale or bool(self._held)


def _centred(material: Material, caches: tuple[Neighbourhood, ...], index: int) -> bool:
    """Centres the caches on frame `index` of the source and its partner; whether any of them wants other frames now."""
    moved = [caches[0].centre_on(index)]
    for cache, partner in zip(caches[1:], material.partners_of(index), strict=True):
        moved.append(partner is not None and cache.centre_on(partner))
    return any(moved)
