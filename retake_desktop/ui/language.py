"""The languages that the window speaks: the person's choice, or the first of the system's that is there."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from retake_desktop.assets import asset
from retake_desktop.services.settings import LANGUAGES

ENGLISH, CHINESE = LANGUAGES[1:]
NAMES = {ENGLISH: "English", CHINESE: "简体中文（未经母语者审校）"}
"""Each in its own words, so that whoever reads only that one finds it. No native speaker has reviewed the Chinese."""


def speak(app: QApplication, choice: str = "") -> str:
    """Puts the app into the language `choice`, or into the system's where it is none of `NAMES`; what it speaks now.

    Before any widget is made: those that stand already keep their words.
    """
    is_known = choice in NAMES
    spoken = choice if is_known else _first_known(QLocale.system().uiLanguages())
    if is_known and QLocale.system().language() is not QLocale(choice).language():
        QLocale.setDefault(QLocale(choice))
    for name in dict.fromkeys((ENGLISH, spoken)):  # English has the plurals of what another one may lack
        _install(app, f"retake_{name}", str(asset("translations")))
    _install(app, f"qtbase_{spoken}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return spoken


def _first_known(tags: list[str]) -> str:
    for tag in tags:
        if tag.startswith("en"):
            return ENGLISH
        if tag in ("zh", "zh-CN", "zh-SG") or tag.startswith("zh-Hans"):
            return CHINESE
    return ENGLISH


def _install(app: QApplication, name: str, folder: str) -> None:
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
