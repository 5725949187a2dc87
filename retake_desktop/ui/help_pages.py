"""Three short pages to read inside the app."""

from enum import Enum

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP


class Page(Enum):
    PRICE = "price"
    CHANGES = "changes"
    TRAVEL = "travel"


_PAGES: dict[Page, tuple[str, tuple[str, ...]]] = {
    Page.PRICE: (
        QT_TRANSLATE_NOOP("Help", "How selection, context and price work"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "The selection between the two handles is what the model makes anew. So that the new moment fits, it "
                "also sees a little before and after: the context, 1.5 seconds on each side unless you change it.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "Only selection and context are sent, whatever the length of your video. RunComfy bills every second "
                "that is sent, begun seconds in full, and every take by itself. The price beside Retake is an "
                "estimate from the price that RunComfy names; the bill is in the take's facts afterwards.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "A limit for a retake and for a day can be set in Settings, under Money. A press of Retake is never "
                "sent twice: where it is not known whether RunComfy took it, you are asked.",
            ),
        ),
    ),
    Page.CHANGES: (
        QT_TRANSLATE_NOOP("Help", "What may change outside my selection"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "In the result, the model may change up to about half a second next to the selection. In review, the "
                "change map over the timeline shows where the result really differs.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "When you keep a take, only the moment is put into a copy of your original, which itself is never "
                "touched. Around the moment a short stretch is encoded anew, up to the next place where the video can "
                "be cut; you see which before you keep. Every other frame is bit for bit the one you shot.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "Some kinds of video cannot be cut like that. They are encoded anew as a whole, at high quality, and "
                "the app says so.",
            ),
        ),
    ),
    Page.TRAVEL: (
        QT_TRANSLATE_NOOP("Help", "How my file travels"),
        (
            QT_TRANSLATE_NOOP(
                "Help",
                "Opening, playing and selecting happen on this computer alone. With Retake, a small clip is cut: the "
                "selection and its context, without location, device name or other particulars of the file.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "The clip travels to RunComfy inside the request. If you have set up storage of your own, it is put "
                "there instead, under an address that cannot be guessed and ends soon, and deleted afterwards.",
            ),
            QT_TRANSLATE_NOOP(
                "Help",
                "RunComfy keeps what it makes for some days. The app fetches the result as soon as it is there. On the "
                "demo service nothing leaves this computer at all.",
            ),
        ),
    ),
}


def heading(page: Page) -> str:
    return QCoreApplication.translate("Help", _PAGES[page][0])


def paragraphs(page: Page) -> tuple[str, ...]:
    return tuple(QCoreApplication.translate("Help", words) for words in _PAGES[page][1])
