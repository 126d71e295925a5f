"""Attribute classification accuracy: does the result have the attributes it should have (paper section 5.3)?"""

from __future__ import annotations

from typing import cast

import numpy as np
import torch

from maskgan_studio.engine.tensors import image_to_tensor
from maskgan_studio.evaluation.methods import Case
from maskgan_studio.networks import AttributeClassifier
from maskgan_studio.weights import WeightSet

_CPU = torch.device("cpu")


class AttributeEvaluator:
    """The classifiers of a set of weights.

    Args:
        weights: a set that has the role "attributes".
    """

    def __init__(self, weights: WeightSet) -> None:
        self._network = cast(AttributeClassifier, weights.load("attributes"))
        self.attributes = self._network.attributes

    @torch.inference_mode()
    def classify(self, image: np.ndarray) -> dict[str, bool]:
        """The attributes of a face crop uint8 (H, W, 3)."""
        probabilities = self._network.probabilities(image_to_tensor(image, _CPU))[0].tolist()
        return {name: value > 0.5 for name, value in zip(self.attributes, probabilities, strict=True)}

    def expected(self, case: Case) -> dict[str, bool]:
        """What the result should have: as annotated, else as the classifier sees it in the real photo."""
        assert case.photo_of_expected is not None
        return self.classify(case.photo_of_expected) | case.expected


def correct(found: dict[str, bool], expected: dict[str, bool]) -> dict[str, float]:
    """Per attribute that is in both: 100 where found and expected agree, else 0."""
    return {name: 100.0 * (found[name] == expected[name]) for name in expected if name in found}
