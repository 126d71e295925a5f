"""Folders of faces and masks on disk: what ``--data`` accepts, turned into lists of samples."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from maskgan_studio.errors import DataError
from maskgan_studio.labels import NUM_CLASSES, PARTS

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})

_ANNOTATIONS = "CelebAMask-HQ-mask-anno"
# Official split of CelebAMask-HQ, on the index of the image in the original CelebA.
_VALIDATION_FROM, _TEST_FROM = 162771, 182638


@dataclass(frozen=True, slots=True)
class Sample:
    """One image with, where there is one, its mask.

    Attributes:
        name: unique within its source.
        image: the image file.
        mask: index-mask file, or None when the mask is merged from ``parts`` or missing.
        parts: per-part annotation files in stacking order, as (class index, file).
        split: "train", "validation" or "test".
        attributes: binary attributes that are known of the face, by name; see ``annotations.with_attributes``.
    """

    name: str
    image: Path
    mask: Path | None
    parts: tuple[tuple[int, Path], ...] = ()
    split: str = "train"
    attributes: Mapping[str, bool] = field(default_factory=dict, hash=False)

    @property
    def labelled(self) -> bool:
        return self.mask is not None or bool(self.parts)

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that is read of it."""
        return (self.image, *([self.mask] if self.mask else []), *(file for _, file in self.parts))


@dataclass(frozen=True)
class Source:
    """One ``--data`` argument.

    Attributes:
        root: the folder of images, or of the dataset.
        samples: what was found.
        weight: how often the samples are seen relative to other sources.
        searched: the folders that were searched for files.
    """

    root: Path
    samples: tuple[Sample, ...]
    weight: float
    searched: tuple[Path, ...] = ()

    @property
    def labelled(self) -> bool:
        return all(sample.labelled for sample in self.samples)


def parse_data_argument(text: str) -> tuple[Path, Path | None, float]:
    """Split ``IMAGES[:MASKS][@WEIGHT]``; a colon or @ that belongs to an existing path is left alone.

    Raises:
        DataError: the weight is 0.
    """
    weight = 1.0
    match = re.fullmatch(r"(.*)@(\d+(?:\.\d*)?|\.\d+)", text)
    if match and not Path(text).exists():
        text, weight = match[1], float(match[2])
        if weight == 0:
            raise DataError(f"The weight of {text} is 0; give a positive one, or leave the folder out.")
    if ":" in text and not Path(text).exists():
        images, _, masks = text.rpartition(":")
        if len(images) > 1:  # not a Windows drive letter
            return Path(images), Path(masks), weight
    return Path(text), None, weight


def open_source(argument: str, validation: float = 0.0) -> Source:
    """Find the samples of one ``--data`` argument.

    Understood are CelebAMask-HQ as downloaded (``CelebA-HQ-img`` with per-part annotations, or with a folder ``mask``
    of index masks), a folder of images with a folder of index masks, and a folder of images alone.

    Args:
        argument: ``IMAGES[:MASKS][@WEIGHT]``.
        validation: fraction of samples kept out of training where no official split is known; chosen by a hash of the
            name, so that it does not depend on which other files are there.

    Raises:
        DataError: the folder does not exist or holds no image.
    """
    images, masks, weight = parse_data_argument(argument)
    if not images.is_dir():
        raise DataError(f"There is no data folder {images}; give a folder of face images.")
    if masks is not None and not masks.is_dir():
        raise DataError(f"There is no mask folder {masks}; give a folder of index masks named like the images.")
    if (images / "CelebA-HQ-img").is_dir():
        samples = _celebamask(images, masks, validation)
        searched = (images / "CelebA-HQ-img", masks or images / "mask", images / _ANNOTATIONS)
    else:
        samples = _plain(images, masks, validation)
        searched = (images, *([masks] if masks is not None else []))
    if not samples:
        raise DataError(f"{images} holds no images; supported are {', '.join(sorted(IMAGE_SUFFIXES))}.")
    return Source(images, tuple(samples), weight, searched)


def _split_by_name(name: str, validation: float) -> str:
    share = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
    return "validation" if share < validation else "train"


def _plain(images: Path, masks: Path | None, validation: float) -> list[Sample]:
    samples = []
    for file in sorted(images.rglob("*")):
        if file.suffix.lower() not in IMAGE_SUFFIXES:
            continue
        name = file.relative_to(images).with_suffix("").as_posix()
        mask = masks / f"{name}.png" if masks is not None else None
        if mask is not None and not mask.is_file():
            mask = None
        samples.append(Sample(name, file, mask, split=_split_by_name(name, validation)))
    return samples


def _celebamask(root: Path, masks: Path | None, validation: float) -> list[Sample]:
    index_masks = masks or root / "mask"
    annotations = root / _ANNOTATIONS
    originals = _original_indices(root / "CelebA-HQ-to-CelebA-mapping.txt")
    by_part: dict[str, list[tuple[int, Path]]] = {}
    for part in PARTS[1:]:
        for file in annotations.glob(f"*/*_{part.name}.png"):
            number, _, name = file.stem.partition("_")
            if name == part.name and number.isdecimal():
                by_part.setdefault(str(int(number)), []).append((part.index, file))
    files = [file for file in (root / "CelebA-HQ-img").iterdir() if file.suffix.lower() in IMAGE_SUFFIXES]
    samples = []
    for file in sorted(files, key=lambda file: (len(file.stem), file.stem)):
        mask: Path | None = index_masks / f"{file.stem}.png"
        parts = tuple(by_part.get(file.stem, ()))
        if mask is None or not mask.is_file():
            mask = None
        original = originals.get(file.stem, 0)
        split = _official_split(original) if originals else _split_by_name(file.stem, validation)
        samples.append(Sample(file.stem, file, mask, () if mask else parts, split))
    return samples


def _original_indices(mapping: Path) -> dict[str, int]:
    if not mapping.is_file():
        return {}
    try:
        lines = mapping.read_text(encoding="utf-8").splitlines()[1:]
        rows = [line.split() for line in lines if line.strip()]
        return {row[0]: int(row[1]) for row in rows}
    except (OSError, ValueError, IndexError) as error:
        raise DataError(f"{mapping} is not the dataset's mapping file ({error}); get it again or remove it.") from None


def _official_split(original: int) -> str:
    if original >= _TEST_FROM:
        return "test"
    return "validation" if original >= _VALIDATION_FROM else "train"


def read_image(sample: Sample, size: int) -> np.ndarray:
    """Decode a sample's image to (size, size, 3) uint8 RGB; raises DataError naming the file."""
    try:
        with Image.open(sample.image) as file:
            # Draft mode lets the JPEG decoder skip detail that the reduction throws away.
            file.draft("RGB", (size, size))
            picture = file.convert("RGB")
            if picture.size != (size, size):
                picture = picture.resize((size, size), Image.Resampling.BICUBIC)
            return np.asarray(picture)
    except (OSError, ValueError, SyntaxError) as error:
        raise DataError(f"{sample.image} cannot be read as an image: {error}.") from None


def read_mask(sample: Sample, size: int) -> np.ndarray:
    """Decode or merge a sample's mask to (size, size) uint8, values 0 to 18; raises DataError naming the file."""
    if sample.mask is not None:
        labels = _read_index_mask(sample.mask)
    elif sample.parts:
        labels = merge_parts(sample.parts)
    else:
        raise DataError(f"{sample.image} has no mask.")
    if labels.shape != (size, size):
        labels = cv2.resize(labels, (size, size), interpolation=cv2.INTER_NEAREST_EXACT)
    return labels


def _read_index_mask(file: Path) -> np.ndarray:
    try:
        with Image.open(file) as picture:
            if picture.mode not in ("P", "L"):
                raise DataError(f"{file} is not an index mask: it has mode {picture.mode}, not palette or 8-bit grey.")
            labels = np.asarray(picture)
    except (OSError, ValueError, SyntaxError) as error:
        raise DataError(f"{file} cannot be read as a mask: {error}.") from None
    if labels.max(initial=0) >= NUM_CLASSES:
        raise DataError(f"{file} holds the value {labels.max()}; a mask has the values 0 to {NUM_CLASSES - 1}.")
    return labels


def merge_parts(parts: tuple[tuple[int, Path], ...]) -> np.ndarray:
    """Merge the dataset's per-part 0/255 pictures into one label map; a later class paints over an earlier one."""
    labels: np.ndarray | None = None
    for index, file in sorted(parts):
        plane = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
        if plane is None:
            raise DataError(f"{file} cannot be read as a per-part annotation.")
        if labels is None:
            labels = np.zeros(plane.shape, np.uint8)
        elif plane.shape != labels.shape:
            raise DataError(f"{file} has another size than the other parts of its image; get it again.")
        labels[plane > 127] = index
    assert labels is not None
    return labels
