"""The class table against the dataset's own facts."""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio import labels

OFFICIAL_ORDER = [
    "background",
    "skin",
    "nose",
    "eye_g",
    "l_eye",
    "r_eye",
    "l_brow",
    "r_brow",
    "l_ear",
    "r_ear",
    "mouth",
    "u_lip",
    "l_lip",
    "hair",
    "hat",
    "ear_r",
    "neck_l",
    "neck",
    "cloth",
]


def test_parts_stand_in_the_official_order():
    assert [part.name for part in labels.PARTS] == OFFICIAL_ORDER
    assert [part.index for part in labels.PARTS] == list(range(19))
    assert labels.part_named("hair").index == 13


def test_colours_are_those_of_the_dataset_and_distinct():
    table = labels.color_table()
    assert table.dtype == np.uint8 and table.shape == (19, 3)
    assert table[4].tolist() == [51, 51, 255] and table[5].tolist() == [204, 0, 204]  # the released demo swaps these
    for safe in (False, True):
        assert len({tuple(color) for color in labels.color_table(safe).tolist()}) == 19


def test_counterparts_are_eyes_brows_and_ears():
    counterparts = {part.index: part.counterpart for part in labels.PARTS if part.counterpart is not None}
    assert counterparts == {4: 5, 5: 4, 6: 7, 7: 6, 8: 9, 9: 8}


def test_shortcuts_are_not_given_twice():
    shortcuts = [part.shortcut for part in labels.PARTS if part.shortcut]
    assert len(shortcuts) == len(set(shortcuts))


def test_mirroring_twice_changes_nothing_and_makes_the_left_eye_the_right():
    flip = np.array(labels.FLIP)
    np.testing.assert_array_equal(flip[flip], np.arange(labels.NUM_CLASSES))
    assert flip[labels.part_named("l_eye").index] == labels.part_named("r_eye").index
    assert flip[labels.part_named("nose").index] == labels.part_named("nose").index


def test_no_two_colours_of_the_screen_look_alike_and_files_keep_the_datasets():
    lab = cv2.cvtColor(np.float32(labels.screen_color_table()[None] / 255), cv2.COLOR_RGB2LAB)[0]
    distances = np.linalg.norm(lab[:, None] - lab[None], axis=2) + 1000 * np.eye(labels.NUM_CLASSES)
    official = cv2.cvtColor(np.float32(labels.color_table()[None] / 255), cv2.COLOR_RGB2LAB)[0]
    assert distances.min() > 30
    assert np.linalg.norm(official[13] - official[4]) < 20, "hair and left eye, in the dataset's own colours"
