from __future__ import annotations

import cv2
import numpy as np
import pytest
from astronaut_points import ASTRONAUT_POINTS

from maskgan_studio.photo.alignment.detection import Face, _Hit, _merged, find_faces, start_alignment
from maskgan_studio.photo.alignment.face_alignment import Alignment, Landmarks

WANTED = Alignment.from_landmarks(Landmarks.from_points(ASTRONAUT_POINTS))


def placed(astronaut: np.ndarray, size: int, places: list[tuple[float, float, float, float]]) -> np.ndarray:
    """A plain grey image with her head at each (x, y, scale, angle)."""
    photo = np.full((size, size, 3), 110, np.uint8)
    for x, y, scale, angle in places:
        turn = cv2.getRotationMatrix2D((223.5, 121.0), -angle, scale)
        turn[:, 2] += np.array([x, y]) - (223.5, 121.0)
        head = np.zeros(astronaut.shape[:2], np.float32)
        cv2.ellipse(head, (223, 110), (90, 110), 0, 0, 360, 1.0, -1)
        weight = cv2.warpAffine(cv2.GaussianBlur(head, (0, 0), 8), turn, (size, size))[..., None]
        photo = np.rint(photo * (1 - weight) + cv2.warpAffine(astronaut, turn, (size, size)) * weight).astype(np.uint8)
    return photo


def middle(face: Face) -> np.ndarray:
    x, y, width, height = face.box
    return np.array([x + width / 2, y + height / 2])


def test_upright_face(astronaut: np.ndarray) -> None:
    face = find_faces(astronaut)[0]
    start = start_alignment(face)
    assert np.hypot(*(start.to_crop(ASTRONAUT_POINTS) - WANTED.to_crop(ASTRONAUT_POINTS)).T).mean() < 0.06 * 512
    assert face.eyes is not None
    assert np.hypot(*(np.array(face.eyes) - ASTRONAUT_POINTS[:2]).T).max() < 8


@pytest.mark.parametrize("angle", [-45, -25, 25, 45])
def test_tilted_face(astronaut: np.ndarray, angle: float) -> None:
    face = find_faces(placed(astronaut, 500, [(250, 250, 1.0, angle)]))[0]
    assert np.hypot(*(middle(face) - 250)) < 35
    assert abs(face.angle_deg - angle) < 14


def test_faces_of_a_group_are_all_found(astronaut: np.ndarray) -> None:
    places = [(300.0, 300.0, 0.9, 0.0), (1200.0, 400.0, 0.5, 10.0), (700.0, 1200.0, 0.6, -10.0), (1300, 1300, 2.0, 0)]
    faces = find_faces(placed(astronaut, 1600, places))
    assert len(faces) == 4
    assert np.hypot(*(middle(faces[0]) - 1300)) < 60, "the largest comes first"
    for x, y, scale, _ in places:
        assert min(np.hypot(*(middle(face) - (x, y))) for face in faces) < 40 * scale


@pytest.mark.parametrize("turns", [1, 3])
def test_photo_on_its_side(astronaut: np.ndarray, turns: int) -> None:
    head = astronaut[:320, 60:380]
    face = find_faces(np.ascontiguousarray(np.rot90(head, turns)))[0]
    expected = {1: (121, 156), 3: (198, 163)}[turns]
    assert np.hypot(*(middle(face) - expected)) < 40


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_face_wins_over_chance_hits_of_the_upright_search(astronaut: np.ndarray, turns: int) -> None:
    # Part of a face-like texture upright, and the face itself on its side or head.
    photo = placed(astronaut, 500, [(250, 250, 1.0, 90.0 * turns)])
    face = find_faces(photo)[0]
    assert np.hypot(*(middle(face) - 250)) < 40
    assert abs((face.angle_deg - 90 * turns + 180) % 360 - 180) < 15


def test_tilts_on_both_sides_of_upside_down_are_one_face() -> None:
    hits = [_Hit(100, 100, 80, -170, 5), _Hit(102, 100, 80, 170, 5)]
    face = _merged(hits)
    assert face.score == 10
    assert abs(face.angle_deg) % 360 == 180


def test_face_that_touches_the_border(astronaut: np.ndarray) -> None:
    assert find_faces(np.ascontiguousarray(astronaut[60:190, 165:285]))


def test_no_face() -> None:
    assert find_faces(np.full((300, 400, 3), 120, np.uint8)) == []
    from skimage import data

    assert find_faces(np.repeat(data.brick()[:300, :300, None], 3, axis=2)) == []
