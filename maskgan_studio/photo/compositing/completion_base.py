"""The DMN's picture as completion gets it: in the photo's colours, and without the pattern of the network's stride.

Both were measured to matter: completion believes the colours that it is given, and keeps the weave of a part's texture
(the DMN repeats itself every 16 pixels inside one part) unless it is taken out before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from maskgan_studio.labels import NUM_CLASSES, part_named
from maskgan_studio.photo.compositing.reused_parts import ReusedPart
from maskgan_studio.photo.kernels import disk, find_labels

__all__ = ["Box", "prepare_completion_base"]

#: Rows and columns of a picture.
Box = tuple[slice, slice]

_BACKGROUND, _SKIN, _HAIR = (part_named(name).index for name in ("background", "skin", "hair"))
_BROWS = [part_named(name).index for name in ("l_brow", "r_brow")]
_SURFACES = (_SKIN, part_named("eye_g").index)
_LIDS_AND_BROWS = [*_BROWS, *(part_named(name).index for name in ("l_eye", "r_eye"))]
# Skin that a deformation reveals counts as a lip before, see `deformation.labels.label_moved_photo`.
_OPENINGS = [part_named(name).index for name in ("l_eye", "r_eye", "mouth", "u_lip", "l_lip")]
_LIDS = 14  # pixels around an eye
# What skin appears below. The DMN, which saw few bald heads, draws dark patches there: so much of the colour is that of
# the forehead.
_ON_HEAD = [part_named(name).index for name in ("hair", "hat")]
_HEAD_CONTINUED = 0.6
# How much of drawn hair's colour the hair beside it gives; the rest is the DMN's shading. Of 0, 0.3, 0.5, 0.7 and 1,
# 0.3 and 0.5 come nearest to hair that was hidden (59 faces: 20.6 and 20.9 of 255 off; 21.9 and 25.5 at 0 and 1).
_HAIR_CONTINUED = 0.4
# Percentile of the brows' brightness up to which they are hair rather than the skin between.
_BROW_HAIR = 33
_BROW_LEAST = 60  # pixels
# Parts that the DMN fills with texture; of the others it draws the shape, which stays sharp.
_TEXTURE = [part_named(name).index for name in ("background", "skin", "neck", "hair", "hat", "cloth")]
# The stride of the DMN's backbone: a mean over so many pixels of 512 holds nothing that repeats with it.
_STRIDE = 16
_CELL = 2  # the error is smooth, so it is averaged over cells
_MARGIN = _STRIDE + 8  # what two means over the stride see beside a window, and then some
_ENOUGH = 12  # whole cells
_MUCH = 1000  # pixels of skin
_NEAR = 96
_TINY = 1e-6


def prepare_completion_base(
    crop: np.ndarray,
    drawn: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    region: np.ndarray,
    window: Box | None = None,
    reused: Iterable[ReusedPart] = (),
    average_texture: bool = True,
) -> np.ndarray:
    """Prepare the DMN's picture for completion.

    Args:
        crop: (S, S, 3) uint8, the photo; what lies in the region is not looked at.
        drawn: (S, S, 3) uint8, the DMN's picture at the source mask.
        target_mask, source_mask: (S, S) uint8, the photo's own mask and the edited one.
        region: (S, S) bool, what completion is to draw.
        window: part of the picture that is wanted, all by default; begins and ends at multiples of 8.
        reused: parts that the photo gives, laid over what the DMN drew.
        average_texture: take texture out over the network's stride, with what repeats there; as the completion network
            was trained.

    Returns:
        (H, W, 3) float32 in 0 to 255 (not clipped), of the window's size.
    """
    rows, columns = window or np.s_[: len(crop), : len(crop)]
    # A little more than the window, so that means at its edges are those of the whole picture.
    top, left = (
        max(0, rows.start - _MARGIN if rows.start else 0),
        max(0, columns.start - _MARGIN if columns.start else 0),
    )
    around = np.s_[top : rows.stop + _MARGIN, left : columns.stop + _MARGIN]
    picture = drawn[around].astype(np.float32)
    _add_part_error(picture, crop, drawn, target_mask, source_mask, region, around)
    if average_texture:
        picture = _without_weave(picture, source_mask[around])
    start_y, start_x = (rows.start or 0) - top, (columns.start or 0) - left
    height, width = rows.stop - (rows.start or 0), columns.stop - (columns.start or 0)
    picture = picture[start_y : start_y + height, start_x : start_x + width]
    for part in reused:
        part.lay_in(picture, (rows, columns))
    return picture


def _add_part_error(
    picture: np.ndarray,
    crop: np.ndarray,
    drawn: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    region: np.ndarray,
    around: Box,
) -> None:
    """Add to each part what the DMN gets wrong on that part outside the region, continued smoothly into it.

    At the region's border that meets the photo. Inside one part the DMN errs alike whether or not it was edited, so the
    error is read from the edited picture itself. Parts that the photo shows nowhere else keep the DMN's colours, but
    hair, which goes with the brows. The background continues the photo's own colours: the DMN knows nothing of it, and
    draws it brighter or darker where hair was than beside it. So does skin where an eye or lips were, and hair in part.
    """
    parts = np.unique(source_mask[around][region[around]]).tolist()
    counts = np.bincount(source_mask[(target_mask == source_mask) & ~region], minlength=NUM_CLASSES)
    shown_nowhere = _HAIR in parts and not counts[_HAIR]
    parts = [part for part in parts if counts[part]]
    # What is nearer than this counts nearly alone; a part that is not there is looked for everywhere.
    for margin in (_NEAR, len(crop)):
        near = np.s_[
            max(0, around[0].start - margin) : around[0].stop + margin,
            max(0, around[1].start - margin) : around[1].stop + margin,
        ]
        within = np.s_[
            around[0].start - near[0].start : around[0].stop - near[0].start,
            around[1].start - near[1].start : around[1].stop - near[1].start,
        ]
        parts = _continue_errors(
            picture, crop[near], drawn[near], target_mask[near], source_mask[near], region[near], within, parts
        )
        if not parts:
            break
    if shown_nowhere and (color := _find_brow_color(crop, target_mask, region)) is not None:
        hair = source_mask == _HAIR
        picture[hair[around]] += color - drawn[hair].mean(axis=0, dtype=np.float32)


def _continue_errors(
    picture: np.ndarray,
    crop: np.ndarray,
    drawn: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    region: np.ndarray,
    around: Box,
    parts: Sequence[int],
) -> list[int]:
    """Do that for some parts, as far as they are to be seen; returns the others."""
    height, width = source_mask.shape
    cells = (width // _CELL, height // _CELL)
    missing = []
    error = cv2.subtract(crop, drawn, dtype=cv2.CV_32F)
    kept = _find_kept(target_mask, source_mask, region)
    labels, *others = (source_mask[y::_CELL, x::_CELL] for y in range(_CELL) for x in range(_CELL))
    whole = np.logical_and.reduce([kept[y::_CELL, x::_CELL] for y in range(_CELL) for x in range(_CELL)])
    for other in others:
        whole &= labels == other
    inside = np.ascontiguousarray(source_mask[around])
    in_cells = tuple(
        slice(part.start // _CELL, -(-min(part.stop, size) // _CELL))
        for part, size in zip(around, source_mask.shape, strict=True)
    )

    def in_cells_too(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return values, cv2.resize(values, cells, interpolation=cv2.INTER_AREA)

    def continue_inside(known: tuple[np.ndarray, np.ndarray], index: int) -> np.ndarray | None:
        weight = (whole & (labels == index)).astype(np.float32)
        sums = known[1] * weight[..., None]
        if weight.sum() < _ENOUGH:  # a thin part fills no cells
            pixels = (kept & (source_mask == index)).astype(np.float32)
            if not pixels.any():
                return None
            weight = cv2.resize(pixels, cells, interpolation=cv2.INTER_AREA)
            sums = cv2.resize(known[0] * pixels[..., None], cells, interpolation=cv2.INTER_AREA)
        return cv2.resize(_fill_in(sums, weight)[in_cells], inside.shape[::-1], interpolation=cv2.INTER_LINEAR)

    revealed = {
        part: share
        for part in _SURFACES
        if part in parts and (share := _find_revealed(target_mask[around], inside, part)) is not None
    }
    errors = in_cells_too(error)
    wanted = revealed or not {_BACKGROUND, _HAIR}.isdisjoint(parts)
    photo = in_cells_too(np.asarray(crop, np.float32)) if wanted else errors
    for index in parts:
        smooth = continue_inside(photo if index == _BACKGROUND else errors, index)
        here = (inside == index).astype(np.uint8)
        if smooth is None:
            missing.append(index)
        elif index == _BACKGROUND:
            cv2.copyTo(smooth, here, picture)
        else:
            cv2.add(picture, smooth, dst=picture, mask=here)
            if index in revealed and (own := continue_inside(photo, index)) is not None:
                picture += (here * revealed[index])[..., None] * (own - picture)
            elif index == _HAIR and (own := continue_inside(photo, index)) is not None:
                cv2.add(picture, _HAIR_CONTINUED * (own - _average_over_stride(picture, here)), dst=picture, mask=here)
    return missing


def _find_kept(target_mask: np.ndarray, source_mask: np.ndarray, region: np.ndarray) -> np.ndarray:
    """Where the photo is as it was, (H, W) bool.

    Where hair is taken off, its lids do not count: painted or in shadow, they have not the colour of a forehead.
    """
    kept = (target_mask == source_mask) & ~region
    if ((source_mask == _SKIN) & find_labels(target_mask, _ON_HEAD)).any():
        eyes = find_labels(target_mask, _LIDS_AND_BROWS).astype(np.uint8)
        lids = (source_mask == _SKIN) & (cv2.dilate(eyes, disk(_LIDS)) > 0)
        if (kept & ~lids & (source_mask == _SKIN)).sum() >= _MUCH:
            kept &= ~lids
    return np.asarray(kept)


def _find_brow_color(crop: np.ndarray, target_mask: np.ndarray, region: np.ndarray) -> np.ndarray | None:
    """The colour (3,) of a photo's brows, which is that of the hair; None where none are to be seen.

    Over 206 faces whose hair was hidden from the DMN as well it misses the hair's mean by 27 of 255, the DMN's by 50.
    """
    brows = crop[find_labels(target_mask, _BROWS) & ~region]
    if len(brows) < _BROW_LEAST:
        return None
    brightness = brows @ np.array([0.299, 0.587, 0.114])
    return np.asarray(brows[brightness <= np.percentile(brightness, _BROW_HAIR)].mean(axis=0))


def _find_revealed(target_mask: np.ndarray, source_mask: np.ndarray, surface: int) -> np.ndarray | None:
    """How far the colour of each pixel (H, W), 0 to 1, is that of a surface of the photo around; None for nowhere.

    Wholly so where an eye or lips became skin, or the lens of glasses, or close to it: the DMN draws a hollow there, as
    if they were only hidden. For brows its skin serves better.
    """
    share = np.zeros(source_mask.shape, np.float32)
    for parts, amount in ((_OPENINGS, 1.0), (_ON_HEAD, _HEAD_CONTINUED)):
        revealed = (source_mask == surface) & find_labels(target_mask, parts)
        if revealed.any():
            grown = cv2.dilate(revealed.astype(np.uint8), disk(_LIDS)).astype(np.float32)
            share = np.maximum(share, amount * cv2.GaussianBlur(grown, (0, 0), _LIDS / 2))
    return share if share.any() else None


def _fill_in(sums: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Continue values smoothly into where none are known, by push and pull (Gortler et al. 1996, section 3.4).

    Args:
        sums: (h, w, 3) float32, known values times their weights.
        weight: (h, w) float32, 0 where nothing is known, not 0 everywhere.
    """
    levels = [(sums, weight)]
    while min(levels[-1][1].shape) > 1:
        levels.append((cv2.pyrDown(levels[-1][0]), cv2.pyrDown(levels[-1][1])))
    filled = levels[-1][0].reshape(*levels[-1][1].shape, 3) / np.maximum(levels[-1][1], _TINY)[..., None]
    for values, known in reversed(levels[:-1]):
        coarser = cv2.resize(filled, known.shape[::-1], interpolation=cv2.INTER_LINEAR)
        # Half a neighbourhood that is known decides by itself.
        share = np.minimum(2 * known, 1)
        coarser *= (1 - share)[..., None]
        filled = cv2.add(coarser, values * (share / np.maximum(known, _TINY))[..., None])
    return np.asarray(filled)


def _without_weave(image: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Average texture over the network's stride, every part by itself."""
    smooth = image.copy()
    for index in _TEXTURE:
        here = (labels == index).astype(np.uint8)
        if here.any():
            cv2.copyTo(_average_over_stride(image, here), here, smooth)
    return smooth


def _average_over_stride(image: np.ndarray, here: np.ndarray) -> np.ndarray:
    """The mean (H, W, 3) around each pixel of what lies in a part (H, W) uint8, 0 or 1."""
    weight = here.astype(np.float32)
    sums = cv2.blur(image * weight[..., None], (_STRIDE, _STRIDE))
    return np.asarray(sums / np.maximum(cv2.blur(weight, (_STRIDE, _STRIDE)), _TINY)[..., None])
