"""What can be undone: pixels of a layer, the arrangement of the layers, data kept with the document."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.document.patch import Patch
from maskgan_studio.document.project import TargetImage
from maskgan_studio.errors import Translatable

__all__ = ["ArrangementChange", "Change", "Document", "ExtrasChange", "PixelChange", "Title"]

#: What the history list calls a step: a text of the catalogues, or a template with its values.
Title = str | Translatable


class Document(Protocol):
    """What changes act on."""

    stack: LayerStack
    target: TargetImage | None
    extras: dict[str, bytes]


class Change(Protocol):
    """One step that can be taken back and taken again, in the order in which it was done."""

    @property
    def size(self) -> int:
        """Bytes that remembering it costs."""

    def apply(self, document: Document) -> Rect | None:
        """Do it; returns the rectangle of the composite that may differ now."""

    def revert(self, document: Document) -> Rect | None:
        """Undo it; returns the rectangle of the composite that may differ now."""


class PixelChange:
    """A patch, compressed: label maps are flat areas, most strokes take some hundred bytes."""

    def __init__(self, patch: Patch) -> None:
        self.layer_id = patch.layer_id
        self.rect = patch.rect
        self.packed = zlib.compress(np.stack([patch.before, patch.after]).tobytes(), level=1)

    @property
    def size(self) -> int:
        return len(self.packed)

    def apply(self, document: Document) -> Rect:
        patch = self.patch()
        patch.apply(document.stack[self.layer_id].labels)
        return document.stack.refresh(self.layer_id, self.rect)

    def revert(self, document: Document) -> Rect:
        patch = self.patch()
        patch.revert(document.stack[self.layer_id].labels)
        return document.stack.refresh(self.layer_id, self.rect)

    def patch(self) -> Patch:
        """What was done, unpacked."""
        pixels = np.frombuffer(zlib.decompress(self.packed), np.uint8)
        before, after = pixels.reshape(2, self.rect.height, self.rect.width)
        return Patch(self.layer_id, self.rect.top, self.rect.left, before, after)


@dataclass(frozen=True, slots=True, eq=False)
class ArrangementChange:
    """Layers added, removed, reordered, renamed, hidden, locked, or with another label map.

    Changes are undone in order, so a label map that was removed or replaced still holds what it held then.
    """

    before: tuple[Layer, ...]
    after: tuple[Layer, ...]

    @property
    def size(self) -> int:
        before, after = ({id(layer.labels): layer.labels for layer in layers} for layers in (self.before, self.after))
        return sum((before | after)[only].nbytes for only in before.keys() ^ after.keys())

    def apply(self, document: Document) -> Rect | None:
        return _arrange(document, self.after)

    def revert(self, document: Document) -> Rect | None:
        return _arrange(document, self.before)

    def merge_with(self, later: ArrangementChange) -> ArrangementChange:
        """This change and the one right after it as one."""
        return ArrangementChange(self.before, later.after)


@dataclass(frozen=True, slots=True, eq=False)
class ExtrasChange:
    """Data kept with the document, such as the style photo, came, went, or is other data now.

    Attributes:
        before, after: by name; None where there is none.
    """

    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]

    @property
    def size(self) -> int:
        before, after = ({id(data): data for data in side.values() if data} for side in (self.before, self.after))
        return sum(len((before | after)[only]) for only in before.keys() ^ after.keys())

    def apply(self, document: Document) -> None:
        _keep(document.extras, self.after)

    def revert(self, document: Document) -> None:
        _keep(document.extras, self.before)

    def merge_with(self, later: ExtrasChange) -> ExtrasChange:
        """This change and the one right after it as one."""
        return ExtrasChange({**later.before, **self.before}, {**self.after, **later.after})


def _keep(extras: dict[str, bytes], wanted: Mapping[str, bytes | None]) -> None:
    for name, data in wanted.items():
        extras.pop(name, None)
        if data is not None:
            extras[name] = data


def _arrange(document: Document, layers: tuple[Layer, ...]) -> Rect | None:
    """Arrange the layers; returns where the composite has changed: nowhere where only colours or names have."""
    before = document.stack.composite().copy()
    document.stack.arrange(layers)
    return Rect.around(before != document.stack.composite())
