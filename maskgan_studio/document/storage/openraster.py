"""Projects are OpenRaster files: layered images that Krita and GIMP open, with our own data in a folder inside.

Every layer of labels is an image in the class colours, and its name says what it is. Painting programs drop what they
do not know when they save, so all of the mask is read from there; our own folder adds what an image cannot hold.

    stack.xml                   the layers: the aligned face at the bottom, the base mask, the edits
    data/layer000.png ...       in class colours, unset pixels transparent
    maskgan-studio/project.json what belongs to which layer and part of the file
    maskgan-studio/photo.*      the photo as it was opened, byte for byte
    maskgan-studio/labels000.png ...  the label maps as numbers, 255 where unset
    maskgan-studio/extras/*     further data, such as a personalised style
    maskgan-studio/face000.ora ...  other faces of the photo, see ``other_faces``
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeGuard

import numpy as np

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.document.face_layers import FaceSetting
from maskgan_studio.document.layers import Layer
from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.document.storage.color_codec import labels_from_rgba, measure_exact_share
from maskgan_studio.document.storage.face_record import face_from_record, face_record
from maskgan_studio.document.storage.layer_images import BASE, MASK, PHOTO, draw_layer, merge_layers
from maskgan_studio.document.storage.ora_archive import (
    Archive,
    LayeredImage,
    Raster,
    decode_png,
    encode_png,
    read_archive,
    write_archive,
)
from maskgan_studio.document.storage.other_faces import pack_faces, unpack_faces
from maskgan_studio.document.storage.project_repair import clean_name, fit_project
from maskgan_studio.errors import EditError, ProjectError, Translatable
from maskgan_studio.labels import NUM_CLASSES, UNSET

__all__ = ["load_project", "save_project"]

# With several faces; a project with one is in format 1, which earlier versions read.
_FORMAT = 2
_FOLDER = "maskgan-studio/"
_MANIFEST = _FOLDER + "project.json"
_EXTRAS = _FOLDER + "extras/"
# Ids of layers count up from 0.
_MOST_IDS = 2**31
# A layer added by another program is a mask when this much of it has exactly the colour of a class.
_MASK_SHARE = 0.9


def save_project(path: str | Path, project: Project) -> None:
    """Write a project; the file at ``path`` is replaced once the new one is complete.

    Raises:
        ProjectError: the file cannot be written; the old one is still there.
    """
    path = Path(path)
    try:
        with atomic_write(path) as file:
            _write(file, project)
    except OSError as error:
        raise ProjectError(
            "“{name}” could not be saved ({reason}); choose another folder or free some space.",
            name=path.name,
            reason=error.strerror or error,
        ) from error


def _write(file: BinaryIO, project: Project) -> None:
    rasters = [draw_layer(layer, position == 0, project) for position, layer in enumerate(project.layers)]
    labels = {f"{_FOLDER}labels{number:03d}.png": layer.labels for number, layer in enumerate(project.layers)}
    others = {name: encode_png(array) for name, array in labels.items()}
    manifest = {
        "format": _FORMAT if project.others else 1,
        "active_layer": project.active_layer,
        "active_part": project.active_part,
        "opacity": "strength",
        "layers": [
            {"id": layer.id, "sha256": raster.digest, "labels": name, **face_record(layer.face)}
            for layer, raster, name in zip(project.layers, rasters, labels, strict=True)
        ],
        "named_by_us": {layer.id: layer.name for layer in project.layers if layer.named_by_us},
        "extras": sorted(project.extras),
    }
    if project.target is not None:
        rasters.insert(0, Raster(project.target.name + PHOTO, encode_png(project.target.crop), locked=True))
        suffix = PurePosixPath(project.target.name).suffix.lower()
        photo = _FOLDER + "photo" + (suffix if suffix.isascii() and suffix.isprintable() else "")
        crop = _FOLDER + "crop.png"
        others |= {photo: project.target.photo, crop: rasters[0].png}
        alignment = project.target.alignment
        manifest["target"] = {"name": project.target.name, "photo": photo, "crop": crop, "alignment": alignment}
    others |= {_EXTRAS + name: data for name, data in project.extras.items()}
    if project.others:
        faces = pack_faces(project.others, _FOLDER, _write)
        others |= faces
        manifest["faces"] = list(faces)
    others[_MANIFEST] = json.dumps(manifest, indent=1).encode()
    height, width = project.layers[0].labels.shape
    write_archive(file, LayeredImage(height, width, rasters), merge_layers(project), others)


def load_project(path: str | Path, size: int | None = None) -> Project:
    """Read a project, also one that a painting program has changed.

    Args:
        path: the file.
        size: height and width that its masks are brought to, see ``fit_project``; None leaves them as they are.

    Layers that are as we wrote them come from our own data; the others, and all of them when our data is gone, are read
    from their colours. ``Project.notice`` says what could not be kept.

    Raises:
        ProjectError: the file is no project, or too damaged or too large to be opened.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            project = _read(read_archive(file))
            return project if size is None else fit_project(project, size)
    except OSError as error:
        raise ProjectError(
            "“{name}” could not be opened ({reason}); check that the file is there.",
            name=path.name,
            reason=error.strerror or error,
        ) from error
    except ProjectError as error:
        raise ProjectError("“{name}”: {problem}", name=path.name, problem=error) from error


def _read(archive: Archive, with_others: bool = True) -> Project:
    image = archive.read_image()
    own = _own_data(archive, image)
    project = _project(image, own)
    if not own.others:
        return project
    try:
        if not with_others:
            raise ValueError("a face with faces of its own")
        return unpack_faces(archive, own.others, project, lambda inner: _read(inner, with_others=False))
    except ValueError as error:
        raise _own_data_damaged() from error


@dataclass(slots=True)
class _OwnData:
    """What our own folder holds. All of it is optional: another program may have dropped it."""

    target: TargetImage | None = None
    labels: dict[str, list[tuple[object, np.ndarray]]] = field(default_factory=dict)  # by digest of the layer's PNG
    faces: dict[object, FaceSetting] = field(default_factory=dict)  # by id of the layer
    unknown: list[Translatable] = field(default_factory=list)
    active_layer: int | None = None
    active_part: int = 1
    tints: bool = False  # how strongly earlier versions tinted painted layers is no strength of theirs
    extras: dict[str, bytes] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)  # names of the other faces' files
    # Default names, by layer; those of a new document where the project does not record them.
    names: dict[int, str] = field(default_factory=lambda: {0: "From the photo", 1: "Edits"})


def _own_data(archive: Archive, image: LayeredImage) -> _OwnData:
    if _MANIFEST not in archive:
        return _OwnData()
    try:
        manifest = json.loads(archive.read(_MANIFEST))
        if manifest["format"] > _FORMAT:
            raise ProjectError("This project was made by a newer version of the program; update it to open this file.")
        own = _OwnData(active_layer=manifest["active_layer"], active_part=manifest["active_part"])
        own.tints = "opacity" not in manifest
        if type(own.active_part) is not int or not 0 <= own.active_part < NUM_CLASSES:
            raise ValueError("no such part")
        if any(clean_name(name, "") != name for name in manifest["extras"]):
            raise ValueError("a name that is none")
        own.extras = {name: archive.read(_EXTRAS + name) for name in manifest["extras"]}
        own.others = [str(name) for name in manifest.get("faces", ())]
        if "named_by_us" in manifest:
            own.names = {int(number): str(name) for number, name in manifest["named_by_us"].items()}
        for record in manifest["layers"]:
            labels = _shaped(decode_png(archive.read(record["labels"]), "L", Translatable("label map")), image)
            if ((labels >= NUM_CLASSES) & (labels != UNSET)).any():
                raise ValueError("no such part")
            own.labels.setdefault(record["sha256"], []).append((record["id"], labels))
            _read_face(own, record)
        if "target" in manifest:
            target = manifest["target"]
            crop = _shaped(decode_png(archive.read(target["crop"]), "RGB", Translatable("face")), image)
            name, place = target["name"], dict(target["alignment"])
            if not isinstance(name, str):
                raise ValueError("a name that is none")
            own.target = TargetImage(archive.read(target["photo"]), name, place, crop)
    except ProjectError:
        raise
    except Exception as error:  # values of any kind may stand there
        raise _own_data_damaged() from error
    return own


def _read_face(own: _OwnData, record: dict[str, Any]) -> None:
    try:
        setting = face_from_record(record)
    except EditError:  # of a newer version: what it made of the mask is there all the same
        own.unknown.append(Translatable("its sliders are not known to this version and were left out"))
    else:
        if setting is not None:
            own.faces[record["id"]] = setting


def _project(image: LayeredImage, own: _OwnData) -> Project:
    """Put the layers of the image and our own data together."""
    target = own.target
    notices = list(own.unknown)
    masks: list[tuple[Raster, object, np.ndarray]] = []
    for raster in image.rasters:
        if raster.name.endswith(PHOTO):
            painted = _target_from(raster, image)
            target = target or painted
            if (target.crop != painted.crop).any():
                notices.append(Translatable("what was painted on the photo itself was left out"))
        elif (read := _read_labels(raster, image, own)) is not None:
            masks.append((raster, *read))
        else:
            notices.append(Translatable("the layer “{name}” is no mask and was left out", {"name": raster.name}))
    if not masks:
        raise ProjectError(
            "This picture has no layer in the colours of the mask classes; open a project of this program."
        )
    if target is not None and own.target is None:
        notices.append(
            Translatable(
                "another program kept only the cut-out face of the photo, so open the photo again for the rest"
            )
        )
    base = next((number for number, (raster, *_) in enumerate(masks) if raster.name.endswith(BASE)), 0)
    masks.insert(0, masks.pop(base))
    layers = _layers(masks, own)
    selected = [layer.id for layer, (raster, *_) in zip(layers, masks, strict=True) if raster.selected]
    active = selected[-1] if selected else own.active_layer
    if type(active) is not int or active not in {layer.id for layer in layers}:
        active = layers[-1].id
    notice = Translatable("This project was changed elsewhere: {changes}.", {"changes": notices}) if notices else None
    # Those that reshape the face lie right above the base.
    layers = (*layers[:1], *sorted(layers[1:], key=lambda layer: layer.face is None))
    return Project(layers, target, active, own.active_part, own.extras, notice)


def _read_labels(raster: Raster, image: LayeredImage, own: _OwnData) -> tuple[object, np.ndarray] | None:
    """Id and labels of a layer, from our data when it is as we wrote it; None when it is no mask."""
    if own.labels.get(raster.digest) and (raster.x, raster.y) == (0, 0):
        return own.labels[raster.digest].pop(0)
    pixels = raster.pixels(image.height, image.width)
    named = raster.name.endswith((BASE, MASK))
    return (None, labels_from_rgba(pixels)) if named or measure_exact_share(pixels) >= _MASK_SHARE else None


def _layers(masks: Sequence[tuple[Raster, object, np.ndarray]], own: _OwnData) -> tuple[Layer, ...]:
    """The layers, the base first; those that are new to us get new ids, as do those whose ids cannot be."""
    next_id = 1 + max((known for _, known, _ in masks if _is_id(known)), default=-1)
    layers: list[Layer] = []
    for position, (raster, known, labels) in enumerate(masks):
        if position == 0:
            labels = np.where(labels == UNSET, np.uint8(0), labels)  # the base has no holes
        if not _is_id(known) or any(layer.id == known for layer in layers):
            known, next_id = next_id, next_id + 1
        name = raster.name.removesuffix(BASE if raster.name.endswith(BASE) else MASK)
        face = own.faces.pop(known, None) if position else None
        visible, opacity = raster.visible or position == 0, 1.0 if own.tints and face is None else raster.opacity
        layers.append(Layer(known, name, labels, visible, opacity, raster.locked, own.names.get(known) == name, face))
    return tuple(layers)


def _is_id(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value < _MOST_IDS


def _target_from(raster: Raster, image: LayeredImage) -> TargetImage:
    """The face that another program left us stands in for the photo."""
    crop = raster.pixels(image.height, image.width)[..., :3].copy()
    stem = PurePosixPath(clean_name(raster.name.removesuffix(PHOTO), "photo")).stem
    return TargetImage(encode_png(crop), f"{stem}.png", {}, crop)


def _shaped(array: np.ndarray, image: LayeredImage) -> np.ndarray:
    if array.shape[:2] != (image.height, image.width):
        raise ValueError("a part of another size than the picture")
    return array


def _own_data_damaged() -> ProjectError:
    return ProjectError(
        "The project's own data ({manifest}) is damaged; open a backup or an earlier version of it.", manifest=_MANIFEST
    )
