"""Bring the catalogues in resources/translations up to date with the texts in the code, and compile them.

    .venv/bin/python packaging/translations.py

New texts are added to each NAME.ts as unfinished, to be translated there by hand or with Qt Linguist; texts that are no
longer used go. Qt's own pyside6-lupdate sees neither the tables nor a function of our own, hence this.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
# Where texts come from that the window may show.
ROOMS = ("app", "document", "engine", "photo", "weights")
# Data folders are looked at on the command line alone.
_NOT_SHOWN = ("photo/datasets",)
# The first argument of these names a step of the history; a class's title does as well.
_HISTORY_CALLS = {
    "begin_edit",
    "begin_stroke",
    "paint",
    "apply",
    "do",
    "lay_mask",
    "_lay",
    "_insert",
    "_arrange",
    "_change",
    "_set",
    "change_face",
    "insert_face",
    "set_values",
    "set_color",
}


def texts() -> set[str]:
    """Return every English text that the window may show through ``tr``."""
    from maskgan_studio.app.actions.edit import OPERATIONS
    from maskgan_studio.app.actions.shortcuts_dialog import RESERVED
    from maskgan_studio.app.actions.table import ACTIONS, MENUS
    from maskgan_studio.app.canvas.canvas import CAPTIONS
    from maskgan_studio.app.files.export_plan import KINDS, PRESETS
    from maskgan_studio.app.panels.color import COLOR_SLIDERS, PLAIN_SWATCHES, SWATCHES
    from maskgan_studio.app.panels.looks import PAINTED_CHOICES
    from maskgan_studio.app.state.style import COLORED_TITLES, STYLED_TITLES
    from maskgan_studio.app.window.tour_steps import TEXTS
    from maskgan_studio.document.deformation.sliders import GROUP_TITLES, SLIDERS
    from maskgan_studio.document.looks import LOOKS
    from maskgan_studio.document.operations.gallery import ITEMS
    from maskgan_studio.document.operations.part_transfer import GROUPS
    from maskgan_studio.labels import PARTS
    from maskgan_studio.weights.terms import AUTHORS_TERMS, OWN_TERMS

    found = {text for spec in ACTIONS for text in (spec.text, spec.tip) if text}
    found |= {AUTHORS_TERMS, OWN_TERMS}
    found |= {title for _, title in MENUS} | {part.title for part in PARTS} | {item.title for item in ITEMS}
    found |= {*CAPTIONS.values(), *TEXTS, *GROUPS, *RESERVED.values(), *KINDS.values(), *PAINTED_CHOICES.values()}
    found |= {title for title, _ in PRESETS} | {title for title, _ in OPERATIONS.values()}
    found |= {*STYLED_TITLES.values()}
    found |= {*GROUP_TITLES.values()} | {look.title for look in LOOKS}
    found |= {text for slider in (*SLIDERS, *COLOR_SLIDERS) for text in (slider.title, slider.meaning)}
    found |= {*COLORED_TITLES.values()} | {title for colors in (*SWATCHES.values(), PLAIN_SWATCHES) for title in colors}
    for path in _files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found.update(_texts_at(node))
    return found - {""}


def unreadable_messages() -> list[str]:
    """Return where a message that the window may show is put together instead of a template with values."""
    found = []
    for path in _files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or _name_of(node) not in _message_classes() or _is_template(node.args[0]):
                continue
            # The title of a part or of a layer, which the catalogue has from where it is defined.
            if _name_of(node) != "Translatable" or not isinstance(node.args[0], ast.Attribute):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def _files() -> list[Path]:
    package = ROOT / "maskgan_studio"
    found = [path for room in ROOMS for path in (package / room).rglob("*.py")]
    found += [package / "outputs.py", package / "recoloring.py"]
    return [path for path in found if not path.relative_to(package).as_posix().startswith(_NOT_SHOWN)]


def _is_template(node: ast.expr) -> bool:
    """A literal, or the variable ``message``, whose literals are collected where it is assigned."""
    return bool(_literals(node)) or (isinstance(node, ast.Name) and node.id == "message")


def _name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _texts_at(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Assign):
        named = any(isinstance(target, ast.Name) and target.id in ("title", "message") for target in node.targets)
        return _literals(node.value) if named else []
    if not isinstance(node, ast.Call) or not node.args:
        return []
    name = _name_of(node)
    if name in ("lay_mask", "Layer") and len(node.args) > 1:
        return _literals(node.args[1])
    return _literals(node.args[0]) if name in ("tr", *_HISTORY_CALLS, *_message_classes()) else []


@cache
def _message_classes() -> frozenset[str]:
    """Names of the classes whose first argument is a text that is translated where it is shown."""
    from maskgan_studio import errors, outputs  # noqa: F401  the classes of the rooms are found as subclasses
    from maskgan_studio.photo.files import decoding  # noqa: F401
    from maskgan_studio.photo.masks import mask_files  # noqa: F401

    found, waiting = {"Translatable"}, [errors.StudioError]
    while waiting:
        kind = waiting.pop()
        found.add(kind.__name__)
        waiting += kind.__subclasses__()
    return frozenset(found)


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return _literals(node.body) + _literals(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def catalogue(path: Path) -> dict[str, str]:
    """Return the finished translations of a .ts file by their English texts."""
    messages = ElementTree.parse(path).getroot().iter("message")
    pairs = ((message.findtext("source", ""), message.find("translation")) for message in messages)
    return {text: found.text or "" for text, found in pairs if found is not None and found.get("type") is None}


def write(path: Path, translated: dict[str, str]) -> None:
    """Write a .ts file with all texts of the code; those without translation are marked as unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=path.stem, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "MaskGANStudio"
    for text in sorted(texts()):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        if text in translated:
            translation.text = translated[text]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root)
    path.write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


if __name__ == "__main__":
    for ts in sorted(FOLDER.glob("*.ts")):
        write(ts, catalogue(ts))
        lrelease = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([lrelease, "-silent", ts, "-qm", ts.with_suffix(".qm")], check=True)
        print(f"{ts.name}: {len(texts() - set(catalogue(ts)))} texts to translate")
