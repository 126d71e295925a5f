"""Sets of weights: what is saved is what is loaded, and damage is noticed and named."""

from __future__ import annotations

import json

import pytest
import torch

from maskgan_studio import weights
from maskgan_studio.errors import WeightsError
from maskgan_studio.networks import AlphaBlender, DenseMappingNetwork, MaskVAE
from maskgan_studio.weights import tensors


def small_dmn() -> DenseMappingNetwork:
    torch.manual_seed(0)
    return DenseMappingNetwork(width=2, downsamplings=2, blocks=1, style_width=2)


@pytest.fixture
def saved(tmp_path):
    return weights.save_set(
        tmp_path / "mini", {"dmn": small_dmn()}, name="mini", training={"steps": 3}, card="# Mini\n"
    )


def test_loaded_network_has_the_saved_values_in_float32(saved):
    loaded = saved.load("dmn")
    assert not loaded.training
    for (name, a), b in zip(small_dmn().state_dict().items(), loaded.state_dict().values(), strict=True):
        assert b.dtype == torch.float32 and b.device.type == "cpu"
        torch.testing.assert_close(b, a.half().float(), msg=name)


def test_manifest_and_card_say_what_the_set_holds(saved):
    reopened = weights.find_set(saved.path)
    entry = reopened.manifest.networks["dmn"]
    assert (reopened.name, reopened.roles, reopened.card()) == ("mini", ["dmn"], "# Mini\n")
    assert entry.arguments["width"] == 2
    assert entry.training == {"steps": 3}
    assert entry.parameters == sum(p.numel() for p in small_dmn().parameters())
    assert reopened.verify() == []


def test_large_networks_are_split_into_shards_with_an_index(tmp_path, monkeypatch):
    original = tensors.write_tensors
    monkeypatch.setattr(weights.saving, "write_tensors", lambda *a: original(*a, shard_bytes=4000))
    network = small_dmn()
    saved = weights.save_set(tmp_path / "s", {"dmn": network}, name="s", training={}, card="")
    shards = sorted(saved.path.glob("dmn-*-of-*.safetensors"))
    index = json.loads((saved.path / "dmn.safetensors.index.json").read_text())
    assert len(shards) > 1
    assert set(index["weight_map"]) == set(network.state_dict())
    assert set(index["weight_map"].values()) == {path.name for path in shards}
    assert index["metadata"]["total_size"] == sum(2 * value.numel() for value in network.state_dict().values())
    torch.testing.assert_close(saved.load("dmn").state_dict(), network.half().float().state_dict())


def test_values_beyond_float16_and_counters_keep_their_type(tmp_path):
    vae = MaskVAE(encoder_width=1, decoder_width=1, latent=2, size=16)
    vae.encoder_norms[0].running_var.fill_(1e6)
    vae.encoder_norms[0].num_batches_tracked.fill_(70_000)
    loaded = weights.save_set(tmp_path / "v", {"mask_vae": vae}, name="v", training={}, card="").load("mask_vae")
    assert loaded.encoder_norms[0].running_var.item() == 1e6
    assert loaded.encoder_norms[0].num_batches_tracked.item() == 70_000


def test_update_replaces_one_network_and_keeps_the_rest(saved):
    (saved.path / "samples.png").write_bytes(b"picture")
    blender = AlphaBlender(width=2, downsamplings=1, blocks=1)
    weights.save_set(
        saved.path, {"alpha_blender": blender}, name="mini", training={"steps": 9}, card="# New\n", update=True
    )
    updated = weights.find_set(saved.path)
    assert updated.roles == ["alpha_blender", "dmn"]
    assert updated.manifest.networks["dmn"].training == {"steps": 3}
    assert updated.manifest.networks["alpha_blender"].training == {"steps": 9}
    assert (updated.path / "samples.png").read_bytes() == b"picture"
    assert updated.card() == "# New\n" and updated.verify() == []


def test_without_update_the_old_set_is_gone(saved):
    weights.save_set(
        saved.path, {"alpha_blender": AlphaBlender(2, 1, 1)}, name="mini", training={}, card="", update=False
    )
    assert weights.find_set(saved.path).roles == ["alpha_blender"]
    assert not list(saved.path.glob("dmn*"))
    assert [path.name for path in saved.path.parent.iterdir()] == ["mini"]


def test_a_folder_with_something_else_in_it_is_never_replaced(tmp_path):
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(WeightsError, match="choose another folder"):
        weights.save_set(tmp_path, {"dmn": small_dmn()}, name="x", training={}, card="")
    assert (tmp_path / "letters.txt").read_text() == "dear"


def test_a_failed_save_leaves_the_old_set_as_it_was(saved, monkeypatch):
    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(weights.saving, "write_tensors", full_disk)
    with pytest.raises(WeightsError, match="No space left"):
        weights.save_set(saved.path, {"dmn": small_dmn()}, name="mini", training={}, card="")
    assert weights.find_set(saved.path).verify() == []
    assert [path.name for path in saved.path.parent.iterdir()] == ["mini"]


def test_a_role_takes_its_own_class_only(tmp_path):
    with pytest.raises(WeightsError, match="cannot be saved as 'parser'"):
        weights.save_set(tmp_path / "s", {"parser": small_dmn()}, name="s", training={}, card="")


def test_a_changed_byte_is_found(saved):
    path = saved.path / "dmn.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert any("SHA-256" in problem for problem in saved.verify())
    with pytest.raises(WeightsError, match="damaged"):
        saved.load("dmn")


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"short")])
def test_missing_and_truncated_files_are_named(saved, damage):
    damage(saved.path / "dmn.safetensors")
    assert len(saved.verify()) == 1 and "dmn.safetensors" in saved.verify()[0]
    with pytest.raises(WeightsError, match=r"dmn\.safetensors"):
        saved.load("dmn")


def test_a_manifest_for_another_network_is_noticed(saved):
    path = saved.path / "manifest.json"
    content = json.loads(path.read_text())
    content["networks"]["dmn"]["arguments"]["width"] = 4
    path.write_text(json.dumps(content))
    with pytest.raises(WeightsError, match="another network"):
        weights.find_set(saved.path).load("dmn")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "maskgan-studio-weights", "version": 99, "name": "x", "networks": {}}',
     '{"format": "maskgan-studio-weights", "version": 1, "name": "x", "networks": {"dmn": {}}}'],
)  # fmt: skip
def test_a_damaged_manifest_is_one_sentence(saved, text):
    (saved.path / "manifest.json").write_text(text)
    with pytest.raises(WeightsError) as caught:
        weights.find_set(saved.path)
    assert "\n" not in str(caught.value)


def test_a_manifest_cannot_point_outside_its_folder(saved):
    path = saved.path / "manifest.json"
    path.write_text(path.read_text().replace("dmn.safetensors", "../mini/dmn.safetensors"))
    with pytest.raises(WeightsError, match="is damaged"):
        weights.find_set(saved.path)


def test_unknown_names_list_the_known_ones():
    with pytest.raises(WeightsError, match="no weights named 'nowhere'"):
        weights.find_set("nowhere")


def test_sets_in_the_users_own_folder_are_found_by_name():
    folder = weights.user_sets_dir() / "mine"
    weights.save_set(folder, {"dmn": small_dmn()}, name="mine", training={}, card="")
    assert "mine" in [found.name for found in weights.list_sets()]
    assert weights.find_set("mine").path == folder


def test_missing_role_is_named(saved):
    with pytest.raises(WeightsError, match="hold no 'parser' network, only dmn"):
        saved.load("parser")
