"""Folders of faces and masks on disk, turned into lists of samples."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from maskgan_studio.errors import DataError, MaskError, PhotoError, Translatable
from maskgan_studio.labels import PARTS
from maskgan_studio.photo.datasets.members import read_member
from maskgan_studio.photo.files.decoding import open_image_file
from maskgan_studio.photo.files.formats import PHOTO_SUFFIXES
from maskgan_studio.photo.files.listing import Listing, list_images
from maskgan_studio.photo.files.loading import ReducedPhoto, load_reduced
from maskgan_studio.photo.masks.mask_files import MaskRules, load_mask

IMAGE_FOLDER, MASK_FOLDER, PART_FOLDER = "CelebA-HQ-img", "mask", "CelebAMask-HQ-mask-anno"

# Official split of CelebAMask-HQ, on the index of the image in the original CelebA.
_VALIDATION_FROM, _TEST_FROM = 162771, 182638
_MAPPING = "CelebA-HQ-to-CelebA-mapping.txt"


@dataclass(frozen=True, slots=True)
class Sample:
    """One image with, where there is one, its mask.

    Attributes:
        name: unique within its source.
        image: the image file, possibly one in a tar file (see ``members``).
        mask: index-mask file, or None when the mask is merged from ``parts`` or missing.
        parts: per-part annotation files in stacking order, as (class index, file).
        split: "train", "validation" or "test".
        attributes: binary attributes that are known of the face, by name; see ``annotations.with_attributes``.
        rules: how the mask is read.
        unsure: a 0/255 image of the pixels whose label is a parser's guess, not to be learned; or None.
    """

    name: str
    image: Path
    mask: Path | None
    parts: tuple[tuple[int, Path], ...] = ()
    split: str = "train"
    attributes: Mapping[str, bool] = field(default_factory=dict, hash=False)
    rules: MaskRules = field(default_factory=MaskRules)
    unsure: Path | None = None

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
        passed_over: what lies among the images without being one.
        official: the samples' split is the data's own.
    """

    root: Path
    samples: tuple[Sample, ...]
    weight: float
    searched: tuple[Path, ...] = ()
    passed_over: tuple[Path, ...] = ()
    official: bool = False

    @property
    def labelled(self) -> bool:
        return all(sample.labelled for sample in self.samples)


def parse_data_argument(text: str) -> tuple[Path, Path | None, float]:
    """Split ``IMAGES[:MASKS][@WEIGHT]``; a colon or @ that belongs to an existing path is left alone.

    Raises:
        DataError: the weight is 0.
    """
    text, weight = split_weight(text)
    if ":" in text and not Path(text).exists():
        images, _, masks = text.rpartition(":")
        if len(images) > 1 or Path(images).is_dir():  # not a Windows drive letter
            return Path(images), Path(masks), weight
    return Path(text), None, weight


def split_weight(text: str) -> tuple[str, float]:
    """Take ``@WEIGHT`` off an argument, 1 where it has none; raises DataError where it is 0."""
    match = re.fullmatch(r"(.*)@(\d+(?:\.\d*)?|\.\d+)", text)
    if match is None or Path(text).exists():
        return text, 1.0
    if not (weight := float(match[2])):
        raise DataError(f"The weight of {match[1]} is 0; give a positive one, or leave the folder out.")
    return match[1], weight


def open_folder(argument: str, validation: float = 0.0) -> Source:
    """Find the samples of a folder.

    Understood are CelebAMask-HQ as downloaded (``CelebA-HQ-img`` with per-part annotations, or with a folder ``mask``
    of index masks), a folder of images with a folder of index masks, and a folder of images alone.

    Args:
        argument: ``IMAGES[:MASKS][@WEIGHT]``.
        validation: see ``open_source``.

    Raises:
        DataError: the folder does not exist or holds no image.
    """
    images, masks, weight = parse_data_argument(argument)
    if not images.is_dir():
        raise DataError(f"There is no data folder {images}; give a folder of face images.")
    if masks is not None and not masks.is_dir():
        raise DataError(f"There is no mask folder {masks}; give a folder of index masks named like the images.")
    official = (images / IMAGE_FOLDER).is_dir()
    try:
        listing = list_images(images / IMAGE_FOLDER if official else images, recursive=not official)
        samples = (_celebamask if official else _plain)(images, masks, validation, listing)
    except OSError as error:
        raise DataError("{folder} cannot be read ({error}).", folder=images, error=error.strerror or error) from error
    if not samples:
        known = ", ".join(sorted(PHOTO_SUFFIXES))
        raise DataError("{folder} holds no images; supported are {known}.", folder=images, known=known)
    if official:
        searched: tuple[Path, ...] = (images / IMAGE_FOLDER, masks or images / MASK_FOLDER, images / PART_FOLDER)
    else:
        searched = (images, *([masks] if masks is not None else []))
    has_split = official and (images / _MAPPING).is_file()
    return Source(images, tuple(samples), weight, searched, listing.passed_over, has_split)


def split_by_name(name: str, validation: float) -> str:
    """The split of a sample that has none of its own."""
    share = int.from_bytes(hashlib.sha256(os.fsencode(name)).digest()[:4], "big") / 2**32
    return "validation" if share < validation else "train"


def _plain(images: Path, masks: Path | None, validation: float, listing: Listing) -> list[Sample]:
    samples = []
    for file in listing.images:
        if masks is not None and masks != images and masks in file.parents:
            continue
        name = file.relative_to(images).with_suffix("").as_posix()
        mask = masks / f"{name}.png" if masks is not None else None
        if mask is not None and not mask.is_file():
            mask = None
        samples.append(Sample(name, file, mask, split=split_by_name(name, validation)))
    return samples


def _celebamask(root: Path, masks: Path | None, validation: float, listing: Listing) -> list[Sample]:
    index_masks = masks or root / MASK_FOLDER
    annotations = root / PART_FOLDER
    originals = _original_indices(root / _MAPPING)
    by_part: dict[str, list[tuple[int, Path]]] = {}
    for part in PARTS[1:]:
        for file in annotations.glob(f"*/*_{part.name}.png"):
            number, _, name = file.stem.partition("_")
            if name == part.name and number.isdecimal():
                by_part.setdefault(str(int(number)), []).append((part.index, file))
    samples = []
    for file in sorted(listing.images, key=lambda file: (len(file.stem), file.stem)):
        mask: Path | None = index_masks / f"{file.stem}.png"
        parts = tuple(by_part.get(file.stem, ()))
        if mask is None or not mask.is_file():
            mask = None
        original = originals.get(file.stem, 0)
        split = _official_split(original) if originals else split_by_name(file.stem, validation)
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


def read_photo(sample: Sample, size: int) -> ReducedPhoto:
    """Decode a sample's image at size x size, upright and in sRGB; raises DataError naming the file."""
    try:
        return load_reduced(sample.image, size, read_member(sample.image))
    except PhotoError as error:
        message = "{file} cannot be read as an image: {problem}"
        raise DataError(message, file=sample.image, problem=error) from error


def read_image(sample: Sample, size: int) -> np.ndarray:
    """Decode a sample's image to (size, size, 3) uint8 RGB; raises DataError naming the file."""
    return read_photo(sample, size).pixels


def read_mask(sample: Sample, size: int, checked: bool = False) -> np.ndarray:
    """Decode or merge a sample's mask to (size, size) uint8, values 0 to 18.

    Args:
        sample: what is read, by its own rules.
        size: height and width.
        checked: the mask was looked at before: softened edges and the other order are not looked for again.

    Raises:
        DataError: naming the file.
    """
    labels = read_labels(sample, checked)
    if labels.shape != (size, size):
        labels = cv2.resize(labels, (size, size), interpolation=cv2.INTER_NEAREST_EXACT)
    return labels


def read_labels(sample: Sample, checked: bool = False, notices: list[Translatable] | None = None) -> np.ndarray:
    """Decode or merge a sample's mask in its own size; see ``read_mask``, and ``load_mask`` for the notices."""
    if sample.mask is None:
        if not sample.parts:
            raise DataError("{file} has no mask.", file=sample.image)
        return merge_parts(sample.parts)
    order, soft = sample.rules.order, sample.rules.soft
    if checked:
        order, soft = order or "celebamask", "keep" if soft == "refuse" else soft
    try:
        return load_mask(
            sample.mask,
            None,
            order=order,
            foreign=sample.rules.foreign,
            soft=soft,
            notices=notices,
            data=read_member(sample.mask),
        )
    except MaskError as error:
        raise DataError("{file} cannot be used: {problem}", file=sample.mask, problem=error) from error


def read_unsure(sample: Sample, size: int) -> np.ndarray:
    """Decode where a sample's labels are a guess to (size, size) bool; raises DataError naming the file."""
    if sample.unsure is None:
        return np.zeros((size, size), bool)
    unsure = read_part(sample.unsure).astype(np.uint8)
    return cv2.resize(unsure, (size, size), interpolation=cv2.INTER_NEAREST_EXACT) > 0


def merge_parts(parts: tuple[tuple[int, Path], ...]) -> np.ndarray:
    """Merge the dataset's per-part 0/255 images into one label map; a later class paints over an earlier one."""
    labels: np.ndarray | None = None
    for index, file in sorted(parts):
        plane = read_part(file)
        if labels is None:
            labels = np.zeros(plane.shape, np.uint8)
        elif plane.shape != labels.shape:
            raise DataError("{file} has another size than the other parts of its image; get it again.", file=file)
        labels[plane] = index
    assert labels is not None
    return labels


def read_part(file: Path) -> np.ndarray:
    """Decode a per-part annotation to (H, W) bool; raises DataError naming the file."""
    try:
        with open_image_file(file, min_side=1) as (_, image):
            return np.array(image.convert("L")) > 127
    except PhotoError as error:
        message = "{file} cannot be read as a per-part annotation: {problem}"
        raise DataError(message, file=file, problem=error) from error
