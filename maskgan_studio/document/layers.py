"""Layers of labels and their composite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from maskgan_studio.document.face_layers import FaceSetting, MovedPhoto, Reshaping
from maskgan_studio.document.geometry.mask_interpolation import interpolate_masks
from maskgan_studio.document.geometry.rect import Rect, union
from maskgan_studio.errors import EditError, MaskError, Translatable
from maskgan_studio.gaze import Gaze
from maskgan_studio.labels import NUM_CLASSES, UNSET
from maskgan_studio.recoloring import Recoloring

__all__ = ["Layer", "LayerStack", "check_layers", "follow"]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer of the mask.

    The properties never change (a renamed layer is another ``Layer`` with the same id and the same label map, see
    ``dataclasses.replace``), so that a tuple of layers remembers an arrangement. The labels do change, in place.

    Attributes:
        id: unique within the document and never used again.
        name: what the layer panel shows.
        labels: (H, W) uint8 label map, ``labels.UNSET`` where the layer lets the layers below it through.
        visible: hidden layers take no part in the composite.
        opacity: the strength of the layer's edit, 0 to 1. Of a painted layer: a pixel has one class, so at 0.5 each
            outline lies halfway between where it is below the layer and where it was painted. Of a layer that reshapes
            the face: of what its sliders do. The base has all of it.
        locked: the layer refuses to be painted on.
        named_by_us: the name is the program's own word for it, to be shown in the window's language.
        face: the sliders, of a layer that reshapes the face; its labels follow from them.
    """

    id: int
    name: str
    labels: np.ndarray
    visible: bool = True
    opacity: float = 1.0
    locked: bool = False
    named_by_us: bool = False
    face: FaceSetting | None = None

    @property
    def title(self) -> Translatable:
        """Title to show: a name that the user gave is not translated."""
        return Translatable(self.name) if self.named_by_us else Translatable("{layer}", {"layer": self.name})

    @property
    def is_weakened(self) -> bool:
        """Whether what is painted on it is seen, and less than all of it."""
        return self.visible and self.face is None and self.opacity < 1


class LayerStack:
    """Layers from bottom to top with their composite.

    The lowest layer, the base, is the mask found in the photo: it has no unset pixels and is always visible. One layer
    has the focus; what lies below and what lies above it is kept flattened, so that painting on it costs the same
    with two layers as with twenty. A weakened layer depends on what lies below it in a wide surrounding: where there is
    one, all layers are flattened with every edit.
    """

    def __init__(self, layers: Iterable[Layer]) -> None:
        """Take the layers, bottom first; raises MaskError when they are no stack (see ``arrange``)."""
        self._layers = tuple(layers)
        check_layers(self._layers, self._layers)
        self._focus, self._has_weakened = 0, False
        self._below = np.empty(self.shape, np.uint8)
        self._above = np.empty(self.shape, np.uint8)
        self._composite = np.empty(self.shape, np.uint8)
        self._reshaping = Reshaping()
        self.reshape()

    @classmethod
    def over(cls, mask: np.ndarray) -> LayerStack:
        """A copy of a mask (H, W) uint8 below one empty layer to edit it on, whose id is 1."""
        return cls((Layer(0, "Base", mask.copy()), Layer(1, "Edits", np.full(mask.shape, UNSET, np.uint8))))

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers, bottom first."""
        return self._layers

    @property
    def base(self) -> Layer:
        return self._layers[0]

    @property
    def moved_photo(self) -> MovedPhoto | None:
        """How the photo's own pixels move with the layers that reshape the face; None where they stay."""
        return self._reshaping.moved

    @property
    def colors(self) -> dict[str, Recoloring]:
        """The colours that parts of the face get, by the names of ``recoloring.COLORED_PARTS``."""
        return dict(self._reshaping.colors)

    @property
    def gaze(self) -> Gaze:
        """How the irises move."""
        return self._reshaping.gaze

    @property
    def _focused(self) -> Layer:
        return self._layers[self._focus]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        height, width = self.base.labels.shape
        return height, width

    @property
    def rect(self) -> Rect:
        return Rect.of(self.base.labels)

    def __getitem__(self, layer_id: int) -> Layer:
        return self._layers[self.index(layer_id)]

    def __contains__(self, layer_id: int) -> bool:
        return any(layer.id == layer_id for layer in self._layers)

    def index(self, layer_id: int) -> int:
        """Position of a layer, 0 for the base; raises EditError when there is no such layer."""
        for position, layer in enumerate(self._layers):
            if layer.id == layer_id:
                return position
        raise EditError("This layer is no longer part of the document; choose another one in the layer panel.")

    def composite(self) -> np.ndarray:
        """The visible labels, (H, W) uint8 in 0..18: a read-only view that follows every edit."""
        view = self._composite.view()
        view.flags.writeable = False
        return view

    def composite_without(self, layer_id: int) -> np.ndarray:
        """The composite if a layer were hidden, (H, W) uint8; ``UNSET`` where no other layer has a label."""
        position = self.index(layer_id)
        seen = np.empty(self.shape, np.uint8)
        self._flatten(self._layers[:position] + self._layers[position + 1 :], seen, self.rect)
        return seen

    def composite_with(self, layer_id: int, labels: np.ndarray, rect: Rect) -> np.ndarray:
        """The composite inside ``rect`` if a layer had other labels (H, W) uint8; ``UNSET`` where none has one."""
        layers = tuple(replace(layer, labels=labels) if layer.id == layer_id else layer for layer in self._layers)
        seen = np.empty(self.shape, np.uint8)
        self._flatten(layers, seen, self.rect if self._has_weakened else rect)
        return seen[rect.slices]

    def composite_below(self, position: int) -> np.ndarray:
        """The composite of the layers below a position, (H, W) uint8; ``UNSET`` everywhere for that of the base."""
        seen = np.empty(self.shape, np.uint8)
        self._flatten(self._layers[:position], seen, self.rect)
        return seen

    def arrange(self, layers: Iterable[Layer]) -> None:
        """Replace the layers: adds, removes, reorders, hides or renames.

        Raises MaskError, and changes nothing, when the layers differ in size or share an id, have unknown labels, or
        when the base is hidden or has unset labels.
        """
        arranged = tuple(layers)
        check_layers(arranged, [layer for layer in arranged if layer not in self._layers], self.shape)
        focused = self._focused.id
        self._layers = arranged
        self._focus = next((i for i, layer in enumerate(arranged) if layer.id == focused), 0)
        self.reshape()

    def reshape(self) -> bool:
        """Bring the layers that reshape the face up to date with the base, and the composite with them.

        Returns whether their labels have changed.
        """
        changed = self._reshaping.update(self._layers)
        self._rebuild()
        return changed

    def focus(self, layer_id: int) -> None:
        """Say which layer is about to be edited."""
        position = self.index(layer_id)
        if position != self._focus:
            self._focus = position
            self._rebuild()

    def refresh(self, layer_id: int, rect: Rect) -> Rect:
        """Bring the composite up to date after the labels of a layer changed inside ``rect``.

        Returns the rectangle in which it may differ.
        """
        position = self.index(layer_id)
        if self._has_weakened:
            before = self._composite.copy()
            self._rebuild()
            return union(rect, Rect.around(before != self._composite)) or rect
        if position < self._focus:
            self._flatten(self._layers[: self._focus], self._below, rect)
        elif position > self._focus:
            self._flatten(self._layers[self._focus + 1 :], self._above, rect)
        self._merge(rect)
        return rect

    def _rebuild(self) -> None:
        whole = self.rect
        self._has_weakened = any(layer.is_weakened for layer in self._layers[1:])
        if self._has_weakened:
            self._flatten(self._layers, self._composite, whole)
            return
        self._flatten(self._layers[: self._focus], self._below, whole)
        self._flatten(self._layers[self._focus + 1 :], self._above, whole)
        self._merge(whole)

    def _merge(self, rect: Rect) -> None:
        self._flatten((self._focused,), self._composite, rect, below=self._below[rect.slices])
        above = self._above[rect.slices]
        np.copyto(self._composite[rect.slices], above, where=above != UNSET)

    @staticmethod
    def _flatten(layers: tuple[Layer, ...], out: np.ndarray, rect: Rect, below: np.ndarray | int = UNSET) -> None:
        region = out[rect.slices]
        region[...] = below
        for layer in layers:
            labels = layer.labels[rect.slices]
            if layer.is_weakened and (region != UNSET).all():  # the base has nothing to lie halfway to
                painted = np.where(labels != UNSET, labels, region)
                region[...] = interpolate_masks(region, painted, layer.opacity)
            elif layer.visible:
                np.copyto(region, labels, where=labels != UNSET)


def follow(active: int, before: tuple[Layer, ...], after: tuple[Layer, ...]) -> int:
    """Which layer to paint on after a rearrangement.

    That is the layer that came, if one did and can be painted on; else the one that was active, or what now lies in its
    place.
    """
    known = {layer.id for layer in before}
    came = [layer.id for layer in after if layer.id not in known and layer.face is None]
    if len(came) == 1 and len(after) > len(before):
        return came[0]
    if any(layer.id == active for layer in after):
        return active
    position = next(position for position, layer in enumerate(before) if layer.id == active)
    return after[min(position, len(after) - 1)].id


def check_layers(layers: tuple[Layer, ...], new: Iterable[Layer], shape: tuple[int, ...] | None = None) -> None:
    """Raise MaskError as ``LayerStack.arrange`` does; values are looked at in the ``new`` layers alone."""
    if not layers:
        raise MaskError("A document needs at least its base mask; open a photo or a mask.")
    base = layers[0]
    shape = shape or base.labels.shape
    if len(shape) != 2 or any(layer.labels.shape != shape for layer in layers):
        raise MaskError("All layers must be label maps of the same size; scale the mask to the size of the document.")
    if any(layer.labels.dtype != np.uint8 for layer in layers):
        raise MaskError("A layer must hold 8-bit class numbers; convert the mask to values from 0 to 18.")
    if len({layer.id for layer in layers}) != len(layers):
        raise MaskError("Two layers share one number; duplicate the layer instead of adding it twice.")
    if not base.visible or (base.labels == UNSET).any():
        raise MaskError("The base mask must be visible and have a class from 0 to 18 at every pixel.")
    for layer in new:
        if ((layer.labels >= NUM_CLASSES) & (layer.labels != UNSET)).any():
            raise MaskError("“{layer}” has values over 18; a mask holds the class numbers 0 to 18.", layer=layer.title)
