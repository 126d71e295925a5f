"""Mask files: the index mask as palette PNG, colour pictures of it, and the dataset's one-file-per-part layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import MaskError
from maskgan_studio.labels import NUM_CLASSES, PARTS, color_table
from maskgan_studio.photo.label_order import convert_label_order, looks_like_zllrunning

__all__ = ["LabelOrderError", "load_mask", "save_color_mask", "save_mask", "save_parts"]


class LabelOrderError(MaskError):
    """A mask seems to number its parts in zllrunning's order.

    Attributes:
        labels: the mask as read, unchanged; `convert_label_order` makes it the official order.
    """

    def __init__(self, message: str, labels: np.ndarray) -> None:
        super().__init__(message)
        self.labels = labels


def load_mask(path: str | Path, size: int = 512, *, order: str | None = None) -> np.ndarray:
    """Read a mask file: palette or 8-bit grey with values 0 to 18, or RGB in the class colours.

    Args:
        path: the file.
        size: width and height that it must have.
        order: "celebamask" to take the numbers as they are, "zllrunning" to convert from that order, None to take them
            as they are unless they look like the latter.

    Returns:
        (size, size) uint8 label map.

    Raises:
        LabelOrderError: order is None and the parts make sense only in zllrunning's order.
        MaskError: the file cannot be read, has another size, values over 18 or colours of no class.
    """
    path = Path(path)
    name = f"“{path.name}”"
    labels = _read_labels(path, name, size)
    if order == "zllrunning":
        return convert_label_order(labels)
    if order is None and looks_like_zllrunning(labels):
        raise LabelOrderError(
            f"{name} seems to number the parts in another order (17 is hair, as in face-parsing.PyTorch); "
            "import it with conversion to the CelebAMask-HQ order.",
            labels,
        )
    return labels


def save_mask(path: str | Path, labels: np.ndarray) -> None:
    """Write a label map as palette PNG: values 0 to 18, class colours as palette.

    Raises:
        MaskError: not a uint8 label map with values 0 to 18, or the file cannot be written.
    """
    image = Image.fromarray(_checked(labels))
    image.putpalette(color_table().tobytes())
    _write(image, Path(path))


def save_color_mask(path: str | Path, labels: np.ndarray) -> None:
    """Write a label map as an RGB picture in the class colours; `load_mask` reads it back. Raises MaskError."""
    _write(Image.fromarray(color_table()[_checked(labels)]), Path(path))


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
            path = directory / f"{index:05d}_{part.name}.png"
            _write(Image.fromarray(plane.astype(np.uint8) * 255), path)
            written.append(path)
    return written


def _read_labels(path: Path, name: str, size: int) -> np.ndarray:
    try:
        with Image.open(path, formats=("PNG", "BMP", "GIF", "TIFF", "WEBP")) as image:
            if image.size != (size, size):
                raise MaskError(
                    f"{name} is {image.width}×{image.height} pixels; a mask must be {size}×{size}, "
                    "in the frame of the aligned face."
                )
            if image.mode in ("P", "L"):
                labels = np.array(image)
            elif image.mode in ("RGB", "RGBA"):
                return _from_colors(np.array(image.convert("RGB")), name)
            else:
                raise MaskError(f"{name} is no mask: save it as 8-bit palette or grey PNG with the values 0 to 18.")
    except UnidentifiedImageError:
        raise MaskError(f"{name} is not a picture; choose a mask PNG.") from None
    except FileNotFoundError:
        raise MaskError(f"{name} does not exist; check the path.") from None
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise MaskError(f"{name} cannot be read as a mask ({error}); choose another copy of it.") from error
    if labels.max() >= NUM_CLASSES:
        raise MaskError(
            f"{name} has the value {labels.max()}; a mask holds class numbers 0 to {NUM_CLASSES - 1} "
            "(is it a photo or a black-and-white part file?)."
        )
    return labels


def _from_colors(pixels: np.ndarray, name: str) -> np.ndarray:
    codes = _codes(pixels)
    table = _codes(color_table())
    order = np.argsort(table)
    position = np.searchsorted(table[order], codes).clip(max=NUM_CLASSES - 1)
    labels = order[position].astype(np.uint8)
    unknown = int((table[labels] != codes).sum())
    if unknown:
        raise MaskError(
            f"{name} has {unknown} pixels in colours of no class; save the mask as palette PNG, "
            "or with the exact class colours and no smoothing."
        )
    return labels


def _codes(colors: np.ndarray) -> np.ndarray:
    return colors.astype(np.int32) @ np.array([65536, 256, 1], dtype=np.int32)


def _checked(labels: np.ndarray) -> np.ndarray:
    labels = np.asarray(labels)
    if labels.ndim != 2 or labels.dtype != np.uint8 or labels.size == 0 or labels.max() >= NUM_CLASSES:
        raise MaskError(f"A mask must be a (H, W) uint8 array with values 0 to {NUM_CLASSES - 1}.")
    return labels


def _write(image: Image.Image, path: Path) -> None:
    try:
        with atomic_write(path) as file:
            image.save(file, format="PNG")
    except OSError as error:
        raise MaskError(f"“{path}” cannot be written ({error.strerror or error}); choose another place.") from error
