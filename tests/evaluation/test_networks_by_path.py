"""ArcFace and Inception by path: tiny files of the right form, since the real ones are the user's to bring."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from maskgan_studio.errors import WeightsError
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.frechet import FrechetDistance, InceptionFeatures
from maskgan_studio.evaluation.protocols import PROTOCOLS
from maskgan_studio.evaluation.verification import ArcFace

# --- a pooling network as ONNX, written by hand: the format is protobuf, and no writer of it is installed


def number(field: int, value: int) -> bytes:
    encoded = bytearray([field << 3]) if field < 16 else bytearray([(field & 15) << 3 | 128, field >> 4])
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    return bytes([*encoded, value])


def block(field: int, content: bytes | str) -> bytes:
    content = content.encode() if isinstance(content, str) else content
    length = number(0, len(content))[1:]
    return bytes([field << 3 | 2]) + length + content


def tensor(field: int, name: str, shape: tuple[int, ...]) -> bytes:
    dimensions = b"".join(block(1, number(1, side)) for side in shape)
    return block(field, block(1, name) + block(2, block(1, number(1, 1) + block(2, dimensions))))


def pooling_onnx() -> bytes:
    """(1, 3, 112, 112) to the means of 28 x 28 squares, (1, 48)."""
    attributes = b"".join(
        block(5, block(1, name) + number(8, 28) * 2 + number(20, 7)) for name in ("kernel_shape", "strides")
    )
    pool = block(1, "x") + block(2, "y") + block(4, "AveragePool") + attributes
    flat = block(1, "y") + block(2, "z") + block(4, "Flatten")
    graph = block(1, pool) + block(1, flat) + block(2, "g") + tensor(11, "x", (1, 3, 112, 112))
    graph += tensor(12, "z", (1, 48))
    return number(1, 8) + block(7, graph) + block(8, block(1, "") + number(2, 13))


@pytest.fixture(scope="module")
def onnx_file(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("onnx") / "faces.onnx"
    file.write_bytes(pooling_onnx())
    return file


class MeanColors(torch.nn.Module):
    """The interface of the published Inception file: uint8 in, features out, resizing is its own business."""

    def forward(self, images: torch.Tensor, return_features: bool = False) -> torch.Tensor:
        assert return_features
        return images.float().mean(dim=(2, 3))


@pytest.fixture(scope="module")
def inception_file(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("inception") / "inception.pt"
    torch.jit.script(MeanColors()).save(str(file))
    return file


def test_an_embedding_is_the_networks_answer_as_a_unit_vector(onnx_file):
    arcface = ArcFace(onnx_file)
    image = np.random.default_rng(0).integers(0, 256, (112, 112, 3), dtype=np.uint8)
    squares = (image.astype(float).reshape(4, 28, 4, 28, 3).mean((1, 3)) - 127.5) / 127.5
    wanted = squares.transpose(2, 0, 1).ravel()
    np.testing.assert_allclose(arcface.embedding(image), wanted / np.linalg.norm(wanted), atol=1e-5)
    assert arcface.embedding(image) @ arcface.embedding(255 - image) == pytest.approx(-1, abs=1e-5)


def test_inception_is_read_and_called_fid(inception_file):
    features = InceptionFeatures(inception_file)
    assert (features.title, features.num_features) == ("FID score", 3)
    distance = FrechetDistance(features)
    rng = np.random.default_rng(0)
    for _ in range(6):
        photo = np.ones((32, 32, 1), np.uint8) * rng.integers(0, 200, (1, 1, 3), np.uint8)
        distance.add_photo(photo)
        distance.add_result(photo + np.uint8(10))
    assert distance.value() == pytest.approx(3 * 10**2, rel=1e-2)


@pytest.mark.parametrize(("load", "name"), [(ArcFace, "faces.onnx"), (InceptionFeatures, "inception.pt")])
def test_missing_and_damaged_files_are_named(load, name, tmp_path):
    with pytest.raises(WeightsError, match=name):
        load(tmp_path / name)
    (tmp_path / name).write_bytes(b"no network")
    with pytest.raises(WeightsError, match=name):
        load(tmp_path / name)


def test_identity_is_verified_and_fid_measured(data, tiny_set, onnx_file, inception_file, run_command, tmp_path):
    """The unchanged photos are the same people and the same distribution; noise is nobody."""
    folders = {name: tmp_path / name for name in ("Same", "Noise")}
    faces = Faces(str(data))
    rng = np.random.default_rng(0)
    for folder in folders.values():
        folder.mkdir()
    for pair in PROTOCOLS["identity"].pairs(faces, 2, 0):
        Image.fromarray(faces.photo(pair.target)).save(folders["Same"] / f"{pair.name}.png")
        noise = rng.integers(0, 256, (512, 512, 3), dtype=np.uint8)
        Image.fromarray(noise).save(folders["Noise"] / f"{pair.name}.png")
    report = tmp_path / "report.html"
    results = [word for name, folder in folders.items() for word in ("--results", f"{name}={folder}")]
    words = ["--data", data, "--count", 2, "--arcface", onnx_file, "--inception", inception_file, "-o", report]
    run_command("evaluate", "identity", *words, *results, "--judge", tiny_set)
    estimates = json.loads(report.with_suffix(".json").read_text())["figures"]
    assert estimates["Same"]["Face verification accuracy (%)"]["value"] == 100
    assert estimates["Same"]["FID score"]["value"] == pytest.approx(0, abs=0.1)
    assert estimates["Noise"]["Face verification accuracy (%)"]["value"] == 0
    assert estimates["Noise"]["FID score"]["value"] > 100
