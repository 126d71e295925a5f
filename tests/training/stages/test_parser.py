"""The parser's step: what pixels of no class teach, and self-training through the command's own path."""

from __future__ import annotations

import json

import pytest
import torch
import torch.nn.functional as F
from lightning_fabric import Fabric

from maskgan_studio.labels import UNSET
from maskgan_studio.networks.face_parser import sample_bilinear_phase
from maskgan_studio.training.data.dataset import Batch
from maskgan_studio.training.recipe import Settings, load_recipe
from maskgan_studio.training.run import Job, train
from maskgan_studio.training.stages.parser import ParserStage


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("column", [0, 1])
def test_a_phase_is_every_second_pixel_of_the_enlarged_logits(row, column):
    coarse = torch.randn(2, 3, 5, 7, generator=torch.Generator().manual_seed(0))
    full = F.interpolate(coarse, scale_factor=2, mode="bilinear")
    torch.testing.assert_close(sample_bilinear_phase(coarse, row, column), full[:, :, row::2, column::2])


def test_pixels_of_no_class_teach_nothing(face_mask):
    settings = load_recipe("tiny").stage("parser").plain() | {"class_weights": {"hair": 3.0}}
    fabric = Fabric(accelerator="cpu", devices=1)
    masks = torch.from_numpy(face_mask)[None].repeat(2, 1, 1)
    masks[:, 32:] = UNSET
    images = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))

    def losses(shown: torch.Tensor) -> dict[str, float]:
        torch.manual_seed(3)
        stage = ParserStage(Settings(settings, "test"), fabric)
        stage.network.coarse_logits = lambda _: logits  # type: ignore[method-assign]
        logits = shown.requires_grad_()
        values = stage.step(Batch(images, masks, images, masks, masks, torch.zeros(2, 0)))
        assert logits.grad is not None
        assert logits.grad[:, :, 17:].abs().max() == 0 < logits.grad[:, :, :15].abs().max()
        return {name: value.item() for name, value in values.items()}

    logits = torch.randn(2, 19, 32, 32, generator=torch.Generator().manual_seed(1))
    other = logits.clone()
    other[:, :, 17:] = 5.0
    assert losses(logits) == losses(other)


def test_self_training_learns_from_images_without_masks(faces, make_faces, tiny_set, tmp_path):
    unlabelled = make_faces(tmp_path / "more", 5) / "CelebA-HQ-img"
    recipe = tmp_path / "mine.toml"
    tables = "class_weights = { hat = 2.0 }\npaste_share = 1.0\nlabel_confidence = 0.06\n[parser.augmentation]"
    (recipe).write_text(_tiny_text().replace("[parser.augmentation]", tables))
    data = [str(faces), str(unlabelled)]
    train(Job(["parser"], data, str(recipe), tmp_path / "run", init=str(tiny_set), device="cpu", steps=2))
    assert len(list((tmp_path / "run" / "labels").glob("teacher-*/below-0.06/*.png"))) == 5
    figures = json.loads((tmp_path / "run" / "parser" / "figures.json").read_text())
    assert 0 <= figures["pixel_accuracy"] <= 1


def _tiny_text() -> str:
    from importlib import resources

    return resources.files("maskgan_studio.training").joinpath("recipes", "tiny.toml").read_text(encoding="utf-8")
