"""What most people never need: address, model, how many at a time, proxy and certificates."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.network import Network, ProxyUse
from retake_desktop.domain.retake import MODEL_ID
from retake_desktop.services.api.wire import DEFAULT_BASE, checked_base
from retake_desktop.services.settings import AT_ONCE, Settings
from retake_desktop.services.updates import Release
from retake_desktop.ui import problems, style
from retake_desktop.ui.dialogs.section import Section, note, write


class AdvancedSection(Section):
    """The model counts as it is typed. Address, proxy and certificates count when they are taken with a button:

    half an address must never be asked, least of all with the token.
    """

    taken = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__(QCoreApplication.translate("AdvancedSection", "Advanced"))
        self._model = _field(self.tr("Model"), settings.model_id, MODEL_ID)
        self._address = _field(self.tr("API address"), settings.api_address, DEFAULT_BASE)
        self._proxy = _field(self.tr("Proxy address"), settings.network.proxy, "http://proxy.example.com:8080")
        self._certificates = _field(
            self.tr("Further certificates"),
            settings.network.certificates,
            self.tr("none but the system's"),
        )
        self._use = QComboBox()
        self._use.setAccessibleName(self.tr("Proxy"))
        for use, words in self._uses().items():
            self._use.addItem(words, use)
        self._use.setCurrentIndex(list(self._uses()).index(settings.network.use))
        self._at_once = QSpinBox()
        self._at_once.setAccessibleName(self.tr("Clips on their way at a time"))
        self._at_once.setRange(AT_ONCE[0], AT_ONCE[-1])
        self._at_once.setValue(settings.at_once)
        self._browse = QPushButton(self.tr("Choose file…"))
        self._take = QPushButton(self.tr("Use these"))
        self._said = note()
        self._updates = QCheckBox(self.tr("Say when there is a newer version"))
        self._updates.setChecked(settings.looks_for_updates)
        self._updates.hide()
        self._lay_out()
        self._model.textChanged.connect(self._on_model)
        self._at_once.valueChanged.connect(self._on_at_once)
        self._use.currentIndexChanged.connect(self._refresh)
        for field in (self._address, self._proxy, self._certificates):
            field.textChanged.connect(self._refresh)
        self._browse.clicked.connect(self._on_browse)
        self._take.clicked.connect(self._on_take)
        self._updates.toggled.connect(self._on_updates)
        self._settings = settings
        self._refresh()

    def _uses(self) -> dict[ProxyUse, str]:
        return {
            ProxyUse.SYSTEM: self.tr("As the system"),
            ProxyUse.NONE: self.tr("None"),
            ProxyUse.MANUAL: self.tr("This one:"),
        }

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(style.GAP_SMALL)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("RunComfy model"), (self._model,)),
            (self.tr("Clips at a time"), (self._at_once,)),
            (self.tr("API address"), (self._address,)),
            (self.tr("Proxy"), (self._use, self._proxy)),
            (self.tr("Certificates"), (self._certificates, self._browse)),
        )
        for row, (words, widgets) in enumerate(rows):
            caption = QLabel(words)
            caption.setBuddy(widgets[0])
            grid.addWidget(caption, row, 0)
            beside = QHBoxLayout()
            for widget in widgets:
                beside.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
            if not any(isinstance(widget, QLineEdit) for widget in widgets):
                beside.addStretch(1)
            grid.addLayout(beside, row, 1)
        grid.setColumnStretch(1, 1)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        for button in (self._browse, self._take):
            button.setAutoDefault(False)
        self.add(holder)
        self.add_row(self._take)
        self.add(self._said)
        self.add(self._updates)
        self.add(note(self.tr("Model and number count at once, address, proxy and certificates with the button.")))

    def offer_updates(self, release: Release | None) -> None:
        """Only where this build looks for newer versions at all."""
        self._updates.setVisible(release is not None)
        if release is not None:
            words = self.tr("Asks {address} at each start, and never downloads anything.")
            self._updates.setToolTip(words.format(address=release.address))

    def focus_model(self) -> None:
        self._model.setFocus()

    def show_settings(self, settings: Settings) -> None:
        """What is in use now, to tell what is still to be taken."""
        self._settings = settings
        self._refresh()

    @property
    def _network(self) -> Network:
        use = self._use.currentData()
        return Network(ProxyUse(use), self._proxy.text().strip(), self._certificates.text().strip())

    def _refresh(self) -> None:
        is_manual = self._use.currentData() == ProxyUse.MANUAL
        self._proxy.setEnabled(is_manual)
        self._proxy.setToolTip("" if is_manual else self.tr("Only for a proxy of your own choice."))
        self._proxy.setAccessibleDescription(self._proxy.toolTip())
        after = (self._address.text().strip(), self._network)
        is_new = after != (self._settings.api_address, self._settings.network)
        self._take.setEnabled(is_new)
        self._take.setToolTip("" if is_new else self.tr("Address, proxy and certificates are in use as they stand."))
        self._take.setAccessibleDescription(self._take.toolTip())
        if is_new:
            write(self._said, self.tr("Not in use yet."))

    def _on_take(self) -> None:
        address = self._address.text().strip()
        try:
            checked_base(address or DEFAULT_BASE)
            _check(self._network)
        except RetakeError as error:
            write(self._said, problems.message(error.problem), "danger")
            return
        self.chosen.emit("api_address", address)
        self.chosen.emit("network", self._network)
        write(self._said, self.tr("In use. Test the connection under Account."), "accent")

    def _on_browse(self) -> None:
        dialog = QFileDialog(
            self, self.tr("Certificates that are trusted as well"), "", self.tr("PEM files (*.pem *.crt)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._certificates.setText)
        dialog.open()

    def _on_model(self, words: str) -> None:
        self.chosen.emit("model_id", words.strip() or MODEL_ID)

    def _on_updates(self, is_wanted: bool) -> None:
        self.chosen.emit("looks_for_updates", is_wanted)

    def _on_at_once(self, count: int) -> None:
        self.chosen.emit("at_once", count)


def _field(name: str, words: str, placeholder: str) -> QLineEdit:
    field = QLineEdit(words)
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    return field


def _check(network: Network) -> None:
    # Not at the top: loading what talks to the network would hold up the window's first appearance.
    from retake_desktop.services.transfer import check_network

    check_network(network)
