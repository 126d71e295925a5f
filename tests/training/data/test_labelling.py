"""Masks for images that have none, and where the parser that found them was not sure."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maskgan_studio.labels import UNSET
from maskgan_studio.networks import FaceParser
from maskgan_studio.photo.datasets import open_source, read_mask
from maskgan_studio.training.data.dataset import DecodedImages
from maskgan_studio.training.data.labelling import label_source
from maskgan_studio.training.data.streaming import ImageStream

CPU = torch.device("cpu")


@pytest.fixture
def images(faces):
    return open_source(str(faces / "CelebA-HQ-img"))


def learned_masks(samples, cache):
    """Masks (N, 64, 64) as they are trained on."""
    return np.stack(list(ImageStream(samples, 64, cache, CPU, limit=2**20).masks()))


class HalfSure(FaceParser):
    """Finds skin: surely in the left half, with 60 % in the right one."""

    def probabilities(self, image, thorough=True):
        found = torch.zeros(len(image), 19, *image.shape[-2:])
        found[:, 1] = 0.6
        found[:, 1, :, : image.shape[-1] // 2] = 1.0
        return found


def test_guesses_are_no_labels_in_training_but_masks_everywhere_else(images, tmp_path):
    labelled = label_source(images, HalfSure(width=4), tmp_path / "labels", CPU, confidence=0.7)
    samples = labelled.samples[:2]
    assert (read_mask(samples[0], 64) == 1).all()
    learned = learned_masks(samples, tmp_path / "cache")
    assert (learned[:, :, :32] == 1).all() and (learned[:, :, 32:] == UNSET).all()
    assert (DecodedImages(samples, 64, tmp_path / "cache", CPU).masks == 1).all()


def test_another_confidence_labels_again_and_none_keeps_all(images, tmp_path):
    label_source(images, HalfSure(width=4), tmp_path, CPU)
    sure = label_source(images, HalfSure(width=4), tmp_path, CPU)
    assert all(sample.unsure is None for sample in sure.samples)
    again = label_source(images, HalfSure(width=4), tmp_path, CPU, confidence=0.5)
    learned = learned_masks(again.samples[:1], tmp_path / "cache")
    assert np.array_equal(np.unique(learned), [1])
