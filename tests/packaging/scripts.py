"""The scripts of `packaging/`, which is no package: loaded from their files."""

import importlib.util
from types import ModuleType

from tests.house.tree import PROJECT


def script(path: str) -> ModuleType:
    """The module at `path`, which counts from `packaging/`."""
    file = PROJECT / "packaging" / path
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
