"""The dataset's tables of attributes and poses."""

from __future__ import annotations

import pytest

from maskgan_studio.errors import DataError
from maskgan_studio.training.annotations import Pose, read_attributes, read_poses


def test_attributes_by_image(tmp_path):
    file = tmp_path / "attributes.txt"
    file.write_text("2\nSmiling Male Young \n0.jpg  1 -1  1\n12.jpg -1 -1 -1\n\n")
    attributes = read_attributes(file)
    assert attributes.names == ("Smiling", "Male", "Young")
    assert {name: values.tolist() for name, values in attributes.values.items()} == {
        "0": [True, False, True],
        "12": [False, False, False],
    }


def test_poses_by_image(tmp_path):
    file = tmp_path / "poses.txt"
    file.write_text("2\nYaw Pitch Raw\n0.jpg 1.5 -2 0.25\n1.jpg 4.5 2 0.25\n")
    poses = read_poses(file)
    assert poses["0"] == Pose(yaw=1.5, pitch=-2.0, roll=0.25)
    assert poses["0"].distance(poses["1"]) == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (read_attributes, "", "line 1"),
        (read_attributes, "1\nSmiling Male\n0.jpg 1\n", "line 3"),
        (read_attributes, "1\nSmiling\n\n0.jpg 2\n", "line 4"),
        (read_poses, "1\nYaw Pitch Raw\n0.jpg 1 2\n", "line 3"),
        (read_poses, "1\nYaw Pitch Raw\n0.jpg 1 2 left\n", "line 3"),
    ],
)
def test_another_layout_is_named_by_its_line(tmp_path, read, text, line):
    file = tmp_path / "table.txt"
    file.write_text(text)
    with pytest.raises(DataError, match=rf"table\.txt, {line}"):
        read(file)


@pytest.mark.parametrize("read", [read_attributes, read_poses])
def test_a_missing_table_is_named(tmp_path, read):
    with pytest.raises(DataError, match=r"table\.txt cannot be read"):
        read(tmp_path / "table.txt")
