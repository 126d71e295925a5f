"""Copied folders are full of things that are no images."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskgan_studio.photo.files.formats import PHOTO_SUFFIXES, WRITABLE
from maskgan_studio.photo.files.listing import is_clutter, list_images


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.jpg", "B.PNG", "sub/c.webp", "._a.jpg", "Thumbs.db", "desktop.ini", "notes.txt", ".hidden/x.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    for name in ("1.jpg", "__MACOSX", "sub/2.png"):
        (tmp_path / name).mkdir()
    (tmp_path / "1.jpg" / "inside.jpg").write_bytes(b"x")
    (tmp_path / "__MACOSX" / "y.jpg").write_bytes(b"x")
    return tmp_path


def names(paths: tuple[Path, ...]) -> set[str]:
    return {path.name for path in paths}


def test_pictures_are_found_and_the_rest_is_counted(folder):
    flat = list_images(folder)
    assert names(flat.images) == {"a.jpg", "B.PNG"}
    assert names(flat.passed_over) == {
        "._a.jpg",
        "Thumbs.db",
        "desktop.ini",
        "notes.txt",
        ".hidden",
        "1.jpg",
        "__MACOSX",
    }
    deep = list_images(folder, recursive=True)
    assert names(deep.images) == {"a.jpg", "B.PNG", "c.webp"} and names(deep.passed_over) - names(flat.passed_over) == {
        "2.png"
    }


def test_clutter_by_name():
    assert all(is_clutter(Path(name)) for name in ("._1.jpg", ".DS_Store", "THUMBS.DB", "x/@eaDir"))
    assert not any(is_clutter(Path(name)) for name in ("1.jpg", "thumbs.jpg"))


def test_a_link_that_leads_back_ends(folder):
    (folder / "sub" / "back").symlink_to(folder)
    assert len(list_images(folder, recursive=True).images) == 3


def test_what_can_be_written_can_be_found():
    assert set(WRITABLE) <= set(PHOTO_SUFFIXES)
