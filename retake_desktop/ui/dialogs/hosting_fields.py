"""The fields that name a person's storage; which of them show depends on its kind."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.hosting import Place, PlaceKind, guessed_region
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui import style

_KINDS = {
    PlaceKind.S3: QT_TRANSLATE_NOOP("Storage", "S3 (Amazon, R2, B2, MinIO)"),
    PlaceKind.GOOGLE: QT_TRANSLATE_NOOP("Storage", "Google Cloud"),
    PlaceKind.AZURE: QT_TRANSLATE_NOOP("Storage", "Azure Blob"),
    PlaceKind.WEBDAV: QT_TRANSLATE_NOOP("Storage", "WebDAV (Nextcloud)"),
}
_ENDPOINT, _BUCKET, _REGION, _KEY, _SECRET, _FOLDER, _PUBLIC = range(7)
_LABELS: dict[PlaceKind, dict[int, str]] = {
    PlaceKind.S3: {
        _ENDPOINT: QT_TRANSLATE_NOOP("Storage", "Endpoint"),
        _BUCKET: QT_TRANSLATE_NOOP("Storage", "Bucket"),
        _REGION: QT_TRANSLATE_NOOP("Storage", "Region"),
        _KEY: QT_TRANSLATE_NOOP("Storage", "Access key id"),
        _SECRET: QT_TRANSLATE_NOOP("Storage", "Secret access key"),
        _FOLDER: QT_TRANSLATE_NOOP("Storage", "Folder in it"),
    },
    PlaceKind.GOOGLE: {
        _BUCKET: QT_TRANSLATE_NOOP("Storage", "Bucket"),
        _SECRET: QT_TRANSLATE_NOOP("Storage", "Service account key"),
        _FOLDER: QT_TRANSLATE_NOOP("Storage", "Folder in it"),
    },
    PlaceKind.AZURE: {
        _KEY: QT_TRANSLATE_NOOP("Storage", "Storage account"),
        _BUCKET: QT_TRANSLATE_NOOP("Storage", "Container"),
        _SECRET: QT_TRANSLATE_NOOP("Storage", "Account key"),
        _FOLDER: QT_TRANSLATE_NOOP("Storage", "Folder in it"),
    },
    PlaceKind.WEBDAV: {
        _ENDPOINT: QT_TRANSLATE_NOOP("Storage", "Folder address"),
        _KEY: QT_TRANSLATE_NOOP("Storage", "User name"),
        _SECRET: QT_TRANSLATE_NOOP("Storage", "Password"),
        _PUBLIC: QT_TRANSLATE_NOOP("Storage", "Public address"),
    },
}
_HINTS: dict[PlaceKind, dict[int, str]] = {
    PlaceKind.S3: {
        _ENDPOINT: QT_TRANSLATE_NOOP("Storage", "empty for Amazon; else https://…"),
        _REGION: QT_TRANSLATE_NOOP("Storage", "as your provider shows it; empty: guessed"),
    },
    PlaceKind.GOOGLE: {_SECRET: QT_TRANSLATE_NOOP("Storage", "paste the whole JSON key file")},
    PlaceKind.AZURE: {},
    PlaceKind.WEBDAV: {
        _ENDPOINT: QT_TRANSLATE_NOOP("Storage", "https://cloud.example.com/remote.php/dav/files/you/clips"),
        _PUBLIC: QT_TRANSLATE_NOOP("Storage", "share link of that folder, or where the web shows it"),
    },
}
_LONGEST = 10_000


def _tr(words: str) -> str:
    return QCoreApplication.translate("Storage", words)


class StorageFields(QWidget):
    """Kind and details of one storage. `changed` comes with every change, `place` and `secret` say what is entered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = {kind: QRadioButton(_tr(words)) for kind, words in _KINDS.items()}
        self._captions = [QLabel() for _field in range(7)]
        self._fields = [QLineEdit() for _field in range(7)]
        self.session_only = QCheckBox(self.tr("Keep the secret for this session only"))
        self._fields[_SECRET].setEchoMode(QLineEdit.EchoMode.Password)
        self._known = Place(PlaceKind.S3)
        self._has_secret = False
        self._lay_out()
        self.show_place(None)

    def _lay_out(self) -> None:
        group = QGroupBox()
        group.setFlat(True)
        group.setAccessibleName(self.tr("Kind of storage"))
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        for number, button in enumerate(self._kinds.values()):
            self._group.addButton(button)
            grid.addWidget(button, number // 2, number % 2)
        grid.setColumnStretch(2, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(style.GAP)
        form.setVerticalSpacing(style.GAP_SMALL)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for caption, field in zip(self._captions, self._fields, strict=True):
            field.setMaxLength(_LONGEST)
            caption.setBuddy(field)
            form.addRow(caption, field)
            field.textChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(group)
        column.addLayout(form)
        column.addWidget(self.session_only)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def kind(self) -> PlaceKind:
        return next(kind for kind, button in self._kinds.items() if button.isChecked())

    @property
    def place(self) -> Place:
        """What is entered; an address without a scheme is meant to be https."""
        kind = self.kind
        shown = _LABELS[kind]
        words = [field.text().strip() if number in shown else "" for number, field in enumerate(self._fields)]
        endpoint = _with_scheme(words[_ENDPOINT])
        is_s3 = kind is PlaceKind.S3
        return Place(
            kind,
            endpoint=endpoint,
            bucket=words[_BUCKET],
            region=(words[_REGION] or guessed_region(endpoint)) if is_s3 else "",
            key_id=self._known.key_id if kind is PlaceKind.GOOGLE else words[_KEY],
            folder=words[_FOLDER].strip("/") if _FOLDER in shown else "",
            public_url=_with_scheme(words[_PUBLIC]),
        )

    @property
    def secret(self) -> str:
        """What was pasted; empty when the one that is kept shall stay."""
        return self._fields[_SECRET].text().strip()

    def missing(self) -> str:
        """The caption of the first field that must be filled in, or ""."""
        may_be_empty = {_FOLDER, _REGION} | ({_ENDPOINT} if self.kind is PlaceKind.S3 else set())
        if self._has_secret and self.place.id == self._known.id:
            may_be_empty.add(_SECRET)
        for number, caption in _LABELS[self.kind].items():
            if number not in may_be_empty and not self._fields[number].text().strip():
                return _tr(caption)
        return ""

    def show_place(self, place: Place | None) -> None:
        """Fills the fields with what is set up; the secret is never shown."""
        self._known = place or Place(PlaceKind.S3)
        self._has_secret = place is not None
        self._kinds[self._known.kind].setChecked(True)
        self._fill(self._known)

    def _fill(self, place: Place) -> None:
        values = {
            _ENDPOINT: place.endpoint, _BUCKET: place.bucket, _REGION: place.region, _KEY: place.key_id,
            _SECRET: "", _FOLDER: place.folder, _PUBLIC: place.public_url,
        }  # fmt: skip
        for number, value in values.items():
            self._fields[number].setText(value)
        self._on_kind()

    def clear_secret(self) -> None:
        self._fields[_SECRET].clear()

    def focus_first(self) -> None:
        next(button for button in self._kinds.values() if button.isChecked()).setFocus()

    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        """Another kind has other details: what was typed for one means nothing for the next."""
        if checked:
            self._fill(self._known if self.kind is self._known.kind else Place(self.kind))

    def _on_kind(self) -> None:
        for number, (caption, field) in enumerate(zip(self._captions, self._fields, strict=True)):
            words = _LABELS[self.kind].get(number)
            caption.setVisible(words is not None)
            field.setVisible(words is not None)
            caption.setText(_tr(words) if words else "")
            field.setAccessibleName(_tr(words) if words else "")
            field.setPlaceholderText(_tr(_HINTS[self.kind].get(number, "")))
        if self._has_secret and self.kind is self._known.kind:
            self._fields[_SECRET].setPlaceholderText("•" * 16)
        self.changed.emit()


def _with_scheme(address: str) -> str:
    return f"https://{address}" if address and "://" not in address else address
