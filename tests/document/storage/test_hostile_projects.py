"""Projects from anywhere: opened, repaired, or refused in one sentence, before the open document is touched."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from maskgan_studio.document.layers import Layer
from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.document.storage.project_repair import fit_project
from maskgan_studio.engine.fit import Fit
from maskgan_studio.engine.reference import reference_from_bytes, reference_to_bytes
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import ProjectError, StudioError
from maskgan_studio.labels import UNSET, color_table
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.files.loading import Photo

MANIFEST = "maskgan-studio/project.json"
PLACE = {"center_x": 299.5, "center_y": 299.5, "axis_x": 300.0, "axis_y": 0.0, "size": 512}


def png(pixels: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def make_project(size: int = 512) -> Project:
    def scaled(array: np.ndarray) -> np.ndarray:
        return np.array(Image.fromarray(array).resize((size, size), Image.Resampling.NEAREST))

    labels = draw_sample_mask()
    photo = color_table()[labels]  # even areas are read and written in a tenth of a photo's time
    mask, crop = scaled(labels), scaled(photo)
    edit = np.where(mask == 13, np.uint8(14), np.uint8(UNSET))
    layers = (Layer(0, "Base", mask), Layer(1, "Hat", edit))
    return Project(layers, TargetImage(png(photo), "portrait.png", PLACE, crop), 1, 13)


@pytest.fixture(scope="module")
def project() -> Project:
    return make_project()


@pytest.fixture(scope="module")
def original(project, tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("p") / "a.ora"
    save_project(path, project)
    return path.read_bytes()


def rewritten(data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = change({name: archive.read(name) for name in archive.namelist()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_manifest(data: bytes, change: Callable[[dict], object]) -> bytes:
    def edit(files: dict[str, bytes]) -> dict[str, bytes]:
        manifest = json.loads(files[MANIFEST])
        change(manifest)
        return files | {MANIFEST: json.dumps(manifest).encode()}

    return rewritten(data, edit)


def open_like_the_window(path: Path) -> tuple[Session, Project]:
    """All that is made of a project before the open document goes."""
    from maskgan_studio.app.files.project_file import open_document

    project = load_project(path)
    opened = open_document(project, path)
    assert opened.session.source_mask.shape == (512, 512)
    if opened.target is not None:
        assert opened.target.crop.shape == (512, 512, 3) and opened.target.mask.shape == (512, 512)
        assert np.isfinite(opened.target.alignment.corners).all()
        opened.target.alignment.photo_bounds(opened.target.photo.pixels.shape)
    return opened.session, fit_project(project, 512)


# --- sizes


@pytest.mark.parametrize("size", [128, 256, 600, 1024])
def test_other_sizes_are_scaled_and_it_is_said(tmp_path, size):
    save_project(tmp_path / "a.ora", make_project(size))
    project = load_project(tmp_path / "a.ora", 512)
    assert [layer.labels.shape for layer in project.layers] == [(512, 512)] * 2
    assert project.target is not None and project.target.crop.shape == (512, 512, 3)
    assert f"was {size}×{size} pixels and was scaled" in str(project.notice)
    assert (project.layers[0].labels != draw_sample_mask()).mean() < 0.06
    session, _ = open_like_the_window(tmp_path / "a.ora")
    assert (session.source_mask == 14).any()


def test_sizes_that_no_mask_has_are_refused(tmp_path):
    for shape in ((512, 400), (64, 64)):
        save_project(tmp_path / "a.ora", Project((Layer(0, "Base", np.ones(shape, np.uint8)),)))
        assert load_project(tmp_path / "a.ora").layers[0].labels.shape == shape
        with pytest.raises(ProjectError, match=f"{shape[1]}×{shape[0]} pixels, but masks are 512×512") as problem:
            load_project(tmp_path / "a.ora", 512)
        assert "“a.ora”" in str(problem.value)


def test_the_right_size_is_left_alone(original, tmp_path):
    (tmp_path / "a.ora").write_bytes(original)
    project = load_project(tmp_path / "a.ora")
    assert fit_project(project, 512) is project and project.notice is None


# --- values


def test_ids_that_cannot_be_are_given_anew(original, tmp_path):
    def ids(*values: object) -> list[int]:
        def change(manifest: dict) -> None:
            for record, value in zip(manifest["layers"], values, strict=True):
                record["id"] = value

        (tmp_path / "a.ora").write_bytes(with_manifest(original, change))
        project = load_project(tmp_path / "a.ora", 512)
        Session(project)
        return [layer.id for layer in project.layers]

    assert ids(4, 2) == [4, 2]
    for wrong in ((0, 0), (10**30, 1), (-1, 1), (True, 1), ("x", 1), (1.5, [2]), (None, {})):
        found = ids(*wrong)
        assert len(set(found)) == 2 and all(type(value) is int and 0 <= value < 2**31 for value in found)


@pytest.mark.parametrize(
    "place",
    [
        {"a": 1},
        PLACE | {"size": "../x"},
        PLACE | {"center_x": "../x"},
        PLACE | {"center_x": float("nan")},
        PLACE | {"axis_x": float("inf")},
        PLACE | {"axis_x": 0.0},
        PLACE | {"axis_x": 1e300},
        PLACE | {"size": 10**400},
        PLACE | {"center_y": None},
        PLACE | {"center_y": [1]},
        PLACE | {"size": 64},
    ],
)
def test_a_place_that_cannot_be_leaves_the_face_alone_and_loses_nothing(original, project, tmp_path, place):
    change = with_manifest(original, lambda manifest: manifest["target"].update(alignment=place))
    (tmp_path / "a.ora").write_bytes(change)
    session, opened = open_like_the_window(tmp_path / "a.ora")
    assert "the face was opened alone" in str(opened.notice)
    assert opened.target is not None and np.array_equal(opened.target.crop, project.target.crop)
    save_project(tmp_path / "b.ora", session.project())
    assert project.target.photo in load_project(tmp_path / "b.ora").extras.values()  # the photo is still there


@pytest.mark.parametrize(
    ("name", "clean"),
    [("a\0b.png", "ab.png"), ("../../x.png", "x.png"), ("", "photo"), ("x" * 9999 + ".png", None)],
)
def test_names_of_photos_are_names(original, tmp_path, name, clean):
    (tmp_path / "a.ora").write_bytes(with_manifest(original, lambda manifest: manifest["target"].update(name=name)))
    _, project = open_like_the_window(tmp_path / "a.ora")
    assert project.target is not None and len(project.target.name) <= 255
    assert clean is None or project.target.name == clean


def test_what_opens_is_saved_and_opens_again(original, tmp_path):
    changed = with_manifest(original, lambda manifest: manifest["target"].update(name="a\0\ud800/\n.png"))
    (tmp_path / "a.ora").write_bytes(changed)
    session, _ = open_like_the_window(tmp_path / "a.ora")
    save_project(tmp_path / "b.ora", session.project())
    again, _ = open_like_the_window(tmp_path / "b.ora")
    assert np.array_equal(again.source_mask, session.source_mask)


@pytest.mark.parametrize("cases", ["26-ora", "fuzz-ora"])
def test_cases_open_or_are_refused(shared_data, cases):
    folder = shared_data.parent / "cases" / cases
    if not folder.is_dir():
        pytest.skip("no shared/cases")
    for path in sorted(folder.glob("*.ora")):
        try:
            session, _ = open_like_the_window(path)
        except ProjectError as error:
            assert path.name == "s64.ora" and "64×64" in str(error)
        else:
            assert session.source_mask.max() < 19


# --- anything at all

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["../x", "\0", 10**30]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places_of(value: object, place: tuple = ()) -> list[tuple]:
    """Where the values of nested JSON are."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(inner for key, item in items for inner in places_of(item, (*place, key)))]


def put(manifest: dict, place: tuple, value: object) -> None:
    holder: object = manifest
    for key in place[:-1]:
        holder = holder[key]  # type: ignore[index]
    if place:
        holder[place[-1]] = value  # type: ignore[index]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_changed_values_are_opened_or_refused_in_one_sentence(original, tmp_path_factory, data):
    path = tmp_path_factory.mktemp("h") / "a.ora"
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        places = places_of(json.loads(archive.read(MANIFEST)))

    def change(manifest: dict) -> None:
        for place in data.draw(st.lists(st.sampled_from(places[1:]), min_size=1, max_size=3, unique=True)):
            with contextlib.suppress(KeyError, IndexError, TypeError):  # an outer value is gone already
                put(manifest, place, data.draw(JSON))

    path.write_bytes(with_manifest(original, change))
    opens_or_says_why(path)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_changed_lists_of_layers_are_opened_or_refused(original, tmp_path_factory, data):
    path = tmp_path_factory.mktemp("h") / "a.ora"
    words = st.sampled_from(["nan", "-1", "1e999", "99999", "0", "x", "inf", "true", "../x", "", "-300", "2.5"])
    names = ["w=", "h=", "x=", "y=", "opacity=", "visibility=", "name=", "src=", "edit-locked=", "selected="]

    def change(files: dict[str, bytes]) -> dict[str, bytes]:
        xml = files["stack.xml"].decode()
        for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)):
            start = xml.find(f' {name}"')
            if start >= 0:
                begin = start + len(name) + 2
                xml = xml[:begin] + data.draw(words) + xml[xml.index('"', begin) :]
        return files | {"stack.xml": xml.encode()}

    path.write_bytes(rewritten(original, change))
    opens_or_says_why(path)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_changed_bytes_are_opened_or_refused(original, tmp_path_factory, data):
    path = tmp_path_factory.mktemp("h") / "a.ora"
    content = bytearray(original)
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=6)
    ):
        content[place] = value
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    opens_or_says_why(path)


def opens_or_says_why(path: Path) -> None:
    try:
        session, _ = open_like_the_window(path)
    except StudioError as error:
        assert "\n" not in str(error)
    else:
        save_project(path.with_name("again.ora"), session.project())


def test_kept_styles_and_fits_with_hostile_values_are_refused():
    crop = draw_sample_crop()
    target = Target(Photo(crop), Alignment.identity(crop.shape), crop, draw_sample_mask())
    good = reference_to_bytes(target, 0.5)
    rng = np.random.default_rng(0)
    for _ in range(60):
        changed = bytearray(good)
        for place in rng.integers(0, 300, 3):
            changed[place] = rng.integers(256)
        with contextlib.suppress(ProjectError):
            reference_from_bytes(bytes(changed))
    fit = Fit(
        "t",
        "w",
        "quick",
        np.ones(4, np.float32),
        draw_sample_mask(),
        np.ones((2, 8, 8), np.float16),
        np.ones((3, 2), np.float32),
        1.0,
        0.5,
    )
    assert Fit.from_bytes(fit.to_bytes()).key == fit.key
    for name, value in {
        "vector": np.full(4, np.nan, np.float32),
        "mask": draw_sample_mask()[:99, :99],
        "codes": np.full((2, 8, 8), np.inf, np.float16),
        "mode": "x",
        "error_before": float("nan"),
    }.items():
        from dataclasses import fields

        values = {field.name: getattr(fit, field.name) for field in fields(fit) if field.init} | {name: value}
        with pytest.raises(ProjectError):
            Fit.from_bytes(Fit(**values).to_bytes())
