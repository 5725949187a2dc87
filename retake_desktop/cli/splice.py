"""`retake-desktop splice`: a result back into its original, without any service."""

import argparse
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from retake_desktop.cli.exit_codes import Exit
from retake_desktop.cli.report import Reporter
from retake_desktop.cli.run import check_output
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.media.kept_take import KeptTake, Seams
from retake_desktop.media.worker import MediaWorker
from retake_desktop.services.folders import Folders

if TYPE_CHECKING:
    from retake_desktop.media.splice import SpliceReport, Stretch


async def splice(options: argparse.Namespace, _folders: Folders, reporter: Reporter) -> int:
    """Raises RetakeError when a file cannot be used or the span does not fit."""
    output = Path(options.output).absolute()
    check_output(output, options.original, options.result)
    worker = MediaWorker()
    try:
        original = await worker.probe(str(Path(options.original).absolute()))
        result = await worker.probe(str(Path(options.result).absolute()))
        span = _span(options.start, options.duration, original)
        window = _window(options.result_offset, span, original, result)
        take = KeptTake(result, window, span, options.mode, crossfade=options.crossfade)
        if options.seam == "auto":
            take = await _with_seams(worker, original, take)
        report = await worker.splice(original, [take], str(output), _on_progress)
    finally:
        await worker.close()
    _print(report, reporter)
    return Exit.READY


async def _with_seams(worker: MediaWorker, original: Clip, take: KeptTake) -> KeptTake:
    """The take with its seams moved outwards to where original and result differ least."""
    found = await worker.changes(original, take.result, take.window, take.span, take.mode, _on_progress)
    return replace(take, seams=Seams(*found.seams, take.crossfade))


def _on_progress(_progress: Progress) -> None:
    """A splice takes seconds; its end is what counts."""


def _span(start: Fraction, duration: Fraction, original: Clip) -> Span:
    if duration <= 0 or start >= original.duration:
        raise RetakeError(ErrorKind.INVALID_REQUEST, f"the video ends at {float(original.duration):.3f} s")
    return Span(start, min(start + duration, original.duration)).snapped(original.frames)


def _window(offset: Fraction, span: Span, original: Clip, result: Clip) -> Window:
    """Result time r shows source time `offset` + r; a picture of another shape lies letterboxed in the result."""
    return Window(
        source=Span(offset, offset + result.duration),
        stretch=Fraction(1),
        rate=max(1, round(result.frame_rate)),
        frame_count=len(result.frames),
        width=result.width,
        height=result.height,
        picture=_letterboxed(original, result),
        span=Span(span.start - offset, span.end - offset),
    )


def _letterboxed(original: Clip, result: Clip) -> Rectangle:
    scale = min(Fraction(result.width, original.width), Fraction(result.height, original.height))
    width, height = round(original.width * scale), round(original.height * scale)
    return Rectangle((result.width - width) // 2, (result.height - height) // 2, width, height)


def _print(report: "SpliceReport", reporter: Reporter) -> None:
    reporter.event(
        {
            "event": "done",
            "result": report.output,
            "frames_total": report.frames_total,
            "frames_untouched": report.frames_untouched,
            "method": report.method,
            "reason": report.reason,
            "sound": report.sound,
            "stretches": [_stretch(stretch) for stretch in report.stretches],
            "error": None,
            "exit": int(Exit.READY),
        }
    )
    reporter.notice(f"{report.frames_untouched:,} of {report.frames_total:,} frames untouched. {report.reason}")
    if report.sound:
        reporter.notice(report.sound)
    reporter.line(report.output)


def _stretch(stretch: "Stretch") -> dict[str, object]:
    """Frames as first and one past the last, counted from 0."""
    return {
        "frames": [stretch.first, stretch.end],
        "moment": [stretch.moment_first, stretch.moment_end],
        "reason": stretch.reason,
    }
