"""A batch taken in parts has the losses and gradients of the whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric

from maskgan_studio.errors import TrainingError
from maskgan_studio.networks import MaskVAE
from maskgan_studio.training.data.dataset import Batch
from maskgan_studio.training.recipe import Settings, load_recipe
from maskgan_studio.training.stages import ebst
from maskgan_studio.training.stages.dmn import DenseMappingStage
from maskgan_studio.training.stages.ebst import EditingBehaviorStage


def take_step(
    kind: type[DenseMappingStage], micro_batch: int, mask: np.ndarray, backend: str | None = None
) -> tuple[dict, dict, int]:
    """Losses, gradients and the most images that were drawn at once."""
    torch.manual_seed(0)
    recipe = load_recipe("tiny").with_micro_batch(micro_batch)
    settings = recipe.stage(kind.name)
    fabric = Fabric(accelerator="cpu", devices=1)
    first = DenseMappingStage(recipe.stage("dmn"), fabric)
    vae = MaskVAE(size=64, encoder_width=4, decoder_width=4, latent=16, max_channels=16)
    initial = {"dmn": first.generator, "discriminator": first.discriminator, "mask_vae": vae}
    torch.manual_seed(1)
    stage = kind(settings, fabric, initial)
    stage.set_learning_rate(0.0)  # Adam's first step turns rounding into whole steps where there is no gradient
    if backend:
        stage.compile(backend)
    masks = torch.from_numpy(np.stack([np.roll(mask, 3 * i, 1) for i in range(4)]))
    images = torch.rand(4, 3, 64, 64) * 2 - 1
    drawn = []
    stage.generator.register_forward_hook(lambda _, inputs, __: drawn.append(len(inputs[0])))
    losses = stage.step(Batch(images, masks, images, masks, masks.roll(1, 0), torch.zeros(4, 0)))
    networks = stage.networks.items()
    gradients = {
        f"{role}/{name}": p.grad
        for role, network in networks
        for name, p in network.named_parameters()
        if p.grad is not None
    }
    return losses, gradients, max(drawn)


@pytest.mark.parametrize("kind", [DenseMappingStage, EditingBehaviorStage])
def test_micro_batches_give_the_gradients_of_the_batch(kind, face_mask, monkeypatch):
    # An untrained MaskVAE decodes planes of one class, whose norms have no gradient to speak of.
    monkeypatch.setattr(ebst, "move_on_manifold", lambda _, masks, others, __: (masks, others))
    losses, gradients, most = take_step(kind, 0, face_mask)
    in_parts, of_parts, fewer = take_step(kind, 1, face_mask)
    assert (most, fewer) == (4, 1)
    assert losses.keys() == in_parts.keys() and gradients.keys() == of_parts.keys() and len(gradients) > 20
    for name, value in losses.items():
        torch.testing.assert_close(in_parts[name], value, rtol=1e-4, atol=1e-5)
    for name, gradient in gradients.items():
        # A bias before a norm has no gradient but rounding.
        assert (of_parts[name] - gradient).norm() < 0.05 * gradient.norm() + 1e-3, name


def test_the_steps_between_leave_the_discriminators_as_they_are(face_mask):
    table = load_recipe("tiny").stage("dmn").plain() | {"adversarial_every": 2, "l1_weight": 1.0}
    stage = DenseMappingStage(Settings(table, "mine"), Fabric(accelerator="cpu", devices=1))
    stage.set_learning_rate(1e-3)
    masks, images = torch.from_numpy(np.stack([face_mask] * 2)), torch.rand(2, 3, 64, 64) * 2 - 1
    batch = Batch(images, masks, images, masks, masks, torch.zeros(2, 0))
    for step, judged in ((0, True), (1, False)):
        before = [[p.clone() for p in network.parameters()] for network in (stage.discriminator, stage.generator)]
        losses = stage.step(replace(batch, step=step))
        after = [list(network.parameters()) for network in (stage.discriminator, stage.generator)]
        moved = [
            any(not torch.equal(*pair) for pair in zip(*sides, strict=True))
            for sides in zip(before, after, strict=True)
        ]
        assert moved == [judged, True]
        assert ("real" in losses) == judged and "l1" in losses


def test_a_resumed_run_may_use_other_micro_batches():
    recipe = load_recipe("tiny")
    assert recipe.with_micro_batch(2).digest("dmn") == recipe.digest("dmn")


def test_micro_batches_that_do_not_divide_the_batch_are_refused(faces, train_stages, tmp_path):
    with pytest.raises(TrainingError, match="cannot be taken 3 at a time"):
        train_stages(faces, tmp_path / "run", "dmn", micro_batch=3)


@pytest.mark.parametrize("kind", [DenseMappingStage, EditingBehaviorStage])
def test_compiled_networks_learn_the_same(kind, face_mask, monkeypatch):
    """By the passes that are traced; machine code is made of them on a GPU."""
    monkeypatch.setattr(ebst, "move_on_manifold", lambda _, masks, others, __: (masks, others))
    plain, of_plain, _ = take_step(kind, 0, face_mask)
    compiled, of_compiled, _ = take_step(kind, 0, face_mask, "aot_eager")
    assert plain.keys() == compiled.keys() and of_plain.keys() == of_compiled.keys()
    for name, value in plain.items():
        torch.testing.assert_close(compiled[name], value, rtol=1e-4, atol=1e-5)
    for name, gradient in of_plain.items():
        assert (of_compiled[name] - gradient).norm() < 0.05 * gradient.norm() + 1e-3, name
