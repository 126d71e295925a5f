"""Several faces in one project: all of them come back, and files from elsewhere do no harm."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawn_face import draw_face
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maskgan_studio.document.geometry.rasterize import ellipse
from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage import ora_archive
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.errors import ProjectError

MANIFEST = "maskgan-studio/project.json"
PHOTO = bytes(range(256)) * 50
SIDE = draw_face().shape[0]


def place(left: float, size: int = SIDE) -> dict[str, float]:
    return {"center_x": left, "center_y": 50.0, "axis_x": 40.0, "axis_y": 0.0, "size": size}


def make_face(number: int, strokes: int = 1) -> Session:
    crop = np.full((SIDE, SIDE, 3), number, np.uint8)
    session = Session.new(draw_face(), TargetImage(PHOTO, "group.jpg", place(100.0 * number), crop))
    for stroke in range(strokes):
        corner = (5 + 3 * stroke, 5 + 7 * number)
        session.paint("Ellipse", ellipse(corner, (60, 60), session.stack.shape), 1 + (number + stroke) % 18)
        if stroke % 2:
            session.layers.add(f"layer {stroke}")
    session.set_extra("note.txt", f"face {number}".encode())
    return session


def make_project(*strokes: int) -> Project:
    first, *others = (make_face(number, count) for number, count in enumerate(strokes))
    for other in others:
        first.group.activate(other)
    return first.group.project()


def assert_same(one: Project, other: Project) -> None:
    assert (one.active_layer, one.active_part, one.extras) == (other.active_layer, other.active_part, other.extras)
    assert [layer.name for layer in one.layers] == [layer.name for layer in other.layers]
    assert all((a.labels == b.labels).all() for a, b in zip(one.layers, other.layers, strict=True))
    assert one.target is not None and other.target is not None
    assert one.target.photo == other.target.photo == PHOTO and one.target.name == other.target.name
    assert one.target.alignment == other.target.alignment and (one.target.crop == other.target.crop).all()


def read_files(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_files(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_every_face_comes_back_in_its_order(tmp_path, strokes):
    project = make_project(*strokes)
    save_project(tmp_path / "group.ora", project)
    read = load_project(tmp_path / "group.ora")
    assert_same(read, project)
    assert len(read.others) == len(strokes) - 1 and read.notice is None
    for one, other in zip(read.others, project.others, strict=True):
        assert_same(one, other)
    again = tmp_path / "again.ora"
    save_project(again, read)
    assert again.read_bytes() == (tmp_path / "group.ora").read_bytes()


def test_one_face_is_written_as_earlier_versions_read_it_and_several_are_not(tmp_path):
    save_project(tmp_path / "one.ora", make_project(1))
    files = read_files(tmp_path / "one.ora")
    manifest = json.loads(files[MANIFEST])
    assert manifest["format"] == 1 and "faces" not in manifest
    save_project(tmp_path / "two.ora", make_project(1, 1))
    assert json.loads(read_files(tmp_path / "two.ora")[MANIFEST])["format"] == 2


def test_the_photo_is_in_the_file_once(tmp_path):
    save_project(tmp_path / "one.ora", make_project(1))
    save_project(tmp_path / "three.ora", make_project(1, 1, 1))
    assert (tmp_path / "three.ora").read_bytes().count(PHOTO) == 1


def damage(tmp_path: Path, change) -> Path:
    path = tmp_path / "group.ora"
    save_project(path, make_project(1, 1))
    files = read_files(path)
    write_files(path, change(files))
    return path


def test_a_damaged_face_is_said_before_anything_is_lost(tmp_path):
    path = damage(tmp_path, lambda files: files | {"maskgan-studio/face000.ora": b"no zip"})
    with pytest.raises(ProjectError, match=r"“group.ora”"):
        load_project(path)
    path = damage(tmp_path, lambda files: {n: data for n, data in files.items() if not n.endswith("face000.ora")})
    with pytest.raises(ProjectError, match=r"lacks its part “maskgan-studio/face000.ora”"):
        load_project(path)


def test_a_face_inside_a_face_is_refused(tmp_path):
    path = damage(tmp_path, lambda files: files)
    inner = path.read_bytes()
    path = damage(tmp_path, lambda files: files | {"maskgan-studio/face000.ora": inner})
    with pytest.raises(ProjectError, match="damaged"):
        load_project(path)


def test_a_face_of_another_size_is_refused(tmp_path):
    small = np.zeros((64, 64), np.uint8)
    other = Session.new(small, TargetImage(b"", "group.jpg", place(9, 64), np.zeros((64, 64, 3), np.uint8)))
    buffer = tmp_path / "small.ora"
    save_project(buffer, other.project())
    path = damage(tmp_path, lambda files: files | {"maskgan-studio/face000.ora": buffer.read_bytes()})
    with pytest.raises(ProjectError, match="damaged"):
        load_project(path)


def test_what_a_project_may_hold_is_counted_over_all_of_its_faces(tmp_path, monkeypatch):
    path = damage(tmp_path, lambda files: files)
    sizes = []
    for data in (path.read_bytes(), read_files(path)["maskgan-studio/face000.ora"]):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes.append(sum(entry.file_size for entry in archive.infolist()))
    monkeypatch.setattr(ora_archive, "_MAX_TOTAL_BYTES", sum(sizes))
    assert len(load_project(path).others) == 1
    monkeypatch.setattr(ora_archive, "_MAX_TOTAL_BYTES", sum(sizes) - 1)
    with pytest.raises(ProjectError, match="larger than this program can open"):
        load_project(path)


def test_a_painting_program_keeps_the_active_face(tmp_path):
    path = damage(tmp_path, lambda files: {n: data for n, data in files.items() if "maskgan" not in n})
    read = load_project(path)
    assert not read.others and read.notice is not None


def test_faces_are_brought_to_the_size_that_is_worked_at(tmp_path):
    save_project(tmp_path / "group.ora", make_project(1, 1))
    project = load_project(tmp_path / "group.ora")
    alignments = [replace(each.target, alignment=place(5, 512)) for each in (project, *project.others)]
    whole = replace(project, target=alignments[0], others=(replace(project.others[0], target=alignments[1]),))
    save_project(tmp_path / "group.ora", whole)
    read = load_project(tmp_path / "group.ora", 512)
    assert [each.layers[0].labels.shape for each in (read, *read.others)] == [(512, 512)] * 2
    lost = replace(whole, others=(replace(project.others[0], target=replace(alignments[1], alignment={"size": 3})),))
    save_project(tmp_path / "group.ora", lost)
    read = load_project(tmp_path / "group.ora", 512)
    assert not read.others and "it was left out" in str(read.notice)
