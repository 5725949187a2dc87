"""What must travel with a bundle: the licences of everything inside it, and the bill of materials (CycloneDX).

Made from what the bundle really holds (`inside.py`), while it is built; the spec calls `write`.
"""

import json
import uuid
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from inside import PROJECT, Component, components, distributions

_RULE = "\n\n" + "=" * 100 + "\n"
_YEARS = "2026"


def write(sources: Iterable[str], version: str, folder: Path) -> None:
    """Writes THIRD_PARTY_LICENSES, bill-of-materials.cdx.json and Debian's copyright into `folder`.

    Raises inside.NobodysError when some file's licence is not known.
    """
    files = list(sources)
    found = sorted([*components(files), _icons()], key=lambda each: each.name.lower())
    crates = _inner_components(distributions(files))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "THIRD_PARTY_LICENSES").write_text(_licences(found, crates), encoding="utf-8")
    (folder / "bill-of-materials.cdx.json").write_text(_bill(found, crates, version), encoding="utf-8")
    (folder / "copyright").write_text(_copyright(found), encoding="utf-8")
    print(f"{len(found)} components and {len(crates)} inside them have a licence that is handed on")


def _icons() -> Component:
    """The pictures on the buttons; those of the app itself are the project's own."""
    text = (PROJECT / "resources" / "icons" / "LICENSE").read_text(encoding="utf-8")
    return Component("Lucide", "", "ISC", text, "", "https://lucide.dev")


def _inner_components(packages: set[str]) -> list[dict[str, object]]:
    """What wheels tell of what is compiled into them, such as Rust's crates and OpenSSL, in CycloneDX of their own."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for name in sorted(packages):
        for file in metadata.distribution(name).files or ():
            if "/sboms/" not in file.as_posix() or file.suffix != ".json":
                continue
            told = json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
            for each in told.get("components", ()):
                kept = {key: each[key] for key in ("type", "name", "version", "licenses", "purl") if key in each}
                found.setdefault((str(each["name"]), str(each.get("version", ""))), kept)
    own = {metadata.distribution(name).name.lower() for name in packages}
    return [found[key] for key in sorted(found) if key[0].lower() not in own]


def _licences(found: list[Component], crates: list[dict[str, object]]) -> str:
    listed = "\n".join(f"{each.name} {each.version}: {each.licence}" for each in found)
    inner = "\n".join(f"{each['name']} {each.get('version', '')}: {_expression(each)}" for each in crates)
    heading = f"Retake Desktop is under the GPL-3.0-or-later. With it in this bundle:\n\n{listed}"
    compiled = f"Compiled into some of them, as their makers say:\n\n{inner}"
    texts = [f"{each.name} {each.version}: {each.licence}\n{each.source}\n\n{each.text}" for each in found]
    return _RULE.join([heading, compiled, *texts]) + "\n"


def _expression(component: dict[str, object]) -> str:
    told = component.get("licenses")
    words = []
    for each in told if isinstance(told, list) else []:
        licence = each.get("license", {})
        words.append(each.get("expression") or licence.get("id") or licence.get("name") or "")
    return ", ".join(word for word in words if word) or "see its source"


def _bill(found: list[Component], crates: list[dict[str, object]], version: str) -> str:
    listed = [_entry(each) for each in found]
    listed += [{**each, "bom-ref": f"inner:{each['name']}@{each.get('version', '')}"} for each in crates]
    # The same parts give the same number, so that two builds of one commit agree.
    number = uuid.uuid5(uuid.NAMESPACE_URL, version + json.dumps(listed, sort_keys=True))
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{number}",
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "retake-desktop",
                "name": "retake-desktop",
                "version": version,
                "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
            }
        },
        "components": listed,
    }
    text = json.dumps(bill, indent=2, sort_keys=True) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise ValueError(f"the bill of materials is not CycloneDX: {wrong}")
    return text


def _entry(each: Component) -> dict[str, object]:
    entry: dict[str, object] = {
        "type": "library",
        "bom-ref": each.purl or f"inside:{each.name}@{each.version}",
        "name": each.name,
        "version": each.version,
        "licenses": [{"license": {"name": each.licence or "see its text"}}],
    }
    if each.purl:
        entry["purl"] = each.purl
    if each.source:
        entry["externalReferences"] = [{"type": "website", "url": each.source}]
    return entry


def _copyright(found: list[Component]) -> str:
    """Debian's file about the whole package (policy 12.5); the texts in full lie beside it."""
    inside = "\n".join(f" {each.name} {each.version}: {each.licence}" for each in found)
    return f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: retake-desktop
Source: https://www.runcomfy.com/models/ltx/ltx-2/retake-video
Comment: The bundle holds further software; THIRD_PARTY_LICENSES.gz beside this file has its licences in full:
{inside}

Files: *
Copyright: {_YEARS} the makers of Retake Desktop
License: GPL-3.0-or-later
 This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public
 License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later
 version.
 .
 On Debian systems the whole text is in /usr/share/common-licenses/GPL-3.
"""
