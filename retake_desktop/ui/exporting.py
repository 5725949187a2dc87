"""What a take is shown to others with: before and after as a video or a picture, and its facts as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QFileDialog

from retake_desktop.domain.job import Job, Progress
from retake_desktop.media.comparison import Layout
from retake_desktop.media.label import Bitmap
from retake_desktop.ui import style
from retake_desktop.ui.preferences import short_name
from retake_desktop.ui.presenter import Presenter, Surroundings
from retake_desktop.ui.review.decisions import Export
from retake_desktop.ui.reviewing import Reviewing

if TYPE_CHECKING:
    from retake_desktop.services.pipeline.sharing import Wish

_LABEL_PIXELS = 28
"""Height of the letters, for a picture of 1080 lines."""
_MOST_LABEL = 240
_SUFFIXES = {Export.STILL: ".png", Export.FACTS: ".json"}


class Exporting(Presenter):
    """Asks for a name beside the source, and has the job thread make the file."""

    def __init__(self, around: Surroundings, reviewing: Reviewing) -> None:
        super().__init__(around)
        self._reviewing = reviewing
        self._dialog: QFileDialog | None = None
        self._window.review.decisions.share_asked.connect(self._on_share_asked)
        self._jobs.share_progress.connect(self._on_progress)
        self._jobs.export_refused.connect(self._on_refused)

    def share(self, job: Job, what: Export, target: str) -> None:
        """Makes `what` of a take at `target`; the still is that of the frame on screen."""
        if what is Export.FACTS:
            self._jobs.share_facts(job.id, target)
        elif what is Export.STILL:
            self._jobs.share_still(job.id, self._wish(Layout.SIDE_BY_SIDE, job), self._playback.time, target)
        else:
            layout = Layout.SIDE_BY_SIDE if what is Export.SIDE_BY_SIDE else Layout.MOVING_WIPE
            self._jobs.share_video(job.id, self._wish(layout, job), target)

    def _on_share_asked(self, what: Export) -> None:
        job = self._reviewing.job
        if job is None:
            return
        dialog = QFileDialog(self._window, self.tr("Save as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(self._filters(what))
        dialog.setDefaultSuffix(_suffix(what))
        dialog.selectFile(str(_proposed(job, what)))
        dialog.fileSelected.connect(lambda target: self.share(job, what, target))
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _filters(self, what: Export) -> list[str]:
        if what is Export.FACTS:
            return [self.tr("JSON (*.json)"), self.tr("Text (*.txt)")]
        return [self.tr("Picture (*.png)")] if what is Export.STILL else [self.tr("Video (*.mp4)")]

    def _wish(self, layout: Layout, job: Job) -> "Wish":
        from retake_desktop.services.pipeline.sharing import Wish

        after = self.tr("After · Demo") if job.service.is_demo else self.tr("After")
        return Wish(layout, label(self.tr("Before")), label(after))

    def _on_progress(self, _job_id: str, progress: Progress | None) -> None:
        if progress is None or not progress.total:
            return
        percent = 100 * progress.done // progress.total
        words = self.tr("Making the before and after video… {percent} %").format(percent=percent)
        self._notices.say(words, action=self.tr("Stop"), deed=self._on_stop)

    def _on_refused(self, _job_id: str, target: str) -> None:
        words = self.tr(
            "{name} was not replaced: it is the original, or a result that was paid for. Export under another name."
        )
        self._notices.say(words.format(name=short_name(target)), tone="warning")

    def _on_stop(self) -> None:
        self._jobs.stop_sharing()
        self._notices.say(self.tr("Stopped. Nothing was written."))


def label(words: str) -> Bitmap:
    """`words` in white on a dark plate, to be laid over a picture."""
    font = style.font(style.TextRole.BODY, strong=True)
    font.setPixelSize(_LABEL_PIXELS)
    metrics = QFontMetrics(font)
    pad = style.GAP
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, _MOST_LABEL)
    size = QSize(metrics.horizontalAdvance(shown) + 2 * pad, metrics.height() + pad)
    image = QImage(size, QImage.Format.Format_RGBA8888)
    image.fill(QColor(0, 0, 0, 150))
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(QRect(0, 0, size.width(), size.height()), Qt.AlignmentFlag.AlignCenter, shown)
    painter.end()
    # Four bytes a pixel: lines need no padding.
    return Bitmap(size.width(), size.height(), bytes(image.constBits()))


def _suffix(what: Export) -> str:
    return _SUFFIXES.get(what, ".mp4").lstrip(".")


def _proposed(job: Job, what: Export) -> Path:
    tails = {Export.STILL: "before-after", Export.FACTS: "take", Export.WIPE: "wipe"}
    source = Path(job.request.source)
    return source.with_name(f"{source.stem}-{tails.get(what, 'side-by-side')}.{_suffix(what)}")
