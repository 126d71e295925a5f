"""Mask files: the index mask as palette PNG, colour images of it, and the dataset's one-file-per-part layout."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import CommandLineOption, MaskError, Translatable
from maskgan_studio.labels import NUM_CLASSES, PARTS, Part, color_table
from maskgan_studio.photo.masks.label_order import convert_label_order, looks_like_zllrunning
from maskgan_studio.photo.masks.mask_decoding import DecodedMask, decode_mask
from maskgan_studio.photo.masks.soft_edges import fill_from_nearest, find_soft_edges, snap_edges

__all__ = [
    "ForeignColorError",
    "LabelOrderError",
    "MaskChoiceError",
    "MaskRules",
    "SoftMaskError",
    "label_order_error",
    "load_mask",
    "part_file_name",
    "save_color_mask",
    "save_mask",
    "save_parts",
]


@dataclass(frozen=True, slots=True)
class MaskRules:
    """How ambiguous masks are read.

    Attributes:
        order: "celebamask" takes the numbers as they are, "zllrunning" converts from that order; None takes them as
            they are, unless they make sense in the other order alone: such masks are refused.
        foreign: colours of no class: "refuse"; "background" makes them that; "nearest" gives them the class of the
            nearest pixel that has one.
        soft: rims of unrelated classes along the borders, as smooth scaling leaves them: "refuse", "keep", or "snap"
            them to the areas beside them.
    """

    order: str | None = None
    foreign: str = "refuse"
    soft: str = "refuse"


class MaskChoiceError(MaskError):
    """A mask can be read in more than one way.

    Attributes:
        labels: the mask as it was read.
        repaired: the mask as it was probably meant.
    """

    def __init__(self, template: str, /, labels: np.ndarray, repaired: np.ndarray, **values: object) -> None:
        super().__init__(template, **values)
        self.labels, self.repaired = labels, repaired


class LabelOrderError(MaskChoiceError):
    """A mask seems to number its parts in zllrunning's order; `repaired` is in the official one."""


class ForeignColorError(MaskChoiceError):
    """A mask has colours of no class; they are background in `labels`, and taken from nearby in `repaired`."""


class SoftMaskError(MaskChoiceError):
    """A mask has rims of unrelated classes; in `repaired` they are snapped to the areas beside them."""


def load_mask(
    path: str | Path,
    size: int | None = 512,
    *,
    order: str | None = None,
    foreign: str = "refuse",
    soft: str = "refuse",
    notices: list[Translatable] | None = None,
    data: bytes | None = None,
) -> np.ndarray:
    """Read a mask file: palette or 8-bit grey with values 0 to 18, or an image in the class colours.

    Args:
        path: the file.
        size: width and height that it must have; None for any.
        order, foreign, soft: see `MaskRules`.
        notices: gets a sentence for everything that was decided on the way.
        data: the file's content where there is no file; `path` then only names it in messages.

    Returns:
        (size, size) uint8 label map.

    Raises:
        MaskChoiceError: what the rules refuse, of the three kinds above.
        MaskError: the file cannot be read, has another size, or values over 18.
    """
    path = Path(path)
    decoded = decode_mask(path, size, data)
    decided = list(decoded.notices)
    labels = _without_foreign(decoded, path.name, foreign, decided)
    if soft != "keep":
        labels = _without_soft_edges(labels, path.name, soft, decided)
    if order == "zllrunning":
        labels = convert_label_order(labels)
    elif order is None and looks_like_zllrunning(labels):
        raise label_order_error(path.name, labels)
    if notices is not None:
        notices += decided
    return labels


def label_order_error(name: str, labels: np.ndarray) -> LabelOrderError:
    """The error of a mask whose parts make sense, by themselves or beside the photo, in zllrunning's order only."""
    return LabelOrderError(
        "“{name}” seems to number the parts in another order (17 is hair, as in face-parsing.PyTorch); import it with "
        "conversion to the CelebAMask-HQ order{option}.",
        labels,
        convert_label_order(labels),
        name=name,
        option=CommandLineOption("--label-order zllrunning"),
    )


def _without_foreign(decoded: DecodedMask, name: str, foreign: str, decided: list[Translatable]) -> np.ndarray:
    if decoded.first is None:
        return decoded.labels
    (red, green, blue), x, y = decoded.first
    values = {
        "name": name,
        "count": int(decoded.foreign.sum()),
        "color": f"({red}, {green}, {blue})",
        "x": x,
        "y": y,
    }
    if foreign == "background":
        decided.append(Translatable("“{name}”: {count} pixels in colours of no class became background.", values))
        return decoded.labels
    repaired = fill_from_nearest(decoded.labels, decoded.foreign)
    if foreign == "nearest":
        decided.append(
            Translatable("“{name}”: {count} pixels in colours of no class were taken from the nearest class.", values)
        )
        return repaired
    raise ForeignColorError(
        "“{name}” has {count} pixels in colours of no class, the first with {color} at x {x}, y {y}; save the mask "
        "with the exact class colours and no smoothing, or make them background{option}.",
        decoded.labels,
        repaired,
        option=CommandLineOption("--foreign-colors background"),
        **values,
    )


def _without_soft_edges(labels: np.ndarray, name: str, soft: str, decided: list[Translatable]) -> np.ndarray:
    found = find_soft_edges(labels)
    if not found.soft:
        return labels
    values = {"name": name, "count": found.count, "classes": found.classes}
    repaired = snap_edges(labels)
    if soft == "snap":
        decided.append(
            Translatable("“{name}”: {count} pixels of smoothed edges were given the class beside them.", values)
        )
        return repaired
    raise SoftMaskError(
        "“{name}” was scaled smoothly: along its edges {count} pixels have {classes} classes that do not belong there; "
        "scale masks without smoothing (nearest neighbour), or snap the edges{option}.",
        labels,
        repaired,
        option=CommandLineOption("--soft-edges snap"),
        **values,
    )


def save_mask(path: str | Path, labels: np.ndarray) -> None:
    """Write a label map as palette PNG: values 0 to 18, class colours as palette.

    Raises:
        MaskError: not a uint8 label map with values 0 to 18, or the file cannot be written.
    """
    _write(_paint(labels), Path(path))


def encode_mask(labels: np.ndarray) -> bytes:
    """The same as the content of a file; raises MaskError for what is no label map."""
    file = io.BytesIO()
    _paint(labels).save(file, format="PNG")
    return file.getvalue()


def _paint(labels: np.ndarray) -> Image.Image:
    image = Image.fromarray(_checked(labels))
    image.putpalette(color_table().tobytes())
    return image


def save_color_mask(path: str | Path, labels: np.ndarray) -> None:
    """Write a label map as an RGB image in the class colours; `load_mask` reads it back. Raises MaskError."""
    _write(Image.fromarray(color_table()[_checked(labels)]), Path(path))


def part_file_name(part: Part, index: int = 0) -> str:
    """The name of a part's file as in CelebAMask-HQ: `00012_hair.png`."""
    return f"{index:05d}_{part.name}.png"


def save_parts(directory: str | Path, labels: np.ndarray, index: int = 0) -> list[Path]:
    """Write one 0/255 grey PNG per part present, named as in CelebAMask-HQ: `00012_hair.png`.

    The background has no file there. Returns the paths written; raises MaskError.
    """
    labels = _checked(labels)
    directory = Path(directory)
    written = []
    for part in PARTS[1:]:
        plane = labels == part.index
        if plane.any():
            path = directory / part_file_name(part, index)
            _write(Image.fromarray(plane.astype(np.uint8) * 255), path)
            written.append(path)
    return written


def _checked(labels: np.ndarray) -> np.ndarray:
    labels = np.asarray(labels)
    if labels.ndim != 2 or labels.dtype != np.uint8 or labels.size == 0 or labels.max() >= NUM_CLASSES:
        raise MaskError("A mask must be a (H, W) uint8 array with values 0 to {last}.", last=NUM_CLASSES - 1)
    return labels


def _write(image: Image.Image, path: Path) -> None:
    try:
        with atomic_write(path) as file:
            image.save(file, format="PNG")
    except OSError as error:
        message = "“{path}” cannot be written ({reason}); choose another place."
        raise MaskError(message, path=path, reason=error.strerror or error) from error
