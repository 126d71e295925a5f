"""Face verification: is the edited face still the same person (paper table 4)?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from maskgan_studio.errors import WeightsError

#: Side at which the paper shows faces to ArcFace.
_SIDE = 112
#: Share of pairs of different people's photos that may pass for the same person.
FALSE_ACCEPTANCE = 0.001


class Verifier(Protocol):
    """A network that tells whether two photos show the same person.

    Attributes:
        title: what it is, in words; empty for the paper's own.
        similarity_title: of the column of similarities.
        own_threshold: similarity from which on its author calls two photos the same person's; None where none is known.
    """

    title: str
    similarity_title: str
    own_threshold: float | None

    def embedding(self, photo: np.ndarray) -> np.ndarray:
        """Vector (D,) of a face crop uint8 (H, W, 3) RGB."""

    def similarity(self, one: np.ndarray, other: np.ndarray) -> float:
        """How alike two embeddings are; more is more alike."""


class ArcFace:
    """Face embeddings by an ONNX file, run by OpenCV.

    Args:
        file: ArcFace or a network of the same interface: (1, 3, 112, 112), RGB as (x - 127.5) / 127.5, to (1, D).

    Raises:
        WeightsError: the file is missing, or OpenCV cannot run it.
    """

    title = ""
    similarity_title = "Cosine similarity"
    own_threshold: float | None = None

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise WeightsError(f"There is no ArcFace file {file}; give an ONNX file with --arcface.")
        try:
            self._network = cv2.dnn.readNetFromONNX(str(file))
            self.embedding(np.zeros((_SIDE, _SIDE, 3), np.uint8))
        except cv2.error as error:
            raise WeightsError(f"{file} cannot be run as an ONNX face network ({error.err}).") from None

    def embedding(self, photo: np.ndarray) -> np.ndarray:
        """Unit vector (D,) of a face crop uint8 (H, W, 3) RGB, resized to 112 x 112 as in the paper."""
        small = cv2.resize(photo, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
        self._network.setInput(cv2.dnn.blobFromImage(small, 1 / 127.5, mean=(127.5, 127.5, 127.5)))
        vector = self._network.forward().reshape(-1).astype(np.float64)
        length = np.linalg.norm(vector)
        return vector / length if length > 0 else vector

    def similarity(self, one: np.ndarray, other: np.ndarray) -> float:
        """Cosine similarity of two embeddings."""
        return float(one @ other)


def find_impostor_threshold(
    verifier: Verifier, embeddings: Sequence[np.ndarray], rate: float = FALSE_ACCEPTANCE
) -> float:
    """The similarity that only ``rate`` of all pairs of different people's photos exceed.

    Args:
        verifier: compares.
        embeddings: of at least two different people's photos.
        rate: share of false acceptances.
    """
    similarities = [verifier.similarity(one, other) for one, other in combinations(embeddings, 2)]
    return float(np.quantile(similarities, 1 - rate))
