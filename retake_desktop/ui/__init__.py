"""The window. Knows services, media and domain; nothing below knows it."""

from retake_desktop.ui.lasting_true import make_true_last

make_true_last()
