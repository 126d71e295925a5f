"""Write the list of what others made and is inside a bundle, with its licences, from what the freezer put there.

    python packaging/bundle/licences.py INSIDE.json THIRD-PARTY-LICENCES.txt

INSIDE.json lists pairs of a name in the bundle and the file it was taken from (maskgan-studio.spec writes it). Every
file must belong to an installed distribution, to Python, or to a package of Debian; one that does not is an error.
"""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice|copyright|authors)")
_OWN = "maskgan-studio"
# Its bootloader is part of every bundle without being in the list.
_FREEZER = "pyinstaller"


@dataclass
class Component:
    """Something that others made.

    Attributes:
        name, version: its own.
        licence: in a word, as its metadata say.
        texts: the licences in full, by file name.
    """

    name: str
    version: str
    licence: str
    texts: dict[str, str] = field(default_factory=dict)


def find_components(files: Iterable[Path]) -> list[Component]:
    """Find out whom files belong to; raises LookupError with those that nobody is known for."""
    owners, roots = _owners_by_file()
    found: dict[str, Component] = {}
    system: list[Path] = []
    unknown: list[Path] = []
    for file in files:
        path = file.resolve()
        name = owners.get(path)
        if name is not None:
            if name != _OWN and name not in found:
                found[name] = _of_distribution(roots[name])
        elif _is_of_python(path):
            found.setdefault("python", _python())
        elif path.is_file():
            system.append(path)
        else:
            unknown.append(file)
    for component in _of_debian(system):
        found.setdefault(component.name, component)
    if unknown:
        raise LookupError("nobody is known for " + ", ".join(map(str, unknown)))
    return sorted(found.values(), key=lambda component: component.name.lower())


@functools.cache
def _owners_by_file() -> tuple[dict[Path, str], dict[str, Distribution]]:
    owners: dict[Path, str] = {}
    roots: dict[str, Distribution] = {}
    for installed in distributions():
        name = str(installed.metadata["Name"]).lower().replace("_", "-")
        roots[name] = installed
        for file in installed.files or ():
            owners[Path(str(installed.locate_file(file))).resolve()] = name
    return owners, roots


def _of_distribution(installed: Distribution) -> Component:
    metadata = installed.metadata
    classifiers = [
        line.rpartition("::")[2].strip() for line in metadata.get_all("Classifier") or () if "License" in line
    ]
    stated = metadata.get("License-Expression") or ", ".join(classifiers) or metadata.get("License") or "see below"
    component = Component(metadata["Name"], metadata["Version"], stated.strip().splitlines()[0])
    for file in installed.files or ():
        path = Path(str(installed.locate_file(file)))
        if ".dist-info" in str(file) and _LICENCE_FILE.search(path.name) and path.is_file():
            component.texts[str(file).partition(".dist-info/")[2]] = path.read_text(encoding="utf-8", errors="replace")
    return component


def _is_of_python(path: Path) -> bool:
    folders = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), sysconfig.get_config_var("LIBDIR")}
    if path.name == "base_library.zip":  # the freezer packs the first modules of Python into it
        return True
    return any(path.is_relative_to(Path(folder).resolve()) for folder in folders if folder) and (
        "python" in str(path) and "site-packages" not in path.parts
    )


def _python() -> Component:
    version = ".".join(map(str, sys.version_info[:3]))
    component = Component("Python", version, "PSF-2.0")
    for folder in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)):
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).is_file():
                component.texts["LICENSE"] = (folder / name).read_text(encoding="utf-8")
                return component
    return component


def _of_debian(paths: Iterable[Path]) -> list[Component]:
    found: dict[str, Component] = {}
    for path in paths:
        # The package names a file by the way it had before /lib became a link.
        names = [str(path), str(path).removeprefix("/usr")]
        run = subprocess.run(["dpkg-query", "--search", *names], capture_output=True, text=True)
        if not run.stdout:
            raise LookupError(f"nobody is known for {path}")
        package = run.stdout.partition(":")[0]
        if package in found:
            continue
        query = ["dpkg-query", "--show", "--showformat=${Version}\n", package]
        version = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()[0]
        found[package] = Component(package, version, "see below")
        text = Path("/usr/share/doc") / package / "copyright"
        if text.is_file():
            found[package].texts["copyright"] = text.read_text(encoding="utf-8", errors="replace")
    return list(found.values())


def write_list(components: list[Component], target: Path) -> None:
    """Write names and licences first, then all texts."""
    line = "=" * 100
    lines = ["What others made and is inside this program.", ""]
    lines += [f"{each.name} {each.version}: {each.licence}" for each in components]
    lines += [
        "",
        "Qt and PySide6 are used under the LGPL, version 3: their libraries lie beside the program as files of their",
        "own (_internal/PySide6) and can be replaced; their sources are at https://download.qt.io.",
    ]
    for each in components:
        for name, text in sorted(each.texts.items()):
            lines += ["", line, f"{each.name} {each.version}: {name}", line, "", text.rstrip()]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    inside = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    own_script = Path(__file__).with_name("start.py").resolve()
    sources = {Path(source) for _, source in inside if source not in ("", "-")}
    listed = find_components(path for path in sorted(sources) if path.resolve() != own_script)
    if _FREEZER not in {each.name.lower() for each in listed}:
        listed.append(_of_distribution(distribution(_FREEZER)))
    write_list(listed, Path(sys.argv[2]))
    print(f"{len(listed)} components of others, {sum(not each.texts for each in listed)} without a text of their own")
