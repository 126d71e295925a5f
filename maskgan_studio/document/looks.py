"""Expressions: sliders and colours set together, under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.document.face_edit import FaceEdit, load_preset
from maskgan_studio.errors import EditError, ProjectError

__all__ = ["LOOKS", "Look", "find_preset", "list_own_looks"]

# What expressions are made of; the shape of a face is not theirs.
_EXPRESSION = (
    *("smile", "mouth.corner", "mouth.width", "mouth.height", "mouth.open", "mouth.upper_lip", "mouth.lower_lip"),
    *("brows.height", "brows.tilt", "eyes.height", "eyes.closed"),
)


@dataclass(frozen=True)
class Look:
    """A named edit of the face.

    Attributes:
        name: on the command line.
        title: in the window.
        edit: the sliders that it sets; those of an expression that it does not need are 0.
        file: of a user's own, whose title is shown as it is.
    """

    name: str
    title: str
    edit: FaceEdit
    file: Path | None = None


def _look(name: str, title: str, values: Mapping[str, float]) -> Look:
    return Look(name, title, FaceEdit(dict.fromkeys(_EXPRESSION, 0.0)).then(FaceEdit(values)))


LOOKS = (
    _look("neutral", "Neutral", {}),
    _look("smile", "Smile", {"smile": 0.6, "eyes.height": -0.08}),
    _look("laugh", "Laugh", {"smile": 0.6, "mouth.open": 0.4, "eyes.height": -0.18, "brows.height": 0.12}),
    _look("surprise", "Surprise", {"brows.height": 0.45, "eyes.height": 0.3, "mouth.open": 0.6, "mouth.width": -0.15}),
    _look("wink-left", "Wink, left", {"smile": 0.45, "eyes.closed.left": 1.0, "brows.height.left": -0.2}),
    _look("wink-right", "Wink, right", {"smile": 0.45, "eyes.closed.right": 1.0, "brows.height.right": -0.2}),
    _look("eyes-closed", "Eyes shut", {"eyes.closed": 1.0}),
    _look("serious", "Serious", {"smile": -0.3, "brows.height": -0.3, "brows.tilt": 0.15, "eyes.height": -0.08}),
)


def find_preset(name: str, folders: tuple[Path, ...] = ()) -> tuple[FaceEdit, Path | None]:
    """The edit of a preset's file, of one of ``LOOKS``, or of a file in one of the folders.

    Args:
        name: a path, or a name alone.
        folders: where the user's own presets lie, as NAME.json.

    Returns:
        the edit, and the file it was read from.

    Raises:
        EditError: there is none, or it is no preset.
        ProjectError: its file cannot be read.
    """
    path = Path(name)
    for known in (path, *(folder / f"{name}.json" for folder in folders if path.name == name)):
        if known.is_file():
            return load_preset(known), known
    for look in LOOKS:
        if look.name == name:
            return look.edit, None
    if path.suffix or path.name != name:
        return load_preset(path), path
    names = ", ".join(look.name for look in LOOKS)
    raise EditError("There is no preset “{name}”; name a file, or one of {names}.", name=name, names=names)


def list_own_looks(folder: Path) -> list[Look]:
    """The presets in a folder by name; one that is called like an expression of ``LOOKS`` has its path for a name, and
    what cannot be read is left out."""
    looks, taken = [], {look.name for look in LOOKS}
    for path in sorted(folder.glob("*.json")):
        try:
            looks.append(Look(str(path) if path.stem in taken else path.stem, path.stem, load_preset(path), path))
        except (EditError, ProjectError):
            continue
    return looks
