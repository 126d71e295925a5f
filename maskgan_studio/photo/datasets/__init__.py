"""Folders and shards of faces as samples: what ``--data`` accepts. Training and evaluation read the same ones."""

from maskgan_studio.photo.datasets.annotations import with_attributes
from maskgan_studio.photo.datasets.folders import (
    IMAGE_FOLDER,
    MASK_FOLDER,
    PART_FOLDER,
    Sample,
    Source,
    merge_parts,
    parse_data_argument,
    read_image,
    read_labels,
    read_mask,
    read_part,
    read_photo,
    read_unsure,
)
from maskgan_studio.photo.datasets.members import file_on_disk, is_member
from maskgan_studio.photo.datasets.opening import open_source

__all__ = [
    "IMAGE_FOLDER",
    "MASK_FOLDER",
    "PART_FOLDER",
    "Sample",
    "Source",
    "file_on_disk",
    "is_member",
    "merge_parts",
    "open_source",
    "parse_data_argument",
    "read_image",
    "read_labels",
    "read_mask",
    "read_part",
    "read_photo",
    "read_unsure",
    "with_attributes",
]
