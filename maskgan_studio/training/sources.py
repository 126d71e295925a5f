"""What ``--data`` accepts. Evaluation reads the same folders, so that reading them lies below both, in ``photo``."""

from maskgan_studio.photo.annotations import with_attributes
from maskgan_studio.photo.datasets import (
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
