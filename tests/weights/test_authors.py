"""The authors' checkpoints load, and our networks compute what the authors' networks compute."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch

from maskgan_studio.errors import WeightsError
from maskgan_studio.networks import AlphaBlender, DenseMappingNetwork, MaskVAE, MultiscaleDiscriminator
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.weights import load_authors_checkpoint

FIXTURE = Path(__file__).resolve().parents[1] / "data" / "official-parity"
FILES = {
    "dmn": "latest_net_G.pth",
    "alpha_blender": "latest_net_B.pth",
    "discriminator": "latest_net_D.pth",
    "mask_vae": "vae.pth",
}


@pytest.fixture(params=["tiny", "small"])
def parity(request) -> Path:
    """The tiny fixture of the repository, and the larger one beside the checkout where it is there."""
    return FIXTURE if request.param == "tiny" else request.getfixturevalue("shared_data") / "official-parity"


@pytest.fixture
def vectors(parity):
    return np.load(parity / "vectors.npz")


def planes(labels: np.ndarray) -> torch.Tensor:
    return one_hot(torch.from_numpy(labels)[None])


def assert_reproduced(actual: torch.Tensor, expected: np.ndarray) -> None:
    """Agree to 1e-4 of the array's largest value."""
    np.testing.assert_allclose(actual.detach().numpy(), expected, rtol=0, atol=1e-4 * np.abs(expected).max())


@torch.no_grad()
def test_generator_and_style_vectors(parity, vectors):
    network = load_authors_checkpoint(parity / FILES["dmn"], "dmn")
    source, target = planes(vectors["source_mask"]), planes(vectors["target_mask"])
    image = torch.from_numpy(vectors["target_image"])
    style = network.encode_style(image, target)
    assert_reproduced(style, vectors["style"].reshape(1, -1))
    assert_reproduced(network(source, target, image), vectors["generated"])
    assert_reproduced(network.generate(target, style), vectors["reconstructed"])


@torch.no_grad()
def test_blend_vectors(parity, vectors):
    network = load_authors_checkpoint(parity / FILES["alpha_blender"], "alpha_blender")
    blend, alpha = network(torch.from_numpy(vectors["generated"]), torch.from_numpy(vectors["reconstructed"]))
    assert_reproduced(alpha, vectors["alpha"])
    assert_reproduced(blend, vectors["blend"])


@torch.no_grad()
def test_discriminator_vectors(parity, vectors):
    network = load_authors_checkpoint(parity / FILES["discriminator"], "discriminator")
    features = network(planes(vectors["source_mask"]), torch.from_numpy(vectors["generated"]))
    expected = [name for name in vectors if name.startswith("disc_")]
    assert len(expected) == sum(len(scale) for scale in features)
    for name in expected:
        scale, layer = (int(number) for number in name.split("_")[1:])
        assert_reproduced(features[scale][layer], vectors[name])


@torch.no_grad()
def test_mask_vae_vectors(parity, vectors):
    network = load_authors_checkpoint(parity / FILES["mask_vae"], "mask_vae")
    mean, log_variance = network.encode(planes(vectors["vae_mask"]))
    assert_reproduced(mean, vectors["vae_mu"])
    assert_reproduced(log_variance, vectors["vae_logvar"])
    logits = network.decode(torch.from_numpy(vectors["vae_mu"]))
    corner = vectors["vae_decoded_corner"]
    assert_reproduced(logits[:, :, : corner.shape[2], : corner.shape[3]], corner)
    if "vae_decoded_argmax" in vectors:
        np.testing.assert_array_equal(logits.argmax(1)[0].numpy(), vectors["vae_decoded_argmax"])


@pytest.mark.parametrize(("kind", "file"), FILES.items())
def test_the_kind_is_recognised_by_the_keys(kind, file):
    assert type(load_authors_checkpoint(FIXTURE / file)) is type(load_authors_checkpoint(FIXTURE / file, kind))


def test_every_full_size_key_has_its_place(shared_data, tmp_path):
    """The keys and shapes of the files that people have, checked without their 700 MB of values."""
    full = json.loads((shared_data / "official-parity" / "full_size_keys.json").read_text())
    for name, network in {
        "G": DenseMappingNetwork,
        "B": AlphaBlender,
        "D": MultiscaleDiscriminator,
        "VAE": MaskVAE,
    }.items():
        # One stored value behind every tensor: a file of a few kB with the full shapes.
        state = {
            key: torch.zeros(1, dtype=torch.int64 if "batches" in key else torch.float32).expand(shape)
            if shape
            else torch.zeros((), dtype=torch.int64)
            for key, shape in full[name].items()
        }
        torch.save(state, tmp_path / "full.pth")
        loaded = load_authors_checkpoint(tmp_path / "full.pth")
        assert type(loaded) is network
        with torch.device("meta"):
            expected = network().state_dict()
        assert {k: v.shape for k, v in loaded.state_dict().items()} == {k: v.shape for k, v in expected.items()}


class Hostile:
    def __reduce__(self):
        return (Path.touch, (Path("executed"),))


def hostile(path: Path) -> None:
    path.write_bytes(pickle.dumps({"enc_style.model.0.conv.weight": Hostile()}, protocol=2))


def truncated(path: Path) -> None:
    content = (FIXTURE / FILES["dmn"]).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def other_network(path: Path) -> None:
    torch.save({"conv.weight": torch.zeros(1)}, path)


def incomplete(path: Path) -> None:
    state = torch.load(FIXTURE / FILES["dmn"], weights_only=True)
    del state["model.1.bias"]
    torch.save(state, path)


def surplus(path: Path) -> None:
    state = torch.load(FIXTURE / FILES["dmn"], weights_only=True)
    torch.save({**state, "extra.weight": torch.zeros(3)}, path)


def nested(path: Path) -> None:
    torch.save({"state_dict": torch.load(FIXTURE / FILES["dmn"], weights_only=True), "epoch": 3}, path)


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "write", [hostile, truncated, other_network, incomplete, surplus, nested, empty, lambda path: None]
)
@pytest.mark.parametrize("kind", ["dmn", None])
def test_anything_else_is_refused_with_one_sentence(tmp_path, monkeypatch, write, kind):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "bad.pth")
    with pytest.raises(WeightsError) as caught:
        load_authors_checkpoint(tmp_path / "bad.pth", kind)
    assert "bad.pth" in str(caught.value) and "\n" not in str(caught.value)
    assert not (tmp_path / "executed").exists()


def test_a_checkpoint_of_another_kind_is_refused():
    with pytest.raises(WeightsError, match="not a checkpoint of kind 'mask_vae'"):
        load_authors_checkpoint(FIXTURE / FILES["dmn"], "mask_vae")
