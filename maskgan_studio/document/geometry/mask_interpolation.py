"""Label maps between two others: outlines move, parts that come grow out of their middle, parts that go shrink."""

from __future__ import annotations

import cv2
import numpy as np

__all__ = ["interpolate_masks", "signed_depth"]

_MARGIN = 4  # pixels around what differs, so that outlines are known on both sides


def interpolate_masks(start: np.ndarray, end: np.ndarray, share: float) -> np.ndarray:
    """A label map (S, S) uint8 between two: ``start`` at 0, ``end`` at 1.

    Signed distances of the pieces that both have are interpolated (shape interpolation, Raya and Udupa 1990, section
    3), so that their outlines move, and each pixel gets the class that it lies deepest in. A piece that one of the two
    alone has grows out of its own middle, or shrinks into it: a strand beside the hair does not come out of the hair.
    """
    differs = start != end
    if share <= 0 or share >= 1 or not differs.any():
        return np.array(start if share <= 0 else end)
    x, y, width, height = cv2.boundingRect(differs.astype(np.uint8))
    window = np.s_[max(0, y - _MARGIN) : y + height + _MARGIN, max(0, x - _MARGIN) : x + width + _MARGIN]
    before, after = start[window], end[window]
    classes = np.union1d(before[differs[window]], after[differs[window]])
    ways = [_Way(before == index, after == index, share) for index in classes]
    nearest = classes[np.argmax([way.depth for way in ways], axis=0)].astype(np.uint8)
    comes, goes, is_there, is_left = (
        np.logical_or.reduce([getattr(way, name) for way in ways]) for name in ("comes", "goes", "is_there", "is_left")
    )
    neither = after if share >= 0.5 else before
    between = np.select(
        [comes & is_there, goes & is_left, comes & goes, comes, goes], [after, before, neither, before, after], nearest
    )
    # Classes that are the same in both keep their pixels: only what differs may change.
    result = np.array(start)
    result[window] = np.where(differs[window], between, before)
    return result


class _Way:
    """The way of one class from one mask to another, (H, W) each.

    Attributes:
        depth: how deep each pixel lies in the pieces that both have, at this share of the way.
        comes, is_there: the pieces that come, and what of them is there already.
        goes, is_left: the pieces that go, and what is left of them.
    """

    def __init__(self, before: np.ndarray, after: np.ndarray, share: float) -> None:
        count, pieces = cv2.connectedComponents((before | after).astype(np.uint8))
        was, will_be = (np.bincount(pieces[shape], minlength=count) > 0 for shape in (before, after))
        moves = (was & will_be)[pieces]
        self.depth: np.ndarray = np.full(before.shape, -np.inf, np.float32)
        if moves.any():
            self.depth = (1 - share) * signed_depth(before & moves) + share * signed_depth(after & moves)
        self.comes, self.goes = (will_be & ~was)[pieces], (was & ~will_be)[pieces]
        self.is_there = _core(self.comes, pieces, count, 1 - share)
        self.is_left = _core(self.goes, pieces, count, share)


def _core(inside: np.ndarray, pieces: np.ndarray, count: int, missing: float) -> np.ndarray:
    """What of numbered pieces lies deeper than a share of their depth."""
    if not inside.any():
        return inside
    depth, deepest = signed_depth(inside), np.zeros(count, np.float32)
    np.maximum.at(deepest, pieces[inside], depth[inside])
    return np.asarray(inside & (depth > missing * deepest[pieces]))


def signed_depth(inside: np.ndarray) -> np.ndarray:
    """Signed distance of (S, S) bool pixels to a shape's outline, positive inside."""
    if inside.all():
        return np.full(inside.shape, float(max(inside.shape)), np.float32)
    shape = inside.astype(np.uint8)
    return np.asarray(cv2.distanceTransform(shape, cv2.DIST_L2, 5) - cv2.distanceTransform(1 - shape, cv2.DIST_L2, 5))
