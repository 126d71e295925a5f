"""How much of a photo is edited around a face."""

from enum import StrEnum

__all__ = ["FrameWidth"]


class FrameWidth(StrEnum):
    """The frame that crop and mask lie in.

    STANDARD is CelebA-HQ's. WIDE shows more around a smaller face, for hair and hats. AUTO is the wide one where hair
    or a hat ends at the edge of the standard one.
    """

    STANDARD = "standard"
    WIDE = "wide"
    AUTO = "auto"
