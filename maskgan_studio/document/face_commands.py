"""What the sliders of the face do to the document; each drag is one entry of the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from maskgan_studio.document.changes import Title
from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.document.face_layers import FaceSetting
from maskgan_studio.document.layer_commands import LayerCommands
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.recoloring import Recoloring

__all__ = ["FaceCommands"]


class FaceCommands:
    """The sliders of the open document: one layer holds them, which the first of them brings."""

    def __init__(self, stack: LayerStack, layers: LayerCommands) -> None:
        self._stack, self._layers = stack, layers

    @property
    def layer(self) -> Layer | None:
        """The layer that the sliders change; None as long as none was moved, or where the last one was baked."""
        faces = [layer for layer in self._stack.layers if layer.face is not None and not layer.face.baked]
        return faces[-1] if faces else None

    @property
    def setting(self) -> FaceSetting:
        """What the sliders say."""
        layer = self.layer
        return FaceSetting() if layer is None or layer.face is None else layer.face

    def set_values(self, title: Title, values: Mapping[str, float], merge_key: object = None) -> None:
        """Set the sliders, all of them: what is not named is 0.

        Args:
            title: for the history list.
            values: by slider name.
            merge_key: what is set with the same key right after it becomes one entry, as while a slider is dragged.

        Raises:
            EditError: an unknown slider, or a number beyond its range.
        """
        self.set_edit(title, replace(self.setting.edit, values=values), merge_key)

    def set_edit(self, title: Title, edit: FaceEdit, merge_key: object = None) -> None:
        """Set sliders and colours, all of them, as from a preset; arguments and errors as for ``set_values``."""
        edit = replace(edit, values={name: value for name, value in edit.values.items() if value})
        self._set(title, replace(self.setting, edit=edit), merge_key)

    def set_color(self, title: Title, part: str, color: Recoloring, merge_key: object = None) -> None:
        """Give a part another colour; what changes nothing takes its colour away.

        Args:
            title: for the history list.
            part: a name of ``recoloring.COLORED_PARTS``.
            color: how it changes.
            merge_key: as for ``set_values``.

        Raises:
            EditError: there is no such part.
        """
        colors = {**self.setting.edit.colors, part: color}
        if color == Recoloring():
            del colors[part]
        self.set_edit(title, replace(self.setting.edit, colors=colors), merge_key)

    def carry_photo(self, carries: bool) -> None:
        """Let the photo's own pixels move along with the mask, or let the network draw what the mask says."""
        title = "Carry the photo along" if carries else "Leave the photo where it is"
        self._set(title, replace(self.setting, carries_photo=carries))

    def bake(self) -> None:
        """Keep what the sliders did as it is; they start at 0 again, from the face that there is now."""
        layer = self.layer
        if layer is not None and layer.face is not None and not layer.face.edit.is_empty:
            self._layers.change_face("Bake the face", layer.id, replace(layer.face, baked=True))

    def _set(self, title: Title, setting: FaceSetting, merge_key: object = None) -> None:
        layer = self.layer
        if setting == self.setting:
            return
        if layer is None:
            self._layers.insert_face(title, setting, merge_key)
        else:
            self._layers.change_face(title, layer.id, setting, merge_key)
