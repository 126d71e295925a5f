"""Shards: samples in tar files, with and without their index."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import members, open_source, read_image, read_mask
from maskgan_studio.photo.datasets.members import index_file, make_index, scan_shard


def png(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(array).save(file, format="PNG")
    return file.getvalue()


def write_tar(file: Path, contents: dict[str, bytes]) -> Path:
    with tarfile.open(file, "w") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file


@pytest.fixture
def shard(tmp_path, face_mask) -> Path:
    """Two faces, one of them without a mask or anything known; and a caption, as foreign shards have."""
    about = {"name": "ann/1", "split": "validation", "attributes": {"Smiling": True}}
    return write_tar(
        tmp_path / "000000.tar",
        {
            "000.png": png(np.full((64, 64, 3), 7, np.uint8)),
            "000.mask.png": png(face_mask),
            "000.json": json.dumps(about).encode(),
            "001.jpg": png(np.full((64, 64, 3), 9, np.uint8)),
            "001.txt": b"a face",
        },
    )


def test_a_shard_is_read_as_a_folder_is(shard, face_mask):
    source = open_source(f"{shard}@2", validation=1e-9)
    first, second = source.samples
    assert source.weight == 2 and source.official
    assert (first.name, first.split, first.attributes) == ("ann/1", "validation", {"Smiling": True})
    assert (second.name, second.split, second.labelled) == ("001", "train", False)
    assert read_image(first, 32).max() == 7 and read_image(second, 64).max() == 9
    np.testing.assert_array_equal(read_mask(first, 64), face_mask)


def test_the_index_saves_reading_the_shard_and_an_old_one_is_not_believed(shard, monkeypatch):
    found = scan_shard(shard)
    index_file(shard).write_bytes(make_index(shard, found))
    with monkeypatch.context() as patched:
        patched.setattr(members, "scan_shard", lambda file: pytest.fail("the shard was read"))
        assert open_source(str(shard)).samples[0].name == "ann/1"
    write_tar(shard, {"5.png": png(np.zeros((64, 64, 3), np.uint8)), "more": b"x" * 50000})
    assert [sample.name for sample in open_source(str(shard)).samples] == ["5"]


def test_lists_in_braces(shard, tmp_path):
    pytest.importorskip("braceexpand")
    write_tar(tmp_path / "000001.tar", {"9.png": png(np.zeros((64, 64, 3), np.uint8))})
    names = [sample.name for sample in open_source(str(tmp_path / "{000000..000001}.tar")).samples]
    assert names == ["ann/1", "001", "9"]
    with pytest.raises(DataError, match=r"1 of 3 shards do not exist, .*000002\.tar"):
        open_source(str(tmp_path / "{000000..000002}.tar"))


def test_a_command_writes_a_shard_once(shard, tmp_path):
    pytest.importorskip("webdataset")
    command = f"pipe:cat {shard}"
    with pytest.raises(DataError, match="only while training"):
        open_source(command)
    fetched = tmp_path / "fetched"
    assert read_image(open_source(command, fetched=fetched).samples[0], 64).max() == 7
    shard.unlink()
    assert len(open_source(command, fetched=fetched).samples) == 2


def test_a_command_that_fails_leaves_no_shard(tmp_path):
    pytest.importorskip("webdataset")
    fetched = tmp_path / "fetched"
    with pytest.raises(DataError, match="could not be fetched"):
        open_source("pipe:false", fetched=fetched)
    assert not list(fetched.glob("*.tar"))


def test_what_is_no_shard_is_named(tmp_path):
    damaged = tmp_path / "damaged.tar"
    damaged.write_bytes(b"no tar file" * 100)
    with pytest.raises(DataError, match=r"damaged\.tar cannot be read as a tar file"):
        open_source(str(damaged))
    with pytest.raises(DataError, match="holds no images"):
        open_source(str(write_tar(tmp_path / "empty.tar", {"a.txt": b"words"})))


def test_a_folder_with_a_tar_files_name_is_a_folder(make_faces, tmp_path):
    assert len(open_source(str(make_faces(tmp_path / "faces.tar", 2))).samples) == 2
