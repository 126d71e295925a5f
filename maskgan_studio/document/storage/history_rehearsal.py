"""Whether a history that was read leads to a document: all of its steps are undone and done again, on copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from maskgan_studio.document.changes import ArrangementChange, Change, ExtrasChange, PixelChange
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.history import Entry
from maskgan_studio.document.layers import Layer, check_layers
from maskgan_studio.labels import NUM_CLASSES, UNSET

__all__ = ["rehearse"]

_PROPERTIES = [field.name for field in fields(Layer) if field.name != "labels"]


def rehearse(
    layers: Sequence[Layer],
    labels: Mapping[int, np.ndarray],
    extras: Mapping[str, bytes],
    entries: Sequence[Entry],
    position: int,
) -> None:
    """Walk to the first step and to the last one; nothing composites, so that long histories take no time.

    Args:
        layers: of the document, bottom first.
        labels: copies of their label maps by id, which ``entries`` refer to; written to.
        extras: data kept with the document.
        entries: oldest first.
        position: how many of them are done.

    Raises:
        ValueError, MaskError: a step does not begin or end where its neighbours do, or leads to what cannot be.
    """
    if not 0 <= position <= len(entries):
        raise ValueError("a position beyond the entries")
    stage = _Stage(tuple(replace(layer, labels=labels[layer.id]) for layer in layers), dict(extras))
    for entry in reversed(entries[:position]):
        for change in reversed(entry.changes):
            stage.go(change, forward=False)
    for entry in entries:
        for change in entry.changes:
            stage.go(change, forward=True)


class _Stage:
    """Layers and extras without a composite."""

    def __init__(self, layers: tuple[Layer, ...], extras: dict[str, bytes]) -> None:
        self._layers, self._extras = layers, extras

    def go(self, change: Change, forward: bool) -> None:
        """Do or undo a change, if this is where it begins or ends."""
        if isinstance(change, PixelChange):
            patch = change.patch()
            here, there = (patch.before, patch.after) if forward else (patch.after, patch.before)
            (layer,) = (layer for layer in self._layers if layer.id == change.layer_id)
            if not _is_within(change.rect, Rect.of(layer.labels)) or layer.face is not None:
                raise ValueError("pixels beyond the layer")
            region = layer.labels[change.rect.slices]
            is_base = layer is self._layers[0]
            if ((there >= NUM_CLASSES) & ((there != UNSET) | is_base)).any():
                raise ValueError("no class")
            _expect(np.array_equal(region, here))
            region[...] = there
        elif isinstance(change, ArrangementChange):
            layers, then = (change.before, change.after) if forward else (change.after, change.before)
            _expect(len(layers) == len(self._layers) and all(map(_are_same, layers, self._layers)))
            check_layers(then, then, then[0].labels.shape)
            _expect(then[0].labels.shape == self._layers[0].labels.shape)
            self._layers = then
        elif isinstance(change, ExtrasChange):
            data, following = (change.before, change.after) if forward else (change.after, change.before)
            _expect(all(self._extras.get(name) == each for name, each in data.items()))
            _expect(data.keys() == following.keys())
            self._extras |= {name: each for name, each in following.items() if each is not None}
            for name in (name for name, each in following.items() if each is None):
                self._extras.pop(name, None)


def _are_same(one: Layer, other: Layer) -> bool:
    return one.labels is other.labels and all(getattr(one, name) == getattr(other, name) for name in _PROPERTIES)


def _is_within(rect: Rect, whole: Rect) -> bool:
    return 0 <= rect.top <= rect.bottom <= whole.bottom and 0 <= rect.left <= rect.right <= whole.right


def _expect(agrees: bool) -> None:
    if not agrees:
        raise ValueError("a step that does not follow from the one before")
