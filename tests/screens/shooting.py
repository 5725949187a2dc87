"""The process that takes the pictures of one language at one scale; `python -m tests.screens` starts it."""

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from retake_desktop.ui.dialogs.look import LookSection
from retake_desktop.ui.language import speak
from retake_desktop.ui.style import Theme
from tests.screens import material, scenes_dialogs, scenes_editing, scenes_review, scenes_takes, scenes_timeline
from tests.screens.scene import USUAL, Scene
from tests.screens.studio import Studio, settle

SCENES = (
    *scenes_editing.SCENES,
    *scenes_timeline.SCENES,
    *scenes_takes.SCENES,
    *scenes_review.SCENES,
    *scenes_dialogs.SCENES,
)
_THEMES = (Theme.DARK, Theme.LIGHT)
Place = Callable[[Theme, str], Path]


def main() -> int:
    options = _options()
    app = QApplication([sys.argv[0]])
    app.setApplicationDisplayName("Retake Desktop")
    speak(app, options.language)
    studio = Studio(app, material.load(options.material), options.material)
    if options.readme is not None:
        return _shoot(
            studio,
            replace(_scene("review-side-by-side"), sizes=(USUAL,)),
            lambda _theme, _name: options.readme,
            (Theme.DARK,),
        )
    label = f"{options.language}-{100 * int(options.scale)}"
    wanted = [one for one in SCENES if not options.only or any(word in one.name for word in options.only)]
    return sum(
        _shoot(studio, scene, lambda theme, name: options.folder / f"{label}-{theme.value}" / f"{name}.png", _THEMES)
        for scene in wanted
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("material", type=Path)
    parser.add_argument("language")
    parser.add_argument("scale")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--readme", type=Path)
    return parser.parse_args()


def _scene(name: str) -> Scene:
    return next(one for one in SCENES if one.name == name)


def _shoot(studio: Studio, scene: Scene, place: Place, themes: Sequence[Theme]) -> int:
    """Plays `scene` in each of its sizes; 1 when it could not be played."""
    for size in scene.sizes:
        name = scene.name if size == USUAL else f"{scene.name}-{size[0]}x{size[1]}"
        try:
            with studio.set(size, **scene.options) as played:
                scene.act(played)
                # To change the theme takes half a second: the one in use comes first.
                for theme in sorted(themes, key=lambda one: one is not studio.shown):
                    studio.theme(theme)
                    for section in played.shown.findChildren(LookSection):
                        section.themes[theme].setChecked(True)
                    settle(played.is_current)
                    _save(played.shown, place(theme, name))
        except (TimeoutError, LookupError, RuntimeError, AssertionError):
            traceback.print_exc()
            print("scene not played:", name, file=sys.stderr)  # noqa: T201 - a program for the terminal
            return 1
    return 0


def _save(widget: QWidget, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} could not be written")


if __name__ == "__main__":
    sys.exit(main())
