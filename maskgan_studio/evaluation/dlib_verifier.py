"""Face verification with dlib's ResNet, which can be installed: 99.38 % on LFW by its author, public domain.

It is not ArcFace, which the paper used: figures of the two cannot be compared.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from maskgan_studio.errors import WeightsError

__all__ = ["DlibResNet"]

_NETWORK, _LANDMARKS = "dlib_face_recognition_resnet_model_v1.dat", "shape_predictor_5_face_landmarks.dat"
# Where the face is in a CelebA-HQ crop, as shares of its side (left, top, right, bottom): the detector's usual answer.
_USUAL = (0.19, 0.30, 0.79, 0.91)
# Distances below this are one person, by dlib's author.
_SAME_PERSON = 0.6


class DlibResNet:
    """Face descriptors by dlib's ResNet-29 on faces that dlib itself finds and aligns.

    Raises:
        WeightsError: dlib cannot read the installed files.
    """

    title = "dlib's ResNet, not ArcFace"
    similarity_title = "1 - distance of dlib's descriptors"
    #: Similarity from which on the network's author takes two photos for the same person's.
    own_threshold: float | None = 1 - _SAME_PERSON

    def __init__(self) -> None:
        folder = _models_folder()
        if folder is None:
            raise WeightsError("dlib is missing; install it with: pip install 'maskgan-studio[identity]'")
        # dlib has no types to check against.
        self._dlib: Any = import_module("dlib")
        try:
            self._network = self._dlib.face_recognition_model_v1(str(folder / _NETWORK))
            self._landmarks = self._dlib.shape_predictor(str(folder / _LANDMARKS))
        except RuntimeError as error:
            raise WeightsError(
                "dlib cannot read its networks ({reason}); install them again with: pip install --force-reinstall "
                "face-recognition-models",
                reason=error,
            ) from None
        self._detector = self._dlib.get_frontal_face_detector()

    @staticmethod
    def is_installed() -> bool:
        """Whether dlib and its networks are there (the extra ``identity``)."""
        return find_spec("dlib") is not None and _models_folder() is not None

    def embedding(self, photo: np.ndarray) -> np.ndarray:
        """Descriptor (128,) of a face crop uint8 (H, W, 3) RGB, framed like CelebA-HQ."""
        photo = np.ascontiguousarray(photo)
        found = self._detector(photo, 0)
        if found:
            face = max(found, key=lambda box: box.area())
        else:
            height, width = photo.shape[:2]
            sides = np.multiply(_USUAL, (width, height, width, height)).round().astype(int)
            face = self._dlib.rectangle(*sides.tolist())
        chip = self._dlib.get_face_chip(photo, self._landmarks(photo, face))
        return np.array(self._network.compute_face_descriptor(chip), np.float64)

    def similarity(self, one: np.ndarray, other: np.ndarray) -> float:
        """1 minus the Euclidean distance of two descriptors: more is more alike."""
        return 1 - float(np.linalg.norm(one - other))


def _models_folder() -> Path | None:
    """The networks' folder; the package that brings them is looked for, not imported: its import needs setuptools."""
    spec = find_spec("face_recognition_models")
    for root in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = Path(root) / "models"
        if (folder / _NETWORK).is_file() and (folder / _LANDMARKS).is_file():
            return folder
    return None
