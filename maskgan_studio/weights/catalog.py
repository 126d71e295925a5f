"""Where sets of weights are found: shipped with the program, in the user's own folder, or by path."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from maskgan_studio.errors import WeightsError
from maskgan_studio.paths import models_dir
from maskgan_studio.weights.manifest import MANIFEST_NAME
from maskgan_studio.weights.weight_set import WeightSet

#: The set that is used where none is named.
DEFAULT_SET = "studio"


def user_sets_dir() -> Path:
    """The user's own folder of sets, where ``weights import`` puts them."""
    return Path(platformdirs.user_data_dir("maskgan-studio", appauthor=False)) / "models"


def list_sets() -> list[WeightSet]:
    """All sets that can be named, shipped ones first; a damaged manifest hides its set, `find_set` says why."""
    found: dict[str, WeightSet] = {}
    for folder in _folders():
        try:
            found.setdefault(folder.name, WeightSet.open(folder))
        except WeightsError:
            continue
    return list(found.values())


def find_set(name_or_dir: str | os.PathLike[str] = DEFAULT_SET) -> WeightSet:
    """Open a set by its folder's name (shipped, then the user's own) or by the path of its folder.

    Raises:
        WeightsError: there is no such set, or its manifest is damaged.
    """
    wanted = os.fspath(name_or_dir)
    for folder in _folders():
        if folder.name == wanted:
            return WeightSet.open(folder)
    path = Path(wanted).expanduser()
    if path.is_dir():
        return WeightSet.open(path)
    if path.suffix in {".pth", ".pt"} and path.is_file():
        raise WeightsError(
            "{path} is a checkpoint, not a set of weights: make it one with `maskgan-studio weights import {path}`.",
            path=path,
        )
    known = ", ".join(folder.name for folder in _folders()) or "none"
    raise WeightsError(
        "There are no weights named {wanted} (known: {known}), nor a folder of that name.",
        wanted=repr(wanted),
        known=known,
    )


def _folders() -> list[Path]:
    roots = (models_dir(), user_sets_dir())
    return [
        folder
        for root in roots
        if root.is_dir()
        for folder in sorted(root.iterdir())
        if (folder / MANIFEST_NAME).is_file() and not folder.name.startswith(".")
    ]
