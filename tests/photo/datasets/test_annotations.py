"""Tables of attributes and poses, and how they reach the samples."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import open_source
from maskgan_studio.photo.datasets.annotations import read_attributes, read_poses, with_attributes


def test_the_datasets_attributes_by_image(tmp_path):
    file = tmp_path / "attributes.txt"
    file.write_text("2\nSmiling Male Young \n0.jpg  1 -1  1\n12.jpg -1 -1 -1\n\n")
    assert read_attributes(file) == {
        "0": {"Smiling": True, "Male": False, "Young": True},
        "12": {"Smiling": False, "Male": False, "Young": False},
    }


def test_a_csv_gives_its_binary_columns_and_gender_is_male(tmp_path):
    file = tmp_path / "metadata.csv"
    file.write_text("file,gender,ethnicity,Smiling\n0/a.webp,male,white,yes\n0/b.webp,female,asian,0\n0/c.webp,,,\n")
    assert read_attributes(file) == {
        "0/a": {"Male": True, "Smiling": True},
        "0/b": {"Male": False, "Smiling": False},
        "0/c": {},
    }


def test_poses_by_image(tmp_path):
    file = tmp_path / "poses.txt"
    file.write_text("2\nYaw Pitch Raw\n0.jpg 1.5 -2 0.25\n1.jpg 4.5 2 0.25\n")
    assert read_poses(file) == {"0": (1.5, -2.0, 0.25), "1": (4.5, 2.0, 0.25)}


@pytest.mark.parametrize(
    ("read", "name", "text"),
    [
        (read_attributes, "t.txt", "1\nSmiling Male\n0.jpg 1\n"),
        (read_attributes, "t.txt", "1\nSmiling\n0.jpg 2\n"),
        (read_attributes, "t.csv", "name,gender\na,male\n"),
        (read_poses, "t.txt", "1\nYaw Pitch Raw\n0.jpg 1 2 left\n"),
        (read_poses, "t.txt", ""),
    ],
)
def test_another_layout_is_refused_by_name(tmp_path, read, name, text):
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(DataError, match=name):
        read(file)


@pytest.fixture
def pictures(tmp_path):
    root = tmp_path / "faces" / "0"
    root.mkdir(parents=True)
    for name in ("a", "b"):
        Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(root / f"{name}.png")
    return root


def test_samples_get_the_table_of_their_folder_or_of_the_one_above(pictures):
    table = pictures.parent / "metadata.csv"
    table.write_text("file,gender\n0/a.png,male\n")
    whole = with_attributes(open_source(str(pictures.parent)))
    part = with_attributes(open_source(str(pictures)), table)
    for source in (whole, part):
        assert [dict(sample.attributes) for sample in source.samples] == [{"Male": True}, {}]


def test_no_table_or_a_strangers_table_is_refused(pictures, tmp_path):
    source = open_source(str(pictures))
    with pytest.raises(DataError, match="--attributes"):
        with_attributes(source)
    strangers = tmp_path / "t.csv"
    strangers.write_text("file,gender\nz.png,male\n")
    with pytest.raises(DataError, match="knows none of the images"):
        with_attributes(source, strangers)
