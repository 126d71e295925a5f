"""Folders of faces as samples: what ``--data`` accepts. Training and evaluation read the same ones."""

from maskgan_studio.photo.datasets.annotations import with_attributes
from maskgan_studio.photo.datasets.folders import (
    IMAGE_SUFFIXES,
    Sample,
    Source,
    merge_parts,
    open_source,
    parse_data_argument,
    read_image,
    read_mask,
)

__all__ = [
    "IMAGE_SUFFIXES",
    "Sample",
    "Source",
    "merge_parts",
    "open_source",
    "parse_data_argument",
    "read_image",
    "read_mask",
    "with_attributes",
]
