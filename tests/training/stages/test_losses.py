"""The paper's terms against values known by other ways."""

from __future__ import annotations

import math

import pytest
import torch
from safetensors.torch import save_file
from torch.distributions import Normal
from torch.distributions import kl_divergence as reference_divergence

from maskgan_studio.errors import StudioError
from maskgan_studio.networks.perceptual import SqueezeNetFeatures
from maskgan_studio.training.stages.losses import (
    PerceptualLoss,
    adversarial_loss,
    feature_matching_loss,
    kl_divergence,
)
from maskgan_studio.training.stages.parser import dice_loss
from maskgan_studio.training.stages.segmentation_scores import LabelScores


def judgement(*values: float) -> list[list[torch.Tensor]]:
    """One scale per value; features of no interest before the judgement."""
    return [[torch.randn(1, 3, 4, 4), torch.full((1, 1, 2, 2), value)] for value in values]


def test_least_squares_loss_of_known_judgements():
    assert adversarial_loss(judgement(1.0, 1.0), True, "lsgan").item() == 0
    assert adversarial_loss(judgement(0.25, -1.0), True, "lsgan").item() == pytest.approx(0.75**2 + 2**2)
    assert adversarial_loss(judgement(0.25, -1.0), False, "lsgan").item() == pytest.approx(0.25**2 + 1)


def test_log_loss_of_known_judgements():
    assert adversarial_loss(judgement(0.0), True, "log").item() == pytest.approx(math.log(2))
    certain = -math.log(1 / (1 + math.exp(-3.0)))
    assert adversarial_loss(judgement(-3.0), False, "log").item() == pytest.approx(certain, rel=1e-5)


def test_feature_matching_weighs_layers_as_released():
    """Four layers before the judgement: each counts 4 / 4; the mean over the scales; the judgement does not count."""
    real = [[torch.zeros(1, 2, 3, 3)] * 4 + [torch.zeros(1, 1, 3, 3)] for _ in range(2)]
    fake = [[torch.full((1, 2, 3, 3), 0.5)] * 4 + [torch.full((1, 1, 3, 3), 9.0)] for _ in range(2)]
    assert feature_matching_loss(real, fake).item() == pytest.approx(4 * 0.5)


def test_real_features_get_no_gradient():
    real = [[torch.ones(1, 1, 2, 2, requires_grad=True), torch.zeros(1, 1, 1, 1)]]
    fake = [[torch.zeros(1, 1, 2, 2, requires_grad=True), torch.zeros(1, 1, 1, 1)]]
    feature_matching_loss(real, fake).backward()
    assert real[0][0].grad is None and fake[0][0].grad is not None


def test_divergence_agrees_with_torch_distributions():
    mean, log_variance = torch.randn(5, 7), torch.randn(5, 7)
    wanted = reference_divergence(Normal(mean, (log_variance / 2).exp()), Normal(0.0, 1.0)).sum(1).mean()
    torch.testing.assert_close(kl_divergence(mean, log_variance), wanted)
    assert kl_divergence(torch.zeros(2, 3), torch.zeros(2, 3)) == 0


@pytest.fixture(scope="module")
def squeezenet_file(tmp_path_factory):
    torch.manual_seed(0)
    file = tmp_path_factory.mktemp("features") / "squeezenet.safetensors"
    save_file(SqueezeNetFeatures().state_dict(), file)
    return file


def test_equal_pictures_are_no_perceptual_distance_apart(squeezenet_file):
    loss = PerceptualLoss(squeezenet_file)
    a, b = torch.rand(2, 1, 3, 64, 64) * 2 - 1
    assert loss(a, a) == 0
    assert loss(a, b) > 0
    assert loss.distance(a, a).item() == pytest.approx(0, abs=1e-6)
    assert loss.distance(a, b).item() > 1e-3


def test_what_the_perceptual_network_sees_moves_but_has_one_size(squeezenet_file, monkeypatch):
    loss, seen = PerceptualLoss(squeezenet_file), []
    loss.margin = 15
    monkeypatch.setattr(loss.features, "forward", lambda image: seen.append(image) or [torch.zeros(1)] * 5)
    image = torch.rand(1, 3, 64, 64)
    for loss.offset in ((0, 0), (15, 4)):
        loss(image, image)
    assert torch.equal(seen[0], image[..., :49, :49]) and torch.equal(seen[2], image[..., 15:, 4:53])


def test_the_perceptual_network_stays_fixed_and_the_picture_is_pulled(squeezenet_file):
    loss = PerceptualLoss(squeezenet_file)
    made, wanted = (torch.rand(1, 3, 64, 64, requires_grad=True) for _ in range(2))
    loss(made, wanted).backward()
    assert made.grad is not None and made.grad.abs().sum() > 0
    assert wanted.grad is None
    assert all(parameter.grad is None for parameter in loss.parameters())


@pytest.mark.parametrize("content", [None, b"no weights", {"other": torch.zeros(1)}])
def test_other_files_are_refused_by_name(tmp_path, content):
    file = tmp_path / "features.safetensors"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        save_file(content, file)
    with pytest.raises(StudioError, match=r"features\.safetensors"):
        PerceptualLoss(file)


def test_dice_counts_the_classes_that_are_there():
    truth = torch.zeros(1, 3, 2, 2)
    truth[:, 0] = 1
    assert dice_loss(truth, truth).item() == pytest.approx(0, abs=1e-6)
    half = torch.full((1, 3, 2, 2), 0.5)
    assert dice_loss(half, truth).item() == pytest.approx(1 - (2 * 2 + 1) / (2 + 4 + 1))


def test_scores_of_a_known_confusion():
    scores = LabelScores()
    scores.add(torch.tensor([[0, 0, 1, 1, 13]]), torch.tensor([[0, 1, 1, 1, 0]]))
    assert scores.pixel_accuracy == pytest.approx(3 / 5)
    assert scores.class_f1 == pytest.approx({0: 0.5, 1: 0.8, 13: 0.0})
    assert scores.mean_f1 == pytest.approx(0.4)  # the background does not count
