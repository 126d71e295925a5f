"""The other label order in circulation: face-parsing.PyTorch's by zllrunning, in which 17 is hair."""

from __future__ import annotations

import numpy as np

from maskgan_studio.labels import part_named

__all__ = ["convert_label_order", "is_doubtful", "looks_like_zllrunning", "order_by_photo"]

# fmt: off
_ZLLRUNNING = [
    "background", "skin", "l_brow", "r_brow", "l_eye", "r_eye", "eye_g", "l_ear", "r_ear", "ear_r",
    "nose", "mouth", "u_lip", "l_lip", "neck", "neck_l", "cloth", "hair", "hat",
]
# fmt: on
_TO_OFFICIAL = np.arange(256, dtype=np.uint8)
_TO_OFFICIAL[: len(_ZLLRUNNING)] = [part_named(name).index for name in _ZLLRUNNING]
# Answers that are enough to know.
_MANY = 8
# Smallest share of a mask that its photo can decide, and smallest share of that on which photo and reading agree.
_FEWEST_PIXELS, _AGREEMENT = 0.005, 0.4


def convert_label_order(labels: np.ndarray) -> np.ndarray:
    """Renumber a (H, W) uint8 label map from zllrunning's order to CelebAMask-HQ's."""
    return np.asarray(_TO_OFFICIAL[labels])


def looks_like_zllrunning(labels: np.ndarray) -> bool:
    """Tell whether a mask makes sense as a face only after `convert_label_order`.

    Asks each reading a few questions that hold for any upright face. A mask is suspected only where the official
    reading fails several of them and the other nearly none of many, so that unusual hand-painted masks pass.
    """
    official, converted = _both_readings(labels)
    return len(converted) >= _MANY and _share(converted) > 0.9 and _share(official) < 0.75


def is_doubtful(labels: np.ndarray) -> bool:
    """Tell whether a mask has too few parts to know its order from them, and parts of which the order matters.

    Beside its photo such a mask can be told: see `order_by_photo`.
    """
    official, _ = _both_readings(labels)
    if len(official) >= _MANY and _share(official) > 0.9:
        return False
    return any(_TO_OFFICIAL[label] != label for label in np.unique(labels))


def order_by_photo(labels: np.ndarray, parsed: np.ndarray) -> str | None:
    """Tell a mask's order by what the parser finds in its photo.

    Args:
        labels: the mask as read, (H, W) uint8; it may be an edited one.
        parsed: the photo's mask in the official order, (H, W) uint8.

    Returns:
        "celebamask" or "zllrunning", whichever agrees with the photo where the two differ; None where neither does.
    """
    converted = convert_label_order(labels)
    differ = converted != labels
    if differ.sum() < _FEWEST_PIXELS * differ.size:
        return None
    as_they_are, otherwise = ((reading == parsed)[differ].mean() for reading in (labels, converted))
    if max(as_they_are, otherwise) < _AGREEMENT:
        return None
    if otherwise > 2 * as_they_are:
        return "zllrunning"
    return "celebamask" if as_they_are > 2 * otherwise else None


def _both_readings(labels: np.ndarray) -> tuple[list[bool], list[bool]]:
    """What both readings of a mask answer: as it is, and converted."""
    # Every other pixel of every other row gives the same areas and heights, in a quarter of the time.
    sample = labels[::2, ::2]
    rows = np.arange(sample.shape[0])
    numbers = max(int(sample.max()) + 1, len(_ZLLRUNNING))
    by_row = np.bincount((sample + numbers * rows[:, None]).ravel(), minlength=numbers * len(rows))
    by_row = by_row.reshape(len(rows), numbers)
    area, weight = by_row.sum(axis=0), rows @ by_row
    official = _answers(area, weight, {name: part_named(name).index for name in _ZLLRUNNING})
    converted = _answers(area, weight, {name: index for index, name in enumerate(_ZLLRUNNING)})
    return official, converted


def _share(answers: list[bool]) -> float:
    return sum(answers) / len(answers) if answers else 1.0


def _answers(area: np.ndarray, weight: np.ndarray, index: dict[str, int]) -> list[bool]:
    """Answers to those questions whose parts are there; True is what a face would give.

    Args:
        area: number of pixels by label.
        weight: sum of their rows by label.
        index: label by part, in the reading that is asked.
    """
    height = {name: weight[i] / area[i] for name, i in index.items() if area[i]}
    above = [  # (a, b): a lies above b
        *(("l_brow", "l_eye"), ("r_brow", "r_eye"), ("l_eye", "nose"), ("r_eye", "nose"), ("nose", "u_lip")),
        *(("u_lip", "l_lip"), ("hair", "neck"), ("l_lip", "neck"), ("hair", "cloth"), ("l_brow", "nose")),
    ]
    larger = [("hair", "l_lip"), ("skin", "nose"), ("nose", "l_eye"), ("nose", "r_eye"), ("neck", "u_lip")]
    answers = [bool(height[a] < height[b]) for a, b in above if a in height and b in height]
    return answers + [bool(area[index[a]] > area[index[b]]) for a, b in larger if a in height and b in height]
