from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from astronaut_points import ASTRONAUT_POINTS
from drawn_features import ellipse, face_mask
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.detection import Face, find_faces, start_alignment
from maskgan_studio.photo.alignment.face_alignment import (
    Alignment,
    Landmarks,
    align_best_face,
    align_face,
    landmarks_from_mask,
)
from maskgan_studio.photo.alignment.landmarks import CANONICAL

SKIN, NOSE, GLASSES, L_EYE, R_EYE, L_BROW, R_BROW, MOUTH = (
    part_named(name).index for name in ("skin", "nose", "eye_g", "l_eye", "r_eye", "l_brow", "r_brow", "u_lip")
)
POOR_START = Face((140.0, 60.0, 140.0, 140.0), None, 20.0, 9.0)
alignments = st.builds(
    Alignment,
    st.floats(-500, 5000),
    st.floats(-500, 5000),
    st.floats(20, 2000),
    st.floats(-2000, 2000),
    st.sampled_from([128, 256, 512]),
)


def test_typical_landmarks_give_the_crop_itself() -> None:
    alignment = Alignment.from_landmarks(CANONICAL)
    assert np.allclose(alignment.corners, [[0, 2], [0, 514], [512, 514], [512, 2]], atol=3)


def test_celeba_formula_by_hand() -> None:
    # Eyes 40 apart, mouth 60 below: 1.8 * 60 wins over 2 * 40; centre 6 below the eyes' middle.
    alignment = Alignment.from_landmarks(Landmarks((100, 50), (140, 50), (110, 110), (130, 110)))
    assert (alignment.center_x, alignment.center_y) == pytest.approx((120, 56))
    assert (alignment.axis_x, alignment.axis_y) == pytest.approx((108, 0))


@given(alignments)
def test_the_inverse_is_exact(alignment: Alignment) -> None:
    points = np.array([[0.0, 0.0], [511.0, 0.0], [100.5, 300.25]])
    assert np.allclose(alignment.to_crop(alignment.to_photo(points)), points, atol=1e-6)
    corners = np.array([[-0.5, -0.5], [-0.5, alignment.size - 0.5], [alignment.size - 0.5] * 2])
    assert np.allclose(alignment.to_photo(corners), alignment.corners[:3], atol=1e-6)


@given(alignments)
def test_json(alignment: Alignment) -> None:
    assert Alignment.from_json(alignment.to_json()) == alignment


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"center_x": 1}', '{"center_x": "a"}'])
def test_json_of_something_else(text: str) -> None:
    with pytest.raises(ValueError):
        Alignment.from_json(text)


@pytest.mark.parametrize("scale", [0.4, 1.0, 2.7, 6.0])
@pytest.mark.parametrize("angle", [0, 30, -45])
def test_pictures_follow_the_matrix(scale: float, angle: float) -> None:
    """Dots in the photo land in the crop where `to_crop` says, to half a pixel and better."""
    size = 128
    turn = np.radians(angle)
    half = scale * size / 2
    alignment = Alignment(450.3, 440.7, half * np.cos(turn), half * np.sin(turn), size)
    for spot in ((40.0, 90.0), (101.5, 30.25)):
        center = alignment.to_photo(np.array([spot]))[0]
        y, x = np.mgrid[:900, :900]
        dot = 255 * np.exp(-((x - center[0]) ** 2 + (y - center[1]) ** 2) / (2 * (3 * scale) ** 2))
        seen = alignment.crop(np.repeat(np.rint(dot).astype(np.uint8)[..., None], 3, axis=2))[..., 0].astype(float)
        rows, columns = np.mgrid[:size, :size]
        found = np.array([(columns * seen).sum(), (rows * seen).sum()]) / seen.sum()
        assert np.hypot(*(found - spot)) < 0.15


def test_aligned_photos_pass_unchanged(astronaut: np.ndarray) -> None:
    assert np.array_equal(Alignment.identity(astronaut.shape).crop(astronaut), astronaut)
    doubled = astronaut.repeat(2, axis=0).repeat(2, axis=1)
    assert np.array_equal(Alignment.identity(doubled.shape).crop(doubled), astronaut)
    wide = cv2.copyMakeBorder(astronaut, 0, 0, 100, 100, cv2.BORDER_REPLICATE)
    assert np.array_equal(Alignment.identity(wide.shape).crop(wide), astronaut)


def test_shrinking_averages() -> None:
    """A checkerboard of single pixels becomes grey, not moiré, at any angle."""
    board = np.indices((900, 900)).sum(axis=0) % 2 * 255
    pixels = np.repeat(board.astype(np.uint8)[..., None], 3, axis=2)
    for angle in (0.0, 0.3):
        crop = Alignment(450, 450, 300 * np.cos(angle), 300 * np.sin(angle), 64).crop(pixels)
        assert np.abs(crop.astype(int) - 127).max() <= 12


def test_beyond_the_border_the_photo_is_mirrored_and_blurred(astronaut: np.ndarray) -> None:
    outside = Alignment(-0.5, 255.5, 100.0, 0.0, 200)
    crop = outside.crop(astronaut)
    assert np.array_equal(crop[:, 100:], astronaut[156:356, :100])
    assert crop[:, :80].std() < crop[:, 120:].std()
    assert Alignment(-900.0, -900.0, 50.0, 0.0, 64).crop(astronaut).shape == (64, 64, 3)


def test_huge_panorama() -> None:
    """OpenCV's warp alone refuses more than 32767 pixels a side."""
    pixels = np.zeros((70, 40000, 3), np.uint8)
    pixels[:, 35000:] = 200
    crop = Alignment(36000.0, 35.0, 30.0, 0.0, 64).crop(pixels)
    assert (crop == 200).all()


def test_landmarks_of_a_mask() -> None:
    found = landmarks_from_mask(face_mask(CANONICAL.points()))
    assert found is not None
    assert np.abs(found.points() - CANONICAL.points()).max() < 1.5


def test_swapped_eye_classes_and_stray_pixels_do_no_harm() -> None:
    mask = face_mask(CANONICAL.points())
    swapped = mask.copy()
    swapped[mask == L_EYE], swapped[mask == R_EYE] = R_EYE, L_EYE
    swapped[500:503, 5:9] = L_EYE
    swapped[3:6, 500:503] = MOUTH
    expected, found = landmarks_from_mask(mask), landmarks_from_mask(swapped)
    assert expected == found


def hide(mask: np.ndarray, *classes: int) -> np.ndarray:
    return np.where(np.isin(mask, classes), SKIN, mask).astype(np.uint8)


def with_glasses(mask: np.ndarray) -> np.ndarray:
    mask = hide(mask, L_EYE, R_EYE)
    for center in CANONICAL.points()[:2]:
        ellipse(mask, center, (45, 32), 0, GLASSES)
    return mask


def with_brows_only(mask: np.ndarray) -> np.ndarray:
    mask = hide(mask, L_EYE, R_EYE)
    for center, brow in zip(CANONICAL.points()[:2], (R_BROW, L_BROW), strict=True):
        ellipse(mask, center - (0, 32), (30, 6), 0, brow)
    return mask


@pytest.mark.parametrize(
    "change",
    [with_glasses, with_brows_only, lambda mask: hide(mask, L_EYE), lambda mask: hide(mask, MOUTH)],
    ids=["sunglasses", "closed", "one eye", "no mouth"],
)
def test_hidden_features_are_guessed(change: Callable[[np.ndarray], np.ndarray]) -> None:
    found = landmarks_from_mask(change(face_mask(CANONICAL.points())))
    assert found is not None
    assert np.abs(found.points() - CANONICAL.points()).max() < 10


def test_nothing_to_go_by() -> None:
    assert landmarks_from_mask(np.zeros((512, 512), np.uint8)) is None
    assert landmarks_from_mask(hide(face_mask(CANONICAL.points()), L_EYE, R_EYE)) is None


def test_hand_placed_points_in_any_order_and_upside_down() -> None:
    upright = Alignment.from_landmarks(Landmarks.from_eyes((100, 50), (140, 50), (120, 92)))
    assert Alignment.from_landmarks(Landmarks.from_eyes((140, 50), (100, 50), (120, 92))) == upright
    turned = Alignment.from_landmarks(Landmarks.from_eyes((100, 50), (140, 50), (120, 8)))
    assert turned.axis_x == pytest.approx(-upright.axis_x)


class FakeParser:
    """Knows where the features are in the photo; sees each crop through the alignment it was cut with."""

    def __init__(self, labels: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
        self.labels = labels
        self.crops = 0
        cut = Alignment.crop

        def crop(alignment: Alignment, pixels: np.ndarray, size: int | None = None) -> np.ndarray:
            self.alignment = alignment
            return cut(alignment, pixels, size)

        monkeypatch.setattr(Alignment, "crop", crop)

    def __call__(self, crop: np.ndarray) -> np.ndarray:
        self.crops += 1
        flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        return cv2.warpAffine(self.labels, self.alignment.inverse, crop.shape[:2], flags=flags)


def test_alignment_converges_on_the_features(astronaut: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = FakeParser(face_mask(ASTRONAUT_POINTS, scale=0.35), monkeypatch)
    found = align_face(astronaut, POOR_START, parser)
    alignment, mask = found.alignment, found.mask
    wanted = Alignment.from_landmarks(Landmarks.from_points(ASTRONAUT_POINTS))
    assert np.hypot(*(alignment.corners - wanted.corners).T).mean() < 0.01 * 512 * wanted.scale
    assert parser.crops <= 5
    assert np.array_equal(mask, parser(alignment.crop(astronaut)))


def test_parser_that_sees_nothing(astronaut: np.ndarray) -> None:
    found = align_face(astronaut, POOR_START, lambda crop: np.zeros((512, 512), np.uint8))
    assert found.alignment == start_alignment(POOR_START)
    assert not found.mask.any()
    assert found.is_doubtful


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_of_four_turns_the_one_that_shows_a_face_wins(
    astronaut: np.ndarray, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    """A chance hit takes a face that stands on its head, or lies on a side, for an upright one."""
    wanted = Alignment.from_landmarks(Landmarks.from_points(ASTRONAUT_POINTS)).turned(turn)
    points = wanted.to_photo(CANONICAL.points())
    parser = FakeParser(face_mask(points, scale=0.35), monkeypatch)
    found = align_face(astronaut, Face((153.0, 60.0, 140.0, 140.0), None, 5.0, 4.0), parser)
    assert np.hypot(*(found.alignment.corners - wanted.corners).T).mean() < 0.02 * 512 * wanted.scale
    assert not found.is_doubtful


def test_an_upright_face_is_not_turned(astronaut: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = FakeParser(face_mask(ASTRONAUT_POINTS, scale=0.35), monkeypatch)
    start = Alignment.from_landmarks(Landmarks.from_points(ASTRONAUT_POINTS))
    width = 2 * float(np.hypot(start.axis_x, start.axis_y)) / 1.56
    box = (start.center_x - width / 2, start.center_y - width / 2 + 0.07 * width, width, width)
    assert not align_face(astronaut, Face(box, None, start.angle_deg, 40.0), parser).is_doubtful
    assert parser.crops <= 2


def test_the_next_face_is_taken_where_the_first_is_none(astronaut: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = FakeParser(face_mask(ASTRONAUT_POINTS, scale=0.35), monkeypatch)
    chance = Face((400.0, 400.0, 60.0, 60.0), None, 0.0, 8.0)
    number, found = align_best_face(astronaut, [chance, POOR_START], parser)
    assert number == 1 and not found.is_doubtful
    number, found = align_best_face(astronaut, [chance], parser)
    assert number == 0 and found.is_doubtful


def test_parser_that_loses_the_face_on_the_way(astronaut: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = FakeParser(face_mask(ASTRONAUT_POINTS, scale=0.35), monkeypatch)
    seen: list[np.ndarray] = []

    def once(crop: np.ndarray) -> np.ndarray:
        seen.append(parser(crop) if not seen else np.zeros((512, 512), np.uint8))
        return seen[-1]

    assert np.array_equal(align_face(astronaut, POOR_START, once).mask, seen[0])


def test_nonsense_masks_do_not_throw_the_crop_away(astronaut: np.ndarray) -> None:
    noise = np.random.default_rng(1)
    for _ in range(5):
        found = align_face(
            astronaut,
            POOR_START,
            lambda crop: cv2.resize(noise.integers(0, 19, (9, 9), np.uint8), (512, 512), interpolation=0),
        )
        assert found.mask.shape == (512, 512)
        assert 0.02 < found.alignment.scale < 20


def test_real_portraits(shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Laid small and tilted into a larger image, aligned portraits come back as they were, to 2 % of their width."""
    from PIL import Image

    root = shared_data / "celebamask-mini"
    errors = []
    for index, angle in ((5, 0), (20, 40), (33, -40), (60, 15)):
        portrait = np.array(Image.open(root / f"CelebA-HQ-img/{index}.jpg").convert("RGB"))
        mask = np.array(Image.open(root / f"mask/{index}.png"))
        place = Alignment(300.0, 280.0, 150 * np.cos(np.radians(angle)), 150 * np.sin(np.radians(angle)))
        photo = cv2.warpAffine(portrait, place.inverse, (600, 600), borderMode=cv2.BORDER_REPLICATE)
        labels = cv2.warpAffine(mask, place.inverse, (600, 600), flags=cv2.INTER_NEAREST)
        monkeypatch.undo()
        alignment = align_face(photo, find_faces(photo)[0], FakeParser(labels, monkeypatch)).alignment
        landmarks = landmarks_from_mask(mask)
        assert landmarks is not None
        points = landmarks.points()
        errors.append(np.hypot(*(alignment.to_crop(place.to_photo(points)) - points).T).mean() / 512)
    assert np.mean(errors) < 0.015
    assert max(errors) < 0.02
