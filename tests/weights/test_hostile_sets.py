"""Sets of weights from anywhere: loaded, or refused in one sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from maskgan_studio.cli import main
from maskgan_studio.errors import StudioError, WeightsError
from maskgan_studio.networks import FaceParser
from maskgan_studio.weights import WeightSet, find_set, save_set
from maskgan_studio.weights.manifest import FileEntry


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Path:
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("w") / "set"
    return save_set(folder, {"parser": FaceParser(width=4)}, name="set", training={}, card="# Set\n").path


def copy_with(original: Path, folder: Path, change) -> Path:
    shutil.copytree(original, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


ARGUMENTS = [-1, 0, 1.5, "", "x", None, [], {}, True, 10**9, 10**30, float("nan"), float("inf"), [1, [2]]]


@pytest.mark.parametrize("value", ARGUMENTS, ids=repr)
def test_an_argument_of_the_wrong_type_is_one_sentence(original, tmp_path, value):
    def change(manifest: dict) -> None:
        manifest["networks"]["parser"]["arguments"]["width"] = value

    folder = copy_with(original, tmp_path / "set", change)
    with pytest.raises(WeightsError) as problem:
        WeightSet.open(folder).load("parser")
    assert "\n" not in str(problem.value) and "Error" not in str(problem.value)
    (found,) = WeightSet.open(folder).verify()
    assert "Error" not in found and "(" not in found


def spoil(folder: Path, value: float) -> Path:
    """Put a value into a set as if it had been saved so."""
    file = next(folder.glob("parser*.safetensors"))
    tensors = load_file(file)
    name = next(name for name, tensor in tensors.items() if tensor.is_floating_point())
    tensors[name].view(-1)[0] = value
    save_file(tensors, file, {"format": "pt"})
    manifest = json.loads((folder / "manifest.json").read_text())
    entry = FileEntry.of(file)
    manifest["networks"]["parser"]["files"] = [{"name": entry.name, "bytes": entry.bytes, "sha256": entry.sha256}]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_values_that_are_no_numbers_are_found(original, tmp_path, value, capsys):
    folder = spoil(Path(shutil.copytree(original, tmp_path / "set")), value)
    with pytest.raises(WeightsError, match="values that are no numbers"):
        find_set(folder).load("parser")
    with pytest.raises(SystemExit) as stopped:
        main(["weights", "verify", str(folder)])
    captured = capsys.readouterr()
    assert stopped.value.code == 1 and "values that are no numbers" in captured.out and captured.err.count("\n") == 1


def test_a_spoilt_network_is_not_saved(tmp_path):
    network = FaceParser(width=4)
    with torch.no_grad():
        next(network.parameters()).view(-1)[0] = float("nan")
    with pytest.raises(WeightsError, match="training went wrong"):
        save_set(tmp_path / "set", {"parser": network}, name="set", training={}, card="# Set\n")
    assert not (tmp_path / "set").exists()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_changed_manifests_are_loaded_or_one_sentence(original, tmp_path_factory, data):
    places = [("name",), ("networks",), ("format",), ("version",), ("networks", "parser")]
    entry = ("class", "arguments", "parameters", "dtype", "files", "training")
    places += [("networks", "parser", name) for name in entry]
    places += [("networks", "parser", "files", 0, name) for name in ("name", "bytes", "sha256")]
    places += [("networks", "parser", "arguments", name) for name in ("width", "working_size", "classes", "new")]
    places += [("networks", "parser", "training", "stages")]

    def change(manifest: dict) -> None:
        for place in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)):
            holder = manifest
            try:
                for key in place[:-1]:
                    holder = holder[key]
                holder[place[-1]] = data.draw(VALUES)
            except (KeyError, IndexError, TypeError):
                pass  # an outer value is gone already

    folder = copy_with(original, tmp_path_factory.mktemp("h") / "set", change)
    try:
        found = find_set(folder)
        _ = found.verify(), found.bytes, found.roles, found.card()
        found.load("parser")
    except StudioError as error:
        assert "\n" not in str(error)


def test_the_case_of_a_manifest(shared_data):
    case = shared_data.parent / "cases" / "fuzz-weights" / "manifest-argument"
    if not case.is_dir():
        pytest.skip("no shared/cases")
    with pytest.raises(WeightsError, match="arguments that this program does not understand"):
        find_set(case).load("mask_vae")
    assert find_set(case).verify()
