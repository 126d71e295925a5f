"""Sets that somebody gave: checked before they are kept, told apart by name, and taken out again."""

from __future__ import annotations

import io
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from maskgan_studio.cli import main
from maskgan_studio.errors import WeightsError
from maskgan_studio.weights import find_set, list_sets, user_sets_dir
from maskgan_studio.weights.installing import install_set, remove_set


def command(capsys, *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return stopped.value.code or 0, captured.out, captured.err


@pytest.fixture
def given(tiny_set, tmp_path) -> Path:
    """A set with terms in its card, a picture, and something that does not belong."""
    folder = tmp_path / "given"
    shutil.copytree(tiny_set, folder)
    (folder / "README.md").write_text("# Tiny\n\nText.\n\n## Terms\n\nFor *tests* only.\n\n## More\n\nNo terms.\n")
    (folder / "portraits.jpg").write_bytes(b"picture")
    (folder / "run.sh").write_text("echo")
    return folder


def test_a_folder_is_installed_and_its_terms_are_shown_once(capsys, given):
    status, out, err = command(capsys, "weights", "add", given)
    assert (status, out.strip()) == (0, str(user_sets_dir() / "tiny"))
    assert err == "For *tests* only.\n"
    assert command(capsys, "weights", "add", given)[1:] == (out, "")
    installed = find_set("tiny")
    assert installed.verify() == []
    assert {path.name for path in installed.path.iterdir()} >= {"README.md", "portraits.jpg", "manifest.json"}
    assert not (installed.path / "run.sh").exists()


@pytest.mark.parametrize("suffix", ["zip", "tar.gz", "tar.xz"])
@pytest.mark.parametrize("below", ["", "set/"])
def test_an_archive_is_installed(given, tmp_path, suffix, below):
    packed = tmp_path / f"set.{suffix}"
    if suffix == "zip":
        with zipfile.ZipFile(packed, "w") as archive:
            for path in given.iterdir():
                archive.write(path, below + path.name)
    else:
        with tarfile.open(packed, f"w:{suffix[4:]}") as archive:
            for path in given.iterdir():
                archive.add(path, below + path.name)
    installed = install_set(packed, "mine")
    assert installed.is_new and installed.weights.name == "mine"
    assert "mine" in {found.name for found in list_sets()}
    assert sorted(path.name for path in user_sets_dir().iterdir()) == ["mine"]


def test_a_damaged_set_is_refused_and_leaves_nothing(given):
    weights = next(given.glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    with pytest.raises(WeightsError, match="damaged"):
        install_set(given)
    assert list(user_sets_dir().iterdir()) == []


def test_another_set_never_takes_an_installed_ones_place(given):
    install_set(given)
    other = find_set("studio").path
    with pytest.raises(WeightsError, match="--name"):
        install_set(other, "tiny")
    with pytest.raises(WeightsError, match="--name"):
        install_set(given, "studio")  # would be hidden by the shipped one
    assert find_set("tiny").roles == ["dmn", "parser"]


@pytest.mark.parametrize("name", ["../out", "/out", ".hidden", "a/b", "a\nb"])
def test_a_name_is_one_plain_word(given, name):
    with pytest.raises(WeightsError, match="plain word"):
        install_set(given, name)


def test_an_archive_writes_nothing_outside(given, tmp_path):
    packed = tmp_path / "evil.tar"
    with tarfile.open(packed, "w") as archive:
        member = tarfile.TarInfo("../escaped")
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(WeightsError, match="no set of weights"):
        install_set(packed)
    assert not list(user_sets_dir().parent.rglob("escaped"))


@pytest.mark.parametrize("kind", ["gz", "xz", "bz2", "zip"])
def test_a_damaged_archive_is_refused_as_such(given, tmp_path, kind):
    words = tmp_path / "words.txt"
    words.write_text(" ".join(map(str, range(50000))))
    archive = tmp_path / f"set.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(words, words.name)
    else:
        with tarfile.open(archive, f"w:{kind}") as packed_tar:
            packed_tar.add(words, words.name)
    content = bytearray(archive.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40] = b"\xff" * 40
    archive.write_bytes(content)
    with pytest.raises(WeightsError):
        install_set(archive)
    assert not list(user_sets_dir().iterdir())


@pytest.mark.parametrize("kind", ["zip", "tar.xz"])
def test_an_archive_that_would_fill_the_disk_is_refused_before_it_is_unpacked(given, tmp_path, monkeypatch, kind):
    monkeypatch.setattr("maskgan_studio.weights.installing._LARGEST", 2**20)
    with (given / "zeros.bin").open("wb") as zeros:
        zeros.truncate(2**21)
    archive = Path(shutil.make_archive(str(tmp_path / "bomb"), {"zip": "zip", "tar.xz": "xztar"}[kind], given))
    assert archive.stat().st_size < 2**20
    with pytest.raises(WeightsError, match="unpacks to more than 0 GiB"):
        install_set(archive)
    assert list(user_sets_dir().iterdir()) == []


def test_anything_else_is_one_sentence(capsys, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"no archive")
    (tmp_path / "empty").mkdir()
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a/b.txt", "x")
    for name in ("photo.jpg", "empty", "other.zip", "nothing"):
        status, out, err = command(capsys, "weights", "add", tmp_path / name)
        assert (status, out, err.count("\n")) == (1, "", 1), err


def test_only_the_persons_own_sets_are_removed(capsys, given):
    install_set(given)
    assert command(capsys, "weights", "remove", "tiny")[0] == 0
    assert list(user_sets_dir().iterdir()) == []
    assert "came with the program" in command(capsys, "weights", "remove", "studio")[2]
    for name in ("tiny", "..", "../models"):
        with pytest.raises(WeightsError, match="no weights named"):
            remove_set(name)
    assert find_set("studio").path.is_dir()
