"""Copy-paste of rare parts: hats, glasses, earrings and necklaces of other faces, with their pixels, onto this one.

Few photos have them, so a parser sees each of them on the same few people. Pasted onto everybody else they teach what
the part looks like, not who wears it (Ghiasi et al., Simple Copy-Paste, CVPR 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from maskgan_studio.labels import UNSET, part_named
from maskgan_studio.photo.kernels import disk

__all__ = ["RARE_PARTS", "PartPaster"]

#: What is pasted.
RARE_PARTS = ("eye_g", "hat", "ear_r", "neck_l")
_SKIN, _NECK, _CLOTHES = (part_named(name).index for name in ("skin", "neck", "cloth"))
_LEFT_EYE, _RIGHT_EYE = part_named("l_eye").index, part_named("r_eye").index
_LEFT_EAR, _RIGHT_EAR = part_named("l_ear").index, part_named("r_ear").index
_GLASSES, _HAT, _EARRING, _NECKLACE = (part_named(name).index for name in RARE_PARTS)
# Share of the picture from which on a part is worth pasting: smaller ones are slips of the annotator.
_SMALLEST = 1e-4
# Where the person's left and right eye are in a CelebA-HQ crop, as shares of its size.
_EYES = np.array([[0.618, 0.475], [0.370, 0.475]])
# Of the pasted outline, as a share of the picture's size.
_SOFTNESS = 0.003
_JITTER_SHIFT, _JITTER_SCALE = 0.012, 0.06


class _Donor(NamedTuple):
    """A rare part of a face: the index of the face, the class, and for an earring the ear that wears it."""

    face: int
    part: int
    ear: int = 0


class PartPaster:
    """Puts a random rare part of another face onto a face.

    Args:
        images, masks: all faces, uint8 (N, S, S, 3) and (N, S, S), framed alike. Faces with pixels of no class
            (``UNSET``) receive parts but give none: their labels are a parser's.
    """

    def __init__(self, images: Sequence[np.ndarray], masks: Sequence[np.ndarray]) -> None:
        self._images, self._masks = images, masks
        found = [donor for face, labels in enumerate(masks) for donor in _find_donors(face, np.asarray(labels))]
        parts = sorted({donor.part for donor in found})
        self._donors = [[donor for donor in found if donor.part == part] for part in parts]

    def paste(self, image: np.ndarray, labels: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Return copies of an image uint8 (S, S, 3) and its mask uint8 (S, S) with a part pasted; the same arrays where
        the part that was drawn does not fit this face."""
        if not self._donors:
            return image, labels
        of_part = self._donors[rng.integers(len(self._donors))]
        donor = of_part[rng.integers(len(of_part))]
        if donor.part != _EARRING and (labels == donor.part).any():
            return image, labels
        theirs = np.asarray(self._masks[donor.face])
        matrix = _placement(donor, theirs, labels, rng)
        if matrix is None:
            return image, labels
        size = labels.shape[::-1]
        soft = cv2.GaussianBlur(_region(donor, theirs).astype(np.float32), (0, 0), max(0.5, _SOFTNESS * size[0]))
        alpha = cv2.warpAffine(soft, matrix, size, flags=cv2.INTER_LINEAR)
        solid = alpha > 0.5
        if not solid.any() or not _fits(donor, solid, labels):
            return image, labels
        moved_labels = cv2.warpAffine(
            theirs, matrix, size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=int(UNSET)
        )
        their_image = np.asarray(self._images[donor.face])
        moved = cv2.warpAffine(their_image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        moved = moved.astype(np.float32) * _brightness(image, labels, their_image, theirs)
        pasted = image + alpha[..., None] * (moved - image)
        result = labels.copy()
        result[solid] = donor.part
        # Eyes stay visible through glasses.
        eyes = solid & ((moved_labels == _LEFT_EYE) | (moved_labels == _RIGHT_EYE))
        result[eyes] = moved_labels[eyes]
        return pasted.clip(0, 255).astype(np.uint8), result


def _find_donors(face: int, labels: np.ndarray) -> list[_Donor]:
    if (labels == UNSET).any():
        return []
    counts = np.bincount(labels.ravel(), minlength=256)
    least = _SMALLEST * labels.size
    found = [_Donor(face, part) for part in (_HAT, _NECKLACE) if counts[part] > least]
    if counts[_GLASSES] > least and _worn_in_front(labels):
        found.append(_Donor(face, _GLASSES))
    if counts[_EARRING] > least:
        found += [
            _Donor(face, _EARRING, ear)
            for ear in (_LEFT_EAR, _RIGHT_EAR)
            if counts[ear] > least and _earring_at(labels, ear).sum() > least
        ]
    return found


def _worn_in_front(labels: np.ndarray) -> bool:
    """Whether the glasses lie over both eyes, not over the hair nor seen from the side."""
    rows, columns = np.nonzero(labels == _GLASSES)
    across = np.hypot(*(np.mean([columns, rows], axis=1) - _eyes(labels).mean(0)))
    return bool(across < 0.06 * len(labels) and np.ptp(columns) > 0.3 * len(labels))


def _region(donor: _Donor, labels: np.ndarray) -> np.ndarray:
    """The donor's pixels that are pasted, bool (S, S)."""
    if donor.part == _EARRING:
        return _earring_at(labels, donor.ear)
    region = labels == donor.part
    if donor.part == _GLASSES:
        near = cv2.dilate(region.astype(np.uint8), disk(labels.shape[0] // 32)) > 0
        region = region | (near & ((labels == _LEFT_EYE) | (labels == _RIGHT_EYE)))
    return region


def _earring_at(labels: np.ndarray, ear: int) -> np.ndarray:
    """The earring's pixels on the side of an ear."""
    eyes = _eyes(labels)
    middle = eyes[:, 0].mean()
    columns = np.arange(labels.shape[1])
    side = columns > middle if ear == _LEFT_EAR else columns < middle
    return (labels == _EARRING) & side[None]


def _eyes(labels: np.ndarray) -> np.ndarray:
    """Centres (x, y) of the person's left and right eye, (2, 2); the usual ones where an eye is hidden."""
    found = []
    for eye, usual in zip((_LEFT_EYE, _RIGHT_EYE), _EYES, strict=True):
        rows, columns = np.nonzero(labels == eye)
        found.append((columns.mean(), rows.mean()) if len(rows) else usual * labels.shape[::-1])
    eyes = np.array(found, np.float64)
    # Exchanged or nearly covered eyes would turn the part upside down.
    return eyes if eyes[0, 0] - eyes[1, 0] > 0.1 * labels.shape[1] else _EYES * labels.shape[::-1]


def _lobe(labels: np.ndarray, ear: int) -> np.ndarray | None:
    """The lowest point (x, y) of an ear, or None where it is hidden."""
    rows, columns = np.nonzero(labels == ear)
    if len(rows) < _SMALLEST * labels.size:
        return None
    low = rows >= np.quantile(rows, 0.9)
    return np.array([columns[low].mean(), rows[low].mean()])


def _placement(donor: _Donor, theirs: np.ndarray, labels: np.ndarray, rng: np.random.Generator) -> np.ndarray | None:
    """The similarity (2, 3) that brings the donor's part to its place on the face: by the eyes, earrings by the ear."""
    source, target = _eyes(theirs), _eyes(labels)
    across, wanted = source[0] - source[1], target[0] - target[1]
    scale = np.hypot(*wanted) / np.hypot(*across) * (1 + rng.uniform(-1, 1) * _JITTER_SCALE)
    angle = np.arctan2(wanted[1], wanted[0]) - np.arctan2(across[1], across[0])
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if donor.part == _EARRING:
        begin, end = _lobe(theirs, donor.ear), _lobe(labels, donor.ear)
        if begin is None or end is None:
            return None
    else:
        begin, end = source.mean(0), target.mean(0)
    shift = end - turn @ begin + rng.uniform(-1, 1, 2) * _JITTER_SHIFT * labels.shape[0]
    return np.column_stack([turn, shift])


def _fits(donor: _Donor, solid: np.ndarray, labels: np.ndarray) -> bool:
    """A necklace lies on neck, skin or clothes; hair over them would be covered."""
    if donor.part != _NECKLACE:
        return True
    below = np.isin(labels[solid], (_SKIN, _NECK, _CLOTHES))
    return bool(below.mean() > 0.8)


def _brightness(image: np.ndarray, labels: np.ndarray, other: np.ndarray, theirs: np.ndarray) -> float:
    """The factor that gives the other face's skin the brightness of this one's."""
    mine, of_other = image[labels == _SKIN], other[theirs == _SKIN]
    if not len(mine) or not len(of_other):
        return 1.0
    return float(np.clip((mine.mean() + 1) / (of_other.mean() + 1), 0.6, 1.6))
