"""A layer as JSON values, its label map apart: for snapshots and the kept history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from maskgan_studio.document.layers import Layer
from maskgan_studio.document.storage.face_record import face_from_record, face_record

__all__ = ["layer_from_record", "layer_record"]


def layer_record(layer: Layer, labels: object) -> dict[str, Any]:
    """What is noted of a layer; ``labels`` says where its label map is."""
    return {
        "id": layer.id,
        "name": layer.name,
        "labels": labels,
        "visible": layer.visible,
        "strength": layer.opacity,
        "locked": layer.locked,
        "named_by_us": layer.named_by_us,
        **face_record(layer.face),
    }


def layer_from_record(record: Mapping[str, Any], labels: np.ndarray) -> Layer:
    """Read what ``layer_record`` noted; raises what ``face_from_record`` does for values of another kind."""
    number, face = int(str(record["id"])), face_from_record(record)
    # Of painted layers, earlier versions noted how strongly they were tinted.
    noted = record["strength"] if "strength" in record else 1.0 if face is None else record["opacity"]
    strength = float(str(noted))
    if not 0 <= strength <= 1:
        raise ValueError("strength beyond 0 and 1")
    by_us, name = bool(record["named_by_us"]), str(record["name"])
    visible, locked = bool(record["visible"]), bool(record["locked"])
    return Layer(number, name, labels, visible, strength, locked, by_us, face)
