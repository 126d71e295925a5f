"""Files <-> networks: safetensors sets with a manifest and a model card, and the authors' checkpoints."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskgan_studio.weights.authors import load_authors_checkpoint
    from maskgan_studio.weights.catalog import DEFAULT_SET, find_set, list_sets, user_sets_dir
    from maskgan_studio.weights.saving import save_set
    from maskgan_studio.weights.weight_set import WeightSet

__all__ = [
    "DEFAULT_SET",
    "WeightSet",
    "find_set",
    "list_sets",
    "load_authors_checkpoint",
    "save_set",
    "user_sets_dir",
]

_HOME = {
    "DEFAULT_SET": "catalog",
    "WeightSet": "weight_set",
    "find_set": "catalog",
    "list_sets": "catalog",
    "load_authors_checkpoint": "authors",
    "save_set": "saving",
    "user_sets_dir": "catalog",
}


def __getattr__(name: str) -> object:
    # Lazy (PEP 562): naming and listing sets does not load torch, only loading or saving a network does.
    if name in _HOME:
        return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
