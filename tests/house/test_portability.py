"""Nothing in the project names the machine it was written on, what lay beside it, or a package registry."""

import re

import pytest

from tests.house.tree import name_of, text_files

FOREIGN = {
    "a folder of one machine": r"/(work|root|opt)/(?!\.)|/var/tmp/|\.pyenv",
    "something beside the project": r"\.\./" + "shared|shared/(design|reference|seed|hooks)",
    "a page that is not in the project": r"\b(design|libraries|anchors|runcomfy-api|style)" + r"\.md\b",
    "a package registry": "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs"),
            ("deb", "debian", "org"),
            ("security", "debian", "org"),
            ("snapshot", "debian", "org"),
            ("archive", "ubuntu", "com"),
            ("proxy", "golang", "org"),
            ("anaconda", "org"),
        )
    ),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FOREIGN[what])
    named = [
        f"{name_of(path)}:{number}: {line.strip()[:120]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if path.name != "test_portability.py" and pattern.search(line)
    ]
    assert named == []
