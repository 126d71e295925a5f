"""The sliders of a layer that reshapes the face, as JSON values of a project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maskgan_studio.document.face_edit import FaceEdit, colors_from_record, colors_record
from maskgan_studio.document.face_layers import FaceSetting

__all__ = ["face_from_record", "face_record"]


def face_record(setting: FaceSetting | None) -> dict[str, Any]:
    """What is noted of a layer; nothing for layers that are painted on."""
    if setting is None:
        return {}
    face = {
        "values": dict(setting.edit.values),
        "carries_photo": setting.carries_photo,
        "baked": setting.baked,
    }
    if setting.edit.colors:
        face["colors"] = colors_record(setting.edit.colors)
    return {"face": face}


def face_from_record(record: Mapping[str, Any]) -> FaceSetting | None:
    """Read what ``face_record`` noted.

    Raises:
        EditError: it names sliders or numbers that this program does not know.
        ValueError, TypeError, LookupError: it is damaged.
    """
    if "face" not in record:
        return None
    face = record["face"]
    values = {str(name): float(value) for name, value in face["values"].items()}
    edit = FaceEdit(values, colors_from_record(face.get("colors", {})))
    return FaceSetting(edit, face["carries_photo"] is True, face["baked"] is True)
