"""The list view of takes: moving thumbnails, renaming in place, a menu, and the keys for both."""

from PySide6.QtCore import QEvent, QItemSelection, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from retake_desktop.domain.job import Job
from retake_desktop.ui.takes.actions import Deeds, file_of, fill, why_not_removed
from retake_desktop.ui.takes.delegate import TakeDelegate
from retake_desktop.ui.takes.model import AnyIndex, TakesModel
from retake_desktop.ui.takes.moving import Moving
from retake_desktop.ui.takes.outlook import Outlook
from retake_desktop.ui.takes.thumbnails import Thumbnails


class TakeWishes(QObject):
    """What the person asks for in the list; each carries the take's id."""

    review_asked = Signal(str)
    prompt_asked = Signal(str)
    reveal_asked = Signal(str)
    renamed = Signal(str, str)
    """Job id and name."""
    remove_asked = Signal(str)
    remove_refused = Signal(str, str)
    """Job id, and why the take has to stay."""
    bring_back_asked = Signal(str)


class TakeList(QListView):
    """Shows a `TakesModel`; `deeds` says what is asked for."""

    def __init__(
        self, model: TakesModel, thumbnails: Thumbnails, outlook: Outlook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._takes = model
        self._thumbnails = thumbnails
        self.moving = Moving(parent=self)
        self.deeds = TakeWishes(self)
        self.setAccessibleName(self.tr("Takes list"))
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self._delegate = TakeDelegate(thumbnails, self.moving, outlook, self)
        self.setItemDelegate(self._delegate)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self._menu = QMenu(self)
        self.customContextMenuRequested.connect(self._on_menu)
        self.entered.connect(lambda index: self.moving.point_at(self._job_at(index)))
        self.viewportEntered.connect(lambda: self.moving.point_at(None))
        self.moving.moved.connect(self._on_moved)
        thumbnails.arrived.connect(self.viewport().update)
        model.renamed.connect(self.deeds.renamed)

    def hide_pictures(self, hidden: bool) -> None:
        """Shows no thumbnail of any take, as long as they would give a blind choice away."""
        self._delegate.hides_pictures = hidden
        self.viewport().update()

    def fill_menu(self, menu: QMenu, job: Job | None) -> None:
        """What can be done with `job` now."""
        wishes = self.deeds
        if job is None:
            return
        fill(
            menu,
            job,
            self._takes.mark(job.id),
            Deeds(
                review=lambda it: wishes.review_asked.emit(it.id),
                rename=self._rename,
                prompt=lambda it: wishes.prompt_asked.emit(it.id),
                reveal=lambda it: wishes.reveal_asked.emit(file_of(it) or ""),
                copy_id=lambda it: QGuiApplication.clipboard().setText(it.request_id or ""),
                remove=lambda it: wishes.remove_asked.emit(it.id),
                bring_back=lambda it: wishes.bring_back_asked.emit(it.id),
            ),
        )

    def close_down(self) -> None:
        """Ends the background work."""
        self.moving.close()
        self._thumbnails.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._on_remove_key()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The facts below grow with what there is to say; the chosen take stays in sight all the same."""
        chosen = self.visualRect(self.currentIndex())
        was_in_sight = chosen.isValid() and QRect(QPoint(0, 0), event.oldSize()).intersects(chosen)
        super().resizeEvent(event)
        if was_in_sight:
            self.scrollTo(self.currentIndex())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self.moving.point_at(None)
        return super().viewportEvent(event)

    def _job_at(self, index: AnyIndex) -> Job | None:
        row = self._takes.row(index)
        return row if isinstance(row, Job) else None

    def _rename(self, job: Job) -> None:
        index = self._takes.index_of(job.id)
        self.setCurrentIndex(index)
        self.setFocus()
        self.edit(index)

    def _on_menu(self, where: QPoint) -> None:
        job = self._job_at(self.indexAt(where))
        if job is not None:
            self.fill_menu(self._menu, job)
            self._menu.popup(self.viewport().mapToGlobal(where))

    def _on_selected(self, _more: QItemSelection, _less: QItemSelection) -> None:
        """A screen reader selects a row without making it the current one."""
        selected = self.selectedIndexes()
        if len(selected) == 1 and selected[0] != self.currentIndex():
            self.setCurrentIndex(selected[0])

    def _on_remove_key(self) -> None:
        job = self._job_at(self.currentIndex())
        if job is None:
            return
        why_not = why_not_removed(job)
        if why_not:
            self.deeds.remove_refused.emit(job.id, why_not)
        else:
            self.deeds.remove_asked.emit(job.id)

    def _on_moved(self, job_id: str) -> None:
        index = self._takes.index_of(job_id)
        if index.isValid():
            self.update(index)
