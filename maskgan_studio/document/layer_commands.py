"""What can be done with whole layers; each command is one entry of the history."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from maskgan_studio.document.changes import ArrangementChange, Change, Document, PixelChange, Title
from maskgan_studio.document.face_layers import FaceSetting, count_faces
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.layers import Layer
from maskgan_studio.document.patch import Patch
from maskgan_studio.errors import EditError
from maskgan_studio.labels import UNSET

__all__ = ["Editable", "LayerCommands"]


class Editable(Document, Protocol):
    """A document that remembers what is done to it."""

    active_layer: int

    def do(self, title: Title, changes: Sequence[Change], merge_key: object = None) -> Rect | None:
        """Carry out changes as one entry of the history."""

    def activate_layer(self, layer_id: int) -> None:
        """Paint on another layer."""


class LayerCommands:
    """The commands of the layer panel.

    They take ids of layers and raise EditError when there is no such layer or the base mask would suffer.
    """

    def __init__(self, session: Editable) -> None:
        self._session = session
        self._stack = session.stack
        self._ids = itertools.count(max(layer.id for layer in session.stack.layers) + 1)

    def add(self, name: str, labels: np.ndarray | None = None) -> int:
        """Add a layer above the active one, empty or with the given (H, W) uint8 labels; returns its id."""
        labels = np.full(self._stack.shape, UNSET, np.uint8) if labels is None else np.array(labels)
        layer = Layer(next(self._ids), name, labels)
        self._insert("Add layer", layer, self._stack.index(self._session.active_layer) + 1)
        return layer.id

    def duplicate(self, layer_id: int) -> int:
        """Add an unlocked copy above a layer; returns its id."""
        original = self._stack[layer_id]
        if original.face is not None:
            raise EditError("The sliders have one layer; bake “{layer}” to reshape further.", layer=original.title)
        copy = replace(original, id=next(self._ids), labels=original.labels.copy(), locked=False)
        self._insert("Duplicate layer", copy, self._stack.index(layer_id) + 1)
        return copy.id

    def remove(self, layer_id: int) -> None:
        """Remove a layer other than the base."""
        self._arrange("Remove layer", self._without(layer_id))

    def move(self, layer_id: int, position: int) -> None:
        """Put a layer other than the base at a position, counted from the base at 0."""
        layers = self._without(layer_id)
        if self._stack[layer_id].face is not None:
            raise EditError(
                "“{layer}” stays right above the photo's own mask; what is painted lies above it.",
                layer=self._stack[layer_id].title,
            )
        position = min(max(position, self._lowest), len(layers))
        self._arrange("Reorder layers", (*layers[:position], self._stack[layer_id], *layers[position:]))

    def rename(self, layer_id: int, name: str) -> None:
        self._change("Rename layer", replace(self._stack[layer_id], name=name, named_by_us=False))

    def show(self, layer_id: int, visible: bool) -> None:
        """Show or hide a layer other than the base."""
        if not visible and layer_id == self._stack.base.id:
            raise EditError("The base mask cannot be hidden; hide the layers above it to see it alone.")
        self._change("Show layer" if visible else "Hide layer", replace(self._stack[layer_id], visible=visible))

    def lock(self, layer_id: int, locked: bool) -> None:
        self._change("Lock layer" if locked else "Unlock layer", replace(self._stack[layer_id], locked=locked))

    def set_opacity(self, layer_id: int, opacity: float) -> None:
        """Make the edit of a layer weaker, 0 to 1; what a slider sends while it is dragged becomes one entry."""
        if layer_id == self._stack.base.id:
            raise EditError("The base mask is what the photo shows; choose a layer above it to make an edit weaker.")
        self._change("Strength of the layer", replace(self._stack[layer_id], opacity=opacity), ("opacity", layer_id))

    def merge_down(self, layer_id: int) -> None:
        """Lay a layer onto the one below it.

        Refused when one of the two is hidden or the lower one is locked: what one sees would change, or a locked
        layer would.
        """
        position = self._stack.index(layer_id)
        if position == 0:
            raise EditError("There is nothing below the base mask to merge it with.")
        upper, lower = self._stack.layers[position], self._stack.layers[position - 1]
        for layer in (upper, lower):
            if layer.face is not None:
                raise EditError("“{layer}” follows the sliders and cannot be merged.", layer=layer.title)
        if not (upper.visible and lower.visible):
            raise EditError("Hidden layers cannot be merged; show both layers first.")
        if lower.locked:
            raise EditError("The layer “{layer}” is locked; unlock it to merge into it.", layer=lower.title)
        without = self._without(layer_id)
        if position > 1 and (upper.is_weakened or lower.is_weakened):
            merged = self._merge_weakened(position)
            changes: list[Change] = [
                ArrangementChange(self._stack.layers, (*without[: position - 1], merged, *without[position:]))
            ]
        else:
            seen = upper.labels if position > 1 else self._stack.composite_below(position + 1)
            patch = Patch.between(lower.id, lower.labels, np.where(seen != UNSET, seen, lower.labels))
            changes = [] if patch is None else [PixelChange(patch)]
            changes.append(ArrangementChange(self._stack.layers, without))
        self._session.do("Merge down", changes)
        self._session.activate_layer(lower.id)

    def insert_face(self, title: Title, setting: FaceSetting, merge_key: object = None) -> int:
        """Add a layer that reshapes the face, above those that there are; returns its id."""
        layers, position = self._stack.layers, self._lowest
        layer = Layer(next(self._ids), "Face", np.full(self._stack.shape, UNSET, np.uint8), face=setting)
        layer = replace(layer, named_by_us=True)
        self._arrange(title, (*layers[:position], layer, *layers[position:]), merge_key)
        return layer.id

    def change_face(self, title: Title, layer_id: int, setting: FaceSetting, merge_key: object = None) -> None:
        """Give a layer that reshapes the face another setting."""
        self._change(title, replace(self._stack[layer_id], face=setting), merge_key)

    def put(self, title: Title, name: str, labels: np.ndarray, layer_id: int | None, merge_key: object = None) -> int:
        """Give a layer other labels (H, W) uint8, or add one for them at the top; returns its id.

        Args:
            title: for the history list.
            name: of a new layer.
            labels: with ``UNSET``; they belong to the layer from now on.
            layer_id: of the layer; a new one where it is None or gone.
            merge_key: what is put with the same key right after it becomes one entry.
        """
        if layer_id is not None and layer_id in self._stack:
            self._change(title, replace(self._stack[layer_id], labels=labels), merge_key)
            return layer_id
        layer = Layer(next(self._ids), name, labels)
        self._arrange(title, (*self._stack.layers, layer), merge_key)
        return layer.id

    def _merge_weakened(self, position: int) -> Layer:
        """What a layer and the one below it show together, as one of full strength in the place of the lower one."""
        lower, below = self._stack.layers[position - 1], self._stack.composite_below(position - 1)
        seen = self._stack.composite_below(position + 1)
        shown = (seen != below) | (seen == lower.labels)
        return replace(lower, labels=np.where(shown, seen, np.uint8(UNSET)), opacity=1.0)

    @property
    def _lowest(self) -> int:
        """The lowest position for layers that are painted on."""
        return 1 + count_faces(self._stack.layers)

    def _insert(self, title: str, layer: Layer, position: int) -> None:
        layers, position = self._stack.layers, max(position, self._lowest)
        self._arrange(title, (*layers[:position], layer, *layers[position:]))

    def _change(self, title: Title, changed: Layer, merge_key: object = None) -> None:
        layers = tuple(changed if layer.id == changed.id else layer for layer in self._stack.layers)
        self._arrange(title, layers, merge_key)

    def _without(self, layer_id: int) -> tuple[Layer, ...]:
        if self._stack.index(layer_id) == 0:
            raise EditError("The base mask always stays at the bottom; add a layer above it and change that.")
        return tuple(layer for layer in self._stack.layers if layer.id != layer_id)

    def _arrange(self, title: Title, layers: tuple[Layer, ...], merge_key: object = None) -> None:
        self._session.do(title, [ArrangementChange(self._stack.layers, layers)], merge_key)
