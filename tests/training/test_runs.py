"""Runs one can trust: resumed, killed, stopped, spoilt; and from nothing to a set of weights that renders."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from lightning_fabric import Fabric
from lightning_fabric.plugins import MixedPrecision

from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.errors import DataError, TrainingError
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.training import checkpoint
from maskgan_studio.training.checkpoint import checkpoints, load_checkpoint
from maskgan_studio.training.data.dataset import Batch
from maskgan_studio.training.export.export import export_run
from maskgan_studio.training.recipe import load_recipe
from maskgan_studio.training.stages import parser
from maskgan_studio.training.stages.parser import ParserStage
from maskgan_studio.weights import find_set

PATIENCE = 600.0  # seconds that a busy machine may need to start a process


def tensors(value: Any, path: str = "") -> dict[str, torch.Tensor]:
    """All tensors of a checkpoint by their place in it."""
    if isinstance(value, torch.Tensor):
        return {path: value}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {key: tensor for name, item in items for key, tensor in tensors(item, f"{path}/{name}").items()}


def assert_same_numbers(one: Path, other: Path) -> None:
    a, b = load_checkpoint(one), load_checkpoint(other)
    assert a is not None and b is not None
    assert a["step"] == b["step"]
    left, right = tensors(a), tensors(b)
    assert left.keys() == right.keys() and len(left) > 10
    different = [name for name in left if not torch.equal(left[name], right[name])]
    assert different == []


@pytest.mark.parametrize("stage", ["parser", "dmn", "completion"])
def test_a_resumed_run_reaches_the_numbers_of_an_uninterrupted_one(stage, faces, trained, train_stages, tmp_path):
    for needed in ("mask-vae", "dmn", "ebst") if stage == "completion" else ():
        shutil.copytree(trained / needed, tmp_path / "run" / needed)
    out = train_stages(faces, tmp_path / "run", stage, steps=7)
    train_stages(faces, out, stage, resume=True)
    assert_same_numbers(out / stage, trained / stage)


def float16_stage(scale: float) -> ParserStage:
    """A parser whose loss is scaled as on a GPU; Fabric itself offers no float16 on a CPU."""
    precision = MixedPrecision("16-mixed", "cpu", torch.amp.GradScaler("cpu", init_scale=scale))
    fabric = Fabric(accelerator="cpu", devices=1, plugins=[precision])
    return ParserStage(load_recipe("tiny").stage("parser"), fabric, {})


def test_float16_goes_on_with_the_scale_it_had_found(face_mask, tmp_path):
    masks = torch.from_numpy(np.stack([face_mask] * 4))
    images = torch.randn(4, 3, 64, 64)
    stage = float16_stage(scale=2.0**40)
    stage.set_learning_rate(1e-3)
    for _ in range(3):  # gradients that are too large for float16 halve the scale
        stage.step(Batch(images, masks, images, masks, masks, torch.zeros(4, 0)))
    found = stage.fabric.strategy.precision.scaler.get_scale()
    assert found < 2.0**40
    checkpoint.save_checkpoint(tmp_path, 3, {"stage": stage.state()})
    state = load_checkpoint(tmp_path)
    assert state is not None
    other = float16_stage(scale=1.0)
    other.load_state(state["stage"])
    assert other.fabric.strategy.precision.scaler.get_scale() == found
    del state["stage"]["precision"]  # as checkpoints were before
    older = float16_stage(scale=8.0)
    older.load_state(state["stage"])
    assert older.fabric.strategy.precision.scaler.get_scale() == 8.0


def wait_for(file: Path, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while not file.exists():
        assert process.poll() is None, "the run ended by itself"
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_killed_run_goes_on_to_the_same_numbers(faces, train_stages, tmp_path):
    out = tmp_path / "killed"
    words = [
        "train",
        "parser",
        "--data",
        faces,
        "--recipe",
        "tiny",
        "--out",
        out,
        "--steps",
        100_000,
        "--device",
        "cpu",
    ]
    command = [sys.executable, "-m", "maskgan_studio", *map(str, words)]
    with subprocess.Popen(command, env=os.environ | {"OMP_NUM_THREADS": "1"}, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(out / "parser" / "checkpoint-00000005.safetensors", process)
        finally:
            process.kill()
    state = load_checkpoint(out / "parser")
    assert state is not None
    end = state["step"] + 2
    train_stages(faces, out, "parser", resume=True, steps=end)
    train_stages(faces, tmp_path / "straight", "parser", steps=end)
    assert_same_numbers(out / "parser", tmp_path / "straight" / "parser")


def losses(folder: Path) -> list[dict[str, float]]:
    lines = (folder / "log.jsonl").read_text().splitlines()
    return [entry["loss"] for entry in map(json.loads, lines) if "loss" in entry]


@pytest.fixture(scope="module")
def sharded_recipe(tmp_path_factory) -> Path:
    """`tiny` with checkpoints in parts."""
    text = (files("maskgan_studio.training") / "recipes" / "tiny.toml").read_text(encoding="utf-8")
    recipe = tmp_path_factory.mktemp("recipe") / "sharded.toml"
    recipe.write_text(text.replace("[dmn]\n", "[dmn]\nsharded_checkpoints = true\n"))
    return recipe


@pytest.fixture(scope="module")
def torchrun(faces, sharded_recipe, tmp_path_factory) -> Path:
    """A run of five steps by two processes that torchrun has started; not to be changed."""
    out = tmp_path_factory.mktemp("torchrun") / "run"
    words = ["--data", faces, "--recipe", sharded_recipe, "--steps", "5", "--device", "cpu", "--out", out]
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command = [*map(str, [*command, "-m", "maskgan_studio", "train", "dmn", *words])]
    subprocess.run(command, check=True, timeout=PATIENCE, stderr=subprocess.DEVNULL, env=_child_environment())
    return out


@pytest.fixture(scope="module")
def alone(faces, train_stages, tmp_path_factory) -> Path:
    """The same by one process; not to be changed."""
    return train_stages(faces, tmp_path_factory.mktemp("alone") / "run", "dmn", steps=5)


TWO_PROCESSES = """
import sys
import torch
from pathlib import Path
from maskgan_studio.training.run import Job, train

torch.set_num_threads(1)
data, weights, out = sys.argv[1:]
train(Job(["ebst"], [data], "tiny", Path(out), init=weights, steps=4, device="cpu", devices="2"))
"""


def test_two_processes_have_the_losses_of_one(faces, trained_set, torchrun, alone, train_stages, tmp_path):
    """Two that the program starts itself, and two that torchrun has started."""
    script = tmp_path / "two.py"
    script.write_text(TWO_PROCESSES)
    command = [*map(str, (sys.executable, script, faces, trained_set, tmp_path / "two"))]
    subprocess.run(command, check=True, timeout=PATIENCE, stderr=subprocess.DEVNULL, env=_child_environment())
    train_stages(faces, tmp_path / "one", "ebst", steps=4, init=str(trained_set))
    for stage, first, second in (("dmn", alone, torchrun), ("ebst", tmp_path / "one", tmp_path / "two")):
        one, two = losses(first / stage), losses(second / stage)
        assert len(one) == len(two) >= 2
        for loss, shared in zip(one, two, strict=True):
            # Adam's first steps make much of rounding, which is another on every kind of processor.
            assert shared == pytest.approx(loss, abs=2e-3)


def test_checkpoints_in_parts_are_read_by_any_number_of_processes(
    faces, sharded_recipe, torchrun, alone, train_stages, tmp_path
):
    """Written by two processes, gone on with by one, and exported like any other."""
    out = shutil.copytree(torchrun, tmp_path / "run")
    (folder,) = checkpoints(out / "dmn")
    parts = {file.name: file.stat().st_size for file in folder.glob("*.safetensors")}
    assert len(parts) == 2 and max(parts.values()) < 0.9 * sum(parts.values())
    assert tensors(load_checkpoint(out / "dmn")).keys() == tensors(load_checkpoint(alone / "dmn")).keys()
    train_stages(faces, out, "dmn", recipe=sharded_recipe, resume=True, steps=6)
    assert [path.name for path in checkpoints(out / "dmn")] == ["checkpoint-00000005", "checkpoint-00000006"]
    largest = max(parts, key=parts.__getitem__)
    (out / "dmn" / "checkpoint-00000006" / "structure.json").unlink()  # damaged: the one before it serves
    assert load_checkpoint(out / "dmn")["step"] == 5
    assert export_run(out, tmp_path / "set", "set").load("dmn") is not None
    (folder / largest).unlink()
    with pytest.raises(TrainingError, match="can be read"):
        load_checkpoint(out / "dmn")


def _child_environment() -> dict[str, str]:
    folder = str(Path(__file__).resolve().parents[2])
    return os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": folder}


def test_a_batch_that_cannot_be_shared_evenly_is_refused(faces, train_stages, tmp_path, monkeypatch):
    monkeypatch.setattr("lightning_fabric.Fabric.world_size", property(lambda self: 3))
    with pytest.raises(TrainingError, match="batch of 4 cannot be shared by 3"):
        train_stages(faces, tmp_path / "run", "parser")


# --- what can go wrong


@pytest.fixture
def begun(trained, tmp_path) -> Path:
    """A run whose parser stands at step 10, its own to spoil."""
    (tmp_path / "begun").mkdir()
    shutil.copytree(trained / "parser", tmp_path / "begun" / "parser")
    return tmp_path / "begun"


def newest_step(run: Path) -> int:
    state = load_checkpoint(run / "parser")
    assert state is not None
    return state["step"]


def test_a_loss_that_is_no_number_ends_the_run_and_spoils_no_checkpoint(begun, faces, train_stages, monkeypatch):
    monkeypatch.setattr(parser, "dice_loss", lambda *_: torch.tensor(float("nan"), requires_grad=True))
    with pytest.raises(TrainingError, match="no longer a number at step 12 of parser"):
        train_stages(faces, begun, "parser", resume=True, steps=20)
    assert newest_step(begun) == 10


def test_losses_are_looked_at_before_every_checkpoint(faces, train_stages, tmp_path, monkeypatch):
    """`tiny` logs every 2 steps and saves every 5: at step 5 the loss is looked at for the checkpoint alone."""
    step = ParserStage.step

    def spoilt(self: ParserStage, batch: Any) -> dict[str, torch.Tensor]:
        spoilt.calls += 1
        found = step(self, batch)
        return {"dice": torch.tensor(float("inf"))} if spoilt.calls == 5 else found

    spoilt.calls = 0
    monkeypatch.setattr(ParserStage, "step", spoilt)
    with pytest.raises(TrainingError, match="step 5"):
        train_stages(faces, tmp_path / "run", "parser")
    assert checkpoints(tmp_path / "run" / "parser") == []


def test_a_full_disk_is_one_error_and_the_run_can_go_on(begun, faces, train_stages, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(checkpoint, "save_file", full)
        with pytest.raises(TrainingError, match=r"No space left.*--resume"):
            train_stages(faces, begun, "parser", resume=True, steps=12)
    with monkeypatch.context() as disk:
        disk.setattr("maskgan_studio.training.loop.save_image", full)  # the checkpoint of step 12 fitted just so
        with pytest.raises(TrainingError, match=r"No space left.*--resume"):
            train_stages(faces, begun, "parser", resume=True, steps=12)
    assert newest_step(begun) == 12


def test_a_checkpoint_of_another_recipe_is_refused(begun, faces, train_stages, tmp_path):
    text = Path(parser.__file__).parents[1] / "recipes" / "tiny.toml"
    mine = tmp_path / "mine.toml"
    mine.write_text(text.read_text().replace("dice = 1.0", "dice = 0.5"))
    with pytest.raises(TrainingError, match=r"another recipe \('tiny'\)"):
        train_stages(faces, begun, "parser", recipe=mine, resume=True)
    assert newest_step(begun) == 10


def test_another_seed_makes_another_network_and_is_written_down(begun, faces, train_stages, tmp_path):
    out = train_stages(faces, tmp_path / "run", "parser", steps=1, seed=77)
    assert "1 steps, 4 samples, seed 77" in export_run(out, tmp_path / "set", "apart").card()
    one, other = (next(iter(tensors(load_checkpoint(run / "parser")).values())) for run in (begun, out))
    assert not torch.equal(one, other)
    with pytest.raises(TrainingError, match="or seed"):
        train_stages(faces, out, "parser", resume=True, steps=2)


def test_a_run_is_not_overwritten_without_a_word(begun, faces, train_stages):
    with pytest.raises(TrainingError, match="already holds a training run"):
        train_stages(faces, begun, "parser")


def test_a_vanished_data_folder_is_named(begun, train_stages, tmp_path):
    with pytest.raises(DataError, match="gone"):
        train_stages(tmp_path / "gone", begun, "parser", resume=True, steps=12)
    assert newest_step(begun) == 10


def test_a_stage_needs_its_forerunners(faces, train_stages, tmp_path):
    with pytest.raises(TrainingError, match="run 'train dmn' into the same folder"):
        train_stages(faces, tmp_path / "run", "ebst")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_with_a_checkpoint(number, faces, train_stages, tmp_path, monkeypatch, capsys):
    step = ParserStage.step

    def interrupted(self: ParserStage, batch: Any) -> dict[str, torch.Tensor]:
        interrupted.calls += 1
        if interrupted.calls == 3:
            signal.raise_signal(number)
        return step(self, batch)

    interrupted.calls = 0
    before = signal.getsignal(number)
    monkeypatch.setattr(ParserStage, "step", interrupted)
    with pytest.raises(TrainingError, match=r"Stopped after step 3 of 10 of parser.*--resume"):
        train_stages(faces, tmp_path / "run", "parser", "mask-vae")
    assert newest_step(tmp_path / "run") == 3
    assert signal.getsignal(number) is before
    assert "Stopping" in capsys.readouterr().err


def test_a_signal_at_the_very_end_keeps_the_next_stage_from_starting(faces, train_stages, tmp_path, monkeypatch):
    validate = ParserStage.validate

    def interrupted(self: ParserStage, images: Any) -> dict[str, float]:
        signal.raise_signal(signal.SIGINT)
        return validate(self, images)

    monkeypatch.setattr(ParserStage, "validate", interrupted)
    with pytest.raises(TrainingError, match="parser was complete"):
        train_stages(faces, tmp_path / "run", "parser", "mask-vae", steps=2)
    assert newest_step(tmp_path / "run") == 2 and not (tmp_path / "run" / "mask-vae").exists()


# --- data


@pytest.fixture
def spoilt_faces(make_faces, tmp_path) -> Path:
    root = make_faces(tmp_path / "spoilt", 12)
    (root / "CelebA-HQ-img" / "3.jpg").write_bytes(b"no picture")
    return root


@pytest.mark.parametrize("native", [False, True])
def test_a_processor_without_bfloat16_is_named(native, faces, train_stages, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("maskgan_studio.training.run.has_native_bfloat16", lambda: native)
    train_stages(faces, tmp_path / "run", "parser", steps=1, precision="bf16-mixed")
    assert ("--precision 32-true" in capsys.readouterr().err) != native


def test_bad_data_is_refused_or_skipped_by_choice(spoilt_faces, train_stages, tmp_path, capsys):
    with pytest.raises(DataError, match=r"1 of 12 images .*3\.jpg.*--on-bad-data skip"):
        train_stages(spoilt_faces, tmp_path / "run", "parser")
    train_stages(spoilt_faces, tmp_path / "run", "parser", steps=2, on_bad_data="skip")
    said = capsys.readouterr().err
    assert "skipped: " in said and "3.jpg" in said and "11 images" in said


# --- from nothing to images


def test_every_stage_leaves_its_traces(trained):
    for stage in ("parser", "mask-vae", "dmn", "ebst"):
        folder = trained / stage
        assert list((folder / "samples").glob("*.png")) and list((folder / "tensorboard").iterdir())
        assert losses(folder)
        assert (
            json.loads((folder / "figures.json").read_text())["step"]
            == json.loads((folder / "run.json").read_text())["recipe"][stage]["phases"][0]["steps"]
        )


def test_the_exported_set_renders(trained_set, faces, face_mask):
    found = find_set(str(trained_set))
    of_the_paper = {"parser", "mask_vae", "dmn", "discriminator", "alpha_blender"}
    assert set(found.roles) == of_the_paper | {"completion", "completion_discriminator"}
    assert found.verify() == []
    pipeline = Pipeline(str(trained_set), "cpu")
    photo = np.random.default_rng(0).integers(0, 255, (512, 512, 3), dtype=np.uint8)
    target = pipeline.prepare(Photo.from_pixels(photo), aligned=True)
    edited = np.kron(face_mask, np.ones((8, 8), np.uint8))
    result = pipeline.render(edited, pipeline.style(target))
    assert result.shape == (512, 512, 3) and result.std() > 0


def test_the_card_tells_how_the_weights_came_to_be(trained_set, faces):
    card = find_set(str(trained_set)).card()
    for fact in ("recipe `tiny`, 10 steps, 40 samples, seed 1", "pixel_accuracy", "non-commercial", faces.name):
        assert fact in card
    assert str(faces.parent) not in card


def test_training_goes_on_from_an_exported_set(trained_set, faces, train_stages, tmp_path):
    """After one step its network is near the exported one, but not equal."""
    before = find_set(str(trained_set)).load("dmn").state_dict()
    out = train_stages(faces, tmp_path / "on", "dmn", init=str(trained_set), steps=1)
    state = load_checkpoint(out / "dmn")
    assert state is not None
    after = state["stage"]["networks"]["dmn"]
    change = max((after[name] - before[name]).abs().max().item() for name in before)
    assert 0 < change < 1e-3


def test_images_without_masks_are_labelled_by_the_parser(trained_set, make_faces, train_stages, tmp_path):
    root = make_faces(tmp_path / "some", 3)
    (root / "mask" / "0.png").unlink()
    out = train_stages(root, tmp_path / "run", "mask-vae", init=str(trained_set), steps=1)
    assert [file.name for file in (out / "labels").rglob("*.png")] == ["0.png"]
