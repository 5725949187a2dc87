"""A sound server of a test's own, whose devices come and go and can be listened to: a real PulseAudio.

    with sound_server(folder) as server:
        server.add("one")
        with server.recording("one") as recorded: ...
        server.remove("one")

The process that plays finds it by the environment variable PULSE_SERVER, which `address` goes into.
"""

import subprocess
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

from tests.fakes.footage import sound_time

RATE = 48000
_SAMPLE_BYTES = 2
_READ = 480
_LOUD = 3000
_WAVE = RATE * 3 // 1000
"""Samples: longer than a wave of the lowest tone."""
_PIECE = RATE // 20
_JUMP, _SILENT = 0.02, 0.008
"""Seconds by which two neighbouring pieces may be misread; of quiet that cannot be the tone's own."""
_PAUSE = 0.1
"""Seconds of quiet before a sound counts as a new beep."""


def onsets(samples: "array[int]") -> Iterator[int]:
    """The places in 48 kHz mono at which a beep begins after some quiet."""
    quiet = 0
    for place, sample in enumerate(samples):
        if abs(sample) < _LOUD:
            quiet += 1
            continue
        if quiet > _PAUSE * RATE:
            yield place
        quiet = 0


class Recording:
    """What a device plays, with the moment of each sample. Times are the machine's steady clock in seconds.

    A device hands out a block of samples when it begins to play it, or later where the machine is busy, but never
    earlier: the earliest of all blocks says when the first sample was played.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.samples = array("h")
        self._first_played: list[float] = []
        self._thread = threading.Thread(target=self._listen, name="recording")
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def beeps(self) -> list[float]:
        """When each beep began. One that was going on already when listening began is none."""
        return [self.moment_of(place) for place in onsets(self.samples)]

    def hiccups(self) -> list[float]:
        """Seconds into the recording at which the climbing tone breaks off, stops for a moment or jumps."""
        loud = [
            place for place in range(0, len(self.samples), _WAVE) if max(self.samples[place : place + _WAVE]) >= _LOUD
        ]
        if not loud:
            return [0.0]
        pieces = range(loud[0], loud[-1] - _PIECE, _PIECE)
        times = [sound_time(self.samples[place : place + _PIECE].tobytes(), RATE, 1) for place in pieces]
        steps = zip(pieces[1:], times, times[1:], strict=False)
        jumps = [place / RATE for place, before, now in steps if abs(now - before - _PIECE / RATE) > _JUMP]
        return jumps + [here / RATE for here, there in pairwise(loud) if there - here > _SILENT * RATE]

    def moment_of(self, place: int) -> float:
        """By the blocks of about a minute around it, since the device's clock may drift from the machine's."""
        block = place // _READ
        near = self._first_played[max(0, block - 3000) : block + 3000]
        return min(near) + place / RATE

    def _listen(self) -> None:
        left = b""
        while part := self._stream.read(_READ * _SAMPLE_BYTES - len(left)):
            now = time.monotonic()
            left += part
            if len(left) == _READ * _SAMPLE_BYTES:
                self._first_played.append(now - len(self.samples) / RATE)
                self.samples.frombytes(left)
                left = b""


class SoundServer:
    def __init__(self, process: "subprocess.Popen[bytes]", address: str) -> None:
        self.process = process
        self.address = address
        self._modules: dict[str, str] = {}

    def add(self, name: str) -> None:
        """A device that plays to nobody, in real time. Without `norewinds` it hands out seconds at once, takes some
        back when its latency changes, and a listener hears that piece twice."""
        self._modules[name] = self._control(
            "load-module", "module-null-sink", f"sink_name={name}", f"rate={RATE}", "norewinds=1"
        )

    def remove(self, name: str) -> None:
        self._control("unload-module", self._modules.pop(name))

    def is_played_on(self) -> bool:
        return bool(self._control("list", "short", "sink-inputs"))

    @contextmanager
    def recording(self, name: str) -> Iterator[Recording]:
        """Listens to a device for as long as the block lasts."""
        kind = ("--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=10")
        command = ["parec", f"--server={self.address}", f"--device={name}.monitor", *kind]
        with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as process:
            recording = Recording(cast("BinaryIO", process.stdout))
            try:
                yield recording
            finally:
                process.terminate()
                recording.join()

    def _control(self, *command: str) -> str:
        whole = ["pactl", f"--server={self.address}", *command]
        return subprocess.run(whole, check=True, capture_output=True, text=True, timeout=30).stdout.strip()


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """Without any device at first. `folder` is a short path: a socket lies in it."""
    address = f"unix:{folder / 'pulse'}"
    socket = f"module-native-protocol-unix socket={folder / 'pulse'} auth-anonymous=1"
    command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "-L", socket]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 30
        while not (folder / "pulse").exists():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("PulseAudio did not start")
            time.sleep(0.02)
        yield SoundServer(process, address)
    finally:
        process.terminate()
        process.wait(30)
