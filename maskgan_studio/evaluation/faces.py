"""The faces that methods are judged on: photos, masks and what is annotated about them."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from maskgan_studio.errors import DataError
from maskgan_studio.photo.alignment.face_alignment import CROP_SIZE
from maskgan_studio.photo.datasets import Sample, open_source, read_image, read_mask
from maskgan_studio.photo.datasets.annotations import find_annotations, read_attributes, read_poses

_DECODERS = 4
SPLITS = ("auto", "test", "validation", "train", "all")


class Faces:
    """A data folder's labelled faces of one split, by name.

    Args:
        data: ``IMAGES[:MASKS]`` as for training.
        split: "test", "validation", "train" or "all"; "auto" is the official test split where the folder has the
            dataset's mapping file, else the validation share where ``held_out`` is given, else all.
        held_out: share of the files that training kept out by their names (``validation`` in its recipe).
        attributes: table of attributes in place of the folder's own.

    Raises:
        DataError: the folder is missing, or holds no labelled face of that split.
    """

    def __init__(self, data: str, split: str = "auto", held_out: float = 0.0, attributes: Path | None = None) -> None:
        source = open_source(data, held_out)
        labelled = [sample for sample in source.samples if sample.labelled]
        if not labelled:
            raise DataError(f"{source.root} holds no masks: make them with `parse --aligned` and give IMAGES:MASKS.")
        if split == "auto":
            official = any(sample.split == "test" for sample in labelled)
            split = "test" if official else "validation" if held_out else "all"
        self.root = source.root
        self.split = split
        self._all = {sample.name: sample for sample in labelled}
        #: Faces whose files cannot be used, and why.
        self.left_out: dict[str, str] = {}
        self.names = [sample.name for sample in labelled if split in ("all", sample.split)]
        if not self.names:
            raise DataError(f"{source.root} holds no faces of the {split} split; choose another with --split.")
        attribute_file, pose_file = find_annotations(source.root)
        attribute_file = attributes or attribute_file
        tables = [file for file in (attribute_file, pose_file) if file is not None]
        #: Every file that is read.
        self.files = [*tables, *(file for sample in source.samples for file in sample.files)]
        self.attributes = read_attributes(attribute_file) if attribute_file else {}
        self.poses = read_poses(pose_file) if pose_file else None

    def photo(self, name: str) -> np.ndarray:
        """The face's photo, uint8 (512, 512, 3) RGB."""
        return read_image(self._sample(name), CROP_SIZE)

    def mask(self, name: str) -> np.ndarray:
        """Its mask, label map uint8 (512, 512)."""
        return read_mask(self._sample(name), CROP_SIZE)

    def check(self, names: Iterable[str]) -> bool:
        """Try to read the photos and masks of some faces, and leave out those that cannot be; whether all can be."""
        with ThreadPoolExecutor(_DECODERS) as pool:
            return all(list(pool.map(self._check, dict.fromkeys(names))))

    def _check(self, name: str) -> bool:
        try:
            self.photo(name)
            self.mask(name)
        except DataError as error:
            self.leave_out(name, error)
            return False
        return True

    def leave_out(self, name: str, problem: DataError) -> None:
        """Go on without a face."""
        self.left_out[name] = str(problem)
        if name in self.names:
            self.names.remove(name)

    def photo_file(self, name: str) -> Path:
        """Where the photo lies."""
        return self._sample(name).image

    def attribute(self, name: str, attribute: str) -> bool | None:
        """Whether the face has the attribute; None where nothing is annotated."""
        return self.attributes.get(name, {}).get(attribute)

    def _sample(self, name: str) -> Sample:
        if name not in self._all:
            raise DataError(f"{self.root} holds no labelled face {name!r}, which the pair list names.")
        return self._all[name]
