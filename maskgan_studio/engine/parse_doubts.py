"""What a parse says besides the mask: how sure it is, and which regions it may well have wrong. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from maskgan_studio.document.geometry.rasterize import Cover
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.geometry.regions import pieces
from maskgan_studio.labels import BACKGROUND, NUM_CLASSES

__all__ = ["Doubt", "ParseResult", "find_doubts"]

# Mean confidence below which a whole region is doubtful, and confidence below which a place within one is. On held-out
# faces more than half of such regions and places are wrong.
_DOUBTFUL, _DOUBTFUL_PLACE = 0.7, 0.5
# Smallest doubtful region, and smallest doubtful place within a region, as shares of the picture.
_SMALLEST_REGION, _SMALLEST_PLACE = 64 / 512**2, 200 / 512**2
# Outlines are never sure: what is narrower than this share of the side is one.
_OUTLINE = 9 / 512
_WHOLE = 255.0


@dataclass(frozen=True, eq=False)
class ParseResult:
    """What the parser found in a crop.

    Attributes:
        labels: label map uint8 (H, W).
        confidence: uint8 (H, W), the probability of what was found, averaged over the views; 255 is certain.
        runner_up: uint8 (H, W), the class that is next likely.
    """

    labels: np.ndarray
    confidence: np.ndarray
    runner_up: np.ndarray


@dataclass(frozen=True, eq=False)
class Doubt:
    """A region that the parser may have wrong.

    Attributes:
        part: the class that was found there.
        instead: the class that it may be.
        cover: its pixels.
        confidence: mean, 0 to 1.
        is_whole: it is a region of its own, not a place within a larger one.
    """

    part: int
    instead: int
    cover: Cover
    confidence: float
    is_whole: bool

    @property
    def area(self) -> int:
        """Its number of pixels."""
        return int(self.cover.mask.sum())


def find_doubts(mask: np.ndarray, parse: ParseResult) -> tuple[Doubt, ...]:
    """Find the regions and places whose class is doubtful, those first that matter most.

    Args:
        mask: label map uint8 (H, W) in use; where it is not what the parser found, nothing is doubted.
        parse: of the same picture.
    """
    own = mask == parse.labels
    found = []
    taken = np.zeros(mask.shape, bool)
    for part in np.flatnonzero(np.bincount(mask.ravel(), minlength=NUM_CLASSES)[:NUM_CLASSES]):
        if part == BACKGROUND:
            continue
        region = own & (mask == part)
        for doubt in _doubtful_pieces(region, parse, int(part), _SMALLEST_REGION * mask.size, whole=True):
            if doubt.confidence < _DOUBTFUL:
                found.append(doubt)
                taken |= doubt.cover.full(mask.shape)
    side = max(3, round(_OUTLINE * len(mask)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    low = (parse.confidence < _DOUBTFUL_PLACE * _WHOLE) & own & ~taken
    wide = cv2.morphologyEx(low.astype(np.uint8), cv2.MORPH_OPEN, kernel) > 0
    for part in np.unique(mask[wide]):
        found += _doubtful_pieces(wide & (mask == part), parse, int(part), _SMALLEST_PLACE * mask.size, whole=False)
    return tuple(sorted(found, key=lambda doubt: (not doubt.is_whole, -doubt.area * (1 - doubt.confidence))))


def _doubtful_pieces(region: np.ndarray, parse: ParseResult, part: int, smallest: float, whole: bool) -> list[Doubt]:
    """The connected pieces of a region, each with what it may be instead."""
    numbers, stats = pieces(region)
    doubts = []
    for number, (left, top, width, height, area) in enumerate(stats.tolist()):
        if number == 0 or area < smallest:
            continue
        rect = Rect(top, left, top + height, left + width)
        cover = Cover(rect, numbers[rect.slices] == number)
        votes = np.bincount(parse.runner_up[rect.slices][cover.mask], minlength=NUM_CLASSES)
        votes[part] = 0
        confidence = float(parse.confidence[rect.slices][cover.mask].mean()) / _WHOLE
        doubts.append(Doubt(part, int(votes.argmax()), cover, confidence, whole))
    return doubts
