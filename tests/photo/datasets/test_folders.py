"""What ``--data`` finds on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.errors import DataError
from maskgan_studio.labels import part_named
from maskgan_studio.photo.datasets import (
    Sample,
    merge_parts,
    open_source,
    parse_data_argument,
    read_image,
    read_mask,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("photos", ("photos", None, 1.0)),
        ("photos:masks", ("photos", "masks", 1.0)),
        ("photos@2.5", ("photos", None, 2.5)),
        ("photos:masks@.5", ("photos", "masks", 0.5)),
        ("C:photos", ("C:photos", None, 1.0)),  # a drive of Windows
        ("me@home", ("me@home", None, 1.0)),
        ("photos@1.2.3", ("photos@1.2.3", None, 1.0)),
    ],
)
def test_data_arguments(text, expected):
    images, masks, weight = parse_data_argument(text)
    assert (str(images), None if masks is None else str(masks), weight) == expected


def test_colons_and_at_signs_of_existing_folders_belong_to_their_names(tmp_path):
    folder = tmp_path / "a:b@2"
    folder.mkdir()
    assert parse_data_argument(str(folder)) == (folder, None, 1.0)
    assert parse_data_argument(f"{folder}@3") == (folder, None, 3.0)


def test_a_folder_may_have_a_name_of_one_letter(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert parse_data_argument("i:m") == (Path("i:m"), None, 1.0), "a path on a Windows drive"
    Path("i").mkdir()
    assert parse_data_argument("i:m") == (Path("i"), Path("m"), 1.0)


def test_a_weight_of_nothing_is_refused(tmp_path):
    with pytest.raises(DataError, match="positive"):
        parse_data_argument(f"{tmp_path}@0")


def test_the_official_split_follows_the_mapping_file(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 5)
    rows = [(0, 0), (1, 162770), (2, 162771), (3, 182637), (4, 182638)]
    lines = ["idx   orig_idx  orig_file", *(f"{i}   {orig}   {orig:06d}.jpg" for i, orig in rows)]
    (root / "CelebA-HQ-to-CelebA-mapping.txt").write_text("\n".join(lines))
    splits = [sample.split for sample in open_source(str(root), validation=0.9).samples]
    assert splits == ["train", "train", "validation", "validation", "test"]


def test_a_damaged_mapping_file_is_named(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 1)
    (root / "CelebA-HQ-to-CelebA-mapping.txt").write_text("header\n0 zero\n")
    with pytest.raises(DataError, match="mapping"):
        open_source(str(root))


def test_without_a_mapping_the_split_depends_on_the_name_alone(make_faces, tmp_path):
    many, few = make_faces(tmp_path / "many", 40), make_faces(tmp_path / "few", 10)
    of_many = {sample.name: sample.split for sample in open_source(str(many), 0.3).samples}
    of_few = {sample.name: sample.split for sample in open_source(str(few), 0.3).samples}
    assert {name: of_many[name] for name in of_few} == of_few
    assert 3 <= list(of_many.values()).count("validation") <= 22
    assert {sample.split for sample in open_source(str(many), 0.0).samples} == {"train"}


def write_part(folder: Path, number: int, part: str, plane: np.ndarray) -> tuple[int, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{number:05d}_{part}.png"
    Image.fromarray(plane.astype(np.uint8) * 255).save(file)
    return part_named(part).index, file


def test_later_parts_paint_over_earlier_ones(tmp_path):
    left, right = np.zeros((4, 4), bool), np.zeros((4, 4), bool)
    left[:, :3] = True
    right[:, 2:] = True
    hair, skin = write_part(tmp_path, 0, "hair", right), write_part(tmp_path, 0, "skin", left)
    merged = merge_parts((hair, skin))  # in whatever order the files are found
    np.testing.assert_array_equal(merged, np.tile([1, 1, 13, 13], (4, 1)))


def test_parts_of_different_sizes_are_refused(tmp_path):
    parts = (
        write_part(tmp_path, 0, "skin", np.ones((4, 4))),
        write_part(tmp_path, 0, "hair", np.ones((8, 8))),
    )
    with pytest.raises(DataError, match=r"00000_hair\.png"):
        merge_parts(parts)


def test_celebamask_parts_are_found_by_number_and_index_masks_win(make_faces, tmp_path):
    root = make_faces(tmp_path / "faces", 3)
    annotations = root / "CelebAMask-HQ-mask-anno"
    for number in (0, 1):
        write_part(annotations / "0", number, "l_eye", np.ones((64, 64)))
        write_part(annotations / "0", number, "skin", np.ones((64, 64)))
    Image.new("L", (4, 4)).save(annotations / "0" / "notes_skin.png")  # no number: not an annotation
    (root / "mask" / "1.png").unlink()
    (root / "mask" / "2.png").unlink()
    by_index, by_parts, without = open_source(str(root)).samples
    assert by_index.mask is not None and by_index.parts == ()
    assert [index for index, _ in sorted(by_parts.parts)] == [1, 4]
    assert (read_mask(by_parts, 64) == 4).all()
    assert not without.labelled


def test_a_plain_folder_with_masks_keeps_subfolders_apart(tmp_path):
    for name in ("a/1", "b/1"):
        for root in ("images", "masks"):
            (tmp_path / root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8)).save(tmp_path / "images" / f"{name}.webp")
    Image.new("L", (8, 8), 13).save(tmp_path / "masks" / "b" / "1.png")
    source = open_source(f"{tmp_path / 'images'}:{tmp_path / 'masks'}@2")
    assert [(sample.name, sample.labelled) for sample in source.samples] == [("a/1", False), ("b/1", True)]
    assert (source.weight, source.labelled) == (2.0, False)


def test_unusable_folders_are_named(tmp_path):
    with pytest.raises(DataError, match="no data folder"):
        open_source(str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="no images"):
        open_source(str(tmp_path))
    with pytest.raises(DataError, match="no mask folder"):
        open_source(f"{tmp_path}:{tmp_path / 'nowhere'}")


def test_images_and_masks_come_in_the_size_asked_for(tmp_path):
    pixels = np.zeros((32, 32, 3), np.uint8)
    pixels[:, 16:] = 255
    labels = np.where(pixels[..., 0] > 0, 18, 0).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    Image.fromarray(labels).save(tmp_path / "m.png")
    sample = Sample("a", tmp_path / "a.png", tmp_path / "m.png")
    assert read_image(sample, 32).tolist() == pixels.tolist()
    assert read_image(sample, 16).shape == (16, 16, 3)
    small = read_mask(sample, 16)
    np.testing.assert_array_equal(small, np.tile([0] * 8 + [18] * 8, (16, 1)))  # no values in between


@pytest.mark.parametrize("kind", ["garbage", "values", "colours", "missing"])
def test_bad_masks_are_named(tmp_path, kind):
    file = tmp_path / "bad.png"
    if kind == "garbage":
        file.write_bytes(b"no picture")
    elif kind == "values":
        Image.new("L", (8, 8), 19).save(file)
    elif kind == "colours":
        Image.new("RGB", (8, 8)).save(file)
    with pytest.raises(DataError, match=r"bad\.png"):
        read_mask(Sample("bad", file, file), 8)


def test_bad_images_are_named(tmp_path):
    file = tmp_path / "bad.jpg"
    file.write_bytes(b"\xff\xd8 cut off")
    with pytest.raises(DataError, match=r"bad\.jpg"):
        read_image(Sample("bad", file, None), 8)
