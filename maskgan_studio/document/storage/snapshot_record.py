"""Named states of a document, as bytes that a project keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from maskgan_studio.document.layers import Layer, check_layers
from maskgan_studio.document.packed_labels import pack_labels, unpack_labels
from maskgan_studio.document.storage.layer_record import layer_from_record, layer_record

__all__ = ["SNAPSHOTS_NAME", "Snapshot", "snapshots_from_bytes", "snapshots_to_bytes"]

#: Under this name a project keeps them.
SNAPSHOTS_NAME = "snapshots.json"


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A state of the layers under a name.

    Attributes:
        title: the user's own.
        layers: bottom first; their label maps belong to the snapshot.
    """

    title: str
    layers: tuple[Layer, ...]

    def copy_layers(self) -> tuple[Layer, ...]:
        """The layers with label maps of their own, to be painted on."""
        return tuple(replace(layer, labels=layer.labels.copy()) for layer in self.layers)


def snapshots_to_bytes(snapshots: Sequence[Snapshot]) -> bytes:
    """Return JSON with the label maps packed."""
    return json.dumps(
        [
            {"title": each.title, "layers": [layer_record(layer, pack_labels(layer.labels)) for layer in each.layers]}
            for each in snapshots
        ]
    ).encode()


def snapshots_from_bytes(data: bytes, shape: tuple[int, int]) -> list[Snapshot]:
    """Read them; those that are damaged, or of another size than the document (H, W), are left out."""
    found = []
    # Values of any kind may stand there, and a document opens without its snapshots.
    with suppress(Exception):
        for record in json.loads(data):
            with suppress(Exception):
                layers = tuple(
                    layer_from_record(each, unpack_labels(str(each["labels"]), shape)) for each in record["layers"]
                )
                check_layers(layers, layers, shape)
                found.append(Snapshot(str(record["title"]), layers))
    return found
