"""The other label order in circulation: face-parsing.PyTorch's by zllrunning, in which 17 is hair."""

from __future__ import annotations

import numpy as np

from ..labels import part_named

__all__ = ["convert_label_order", "looks_like_zllrunning"]

# fmt: off
_ZLLRUNNING = [
    "background", "skin", "l_brow", "r_brow", "l_eye", "r_eye", "eye_g", "l_ear", "r_ear", "ear_r",
    "nose", "mouth", "u_lip", "l_lip", "neck", "neck_l", "cloth", "hair", "hat",
]
# fmt: on
_TO_OFFICIAL = np.arange(256, dtype=np.uint8)
_TO_OFFICIAL[: len(_ZLLRUNNING)] = [part_named(name).index for name in _ZLLRUNNING]


def convert_label_order(labels: np.ndarray) -> np.ndarray:
    """Renumber a (H, W) uint8 label map from zllrunning's order to CelebAMask-HQ's."""
    return _TO_OFFICIAL[labels]


def looks_like_zllrunning(labels: np.ndarray) -> bool:
    """Tell whether a mask makes sense as a face only after `convert_label_order`.

    Asks each reading a few questions that hold for any upright face. A mask is suspected only where the official
    reading fails several of them and the other nearly none of many, so that odd masks somebody paints pass.
    """
    converted, official = _answers(convert_label_order(labels)), _answers(labels)
    return len(converted) >= 8 and _share(converted) > 0.9 and _share(official) < 0.75


def _share(answers: list[bool]) -> float:
    return sum(answers) / len(answers) if answers else 1.0


def _answers(labels: np.ndarray) -> list[bool]:
    """Answers to those questions whose parts are there; True is what a face would give."""
    area = np.bincount(labels.ravel(), minlength=256)
    rows = np.arange(labels.shape[0])[:, None]
    weight = np.bincount(labels.ravel(), weights=np.broadcast_to(rows, labels.shape).ravel(), minlength=256)
    index = {name: part_named(name).index for name in _ZLLRUNNING}
    height = {name: weight[i] / area[i] for name, i in index.items() if area[i]}
    above = [  # (a, b): a lies above b
        *(("l_brow", "l_eye"), ("r_brow", "r_eye"), ("l_eye", "nose"), ("r_eye", "nose"), ("nose", "u_lip")),
        *(("u_lip", "l_lip"), ("hair", "neck"), ("l_lip", "neck"), ("hair", "cloth"), ("l_brow", "nose")),
    ]
    larger = [("hair", "l_lip"), ("skin", "nose"), ("nose", "l_eye"), ("nose", "r_eye"), ("neck", "u_lip")]
    answers = [bool(height[a] < height[b]) for a, b in above if a in height and b in height]
    return answers + [bool(area[index[a]] > area[index[b]]) for a, b in larger if a in height and b in height]
