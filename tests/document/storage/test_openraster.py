import io
import json
import struct
import zipfile
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from maskgan_studio.document.geometry import rasterize
from maskgan_studio.document.layers import Layer, LayerStack
from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage import ora_archive
from maskgan_studio.document.storage.color_codec import rgba_from_labels
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.errors import ProjectError
from maskgan_studio.labels import UNSET

PHOTO = b"\xff\xd8 any bytes \x00\xff"
HAIR, HAT = 13, 14


@pytest.fixture
def project(face) -> Project:
    crop = np.random.default_rng(1).integers(0, 256, (*face.shape, 3)).astype(np.uint8)
    session = Session.new(face, TargetImage(PHOTO, "My face.JPG", {"center_x": 0.1, "size": 512}, crop))
    session.paint("Rectangle", rasterize.rectangle((10, 10), (60, 40), face.shape), HAT)
    glasses = session.layers.add("glasses <&> “ö”")
    session.layers.set_opacity(glasses, 0.8)
    session.paint("Ellipse", rasterize.ellipse((30, 50), (100, 70), face.shape), 3)
    hidden = session.layers.add("hidden")
    session.paint("Rectangle", rasterize.rectangle((60, 60), (90, 90), face.shape), 5)
    session.layers.show(hidden, False)
    session.layers.lock(hidden, True)
    session.activate_layer(glasses)
    session.activate_part(3)
    session.set_extra("style.safetensors", bytes(range(256)))
    return session.project()


@pytest.fixture
def saved(project, tmp_path):
    path = tmp_path / "face.ora"
    save_project(path, project)
    return path


def assert_same_layers(first: Project, second: Project, ids: bool = True) -> None:
    for one, other in zip(first.layers, second.layers, strict=True):
        assert (one.name, one.visible, one.opacity, one.locked) == (
            other.name,
            other.visible,
            other.opacity,
            other.locked,
        )
        assert (one.labels == other.labels).all()
        assert one.id == other.id or not ids


def rewrite(path, change) -> None:
    """Change the archive's files, given and returned as a dict of bytes."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files = change(files)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def painted_elsewhere(files: dict[str, bytes], keep_ours: bool = False) -> dict[str, bytes]:
    """What Krita 5.1 writes: unknown files dropped, layers cut to their contents and encoded anew."""
    image = ElementTree.fromstring(files["stack.xml"])
    written = {name: data for name, data in files.items() if keep_ours and name.startswith("maskgan-studio/")}
    written["mimetype"] = files["mimetype"]
    for number, layer in enumerate(image.iter("layer")):
        pixels = Image.open(io.BytesIO(files[layer.get("src")])).convert("RGBA")
        box = pixels.getchannel("A").getbbox() or (0, 0, 1, 1)
        buffer = io.BytesIO()
        pixels.crop(box).save(buffer, "PNG", compress_level=9)
        layer.set("src", f"data/other{number}.png")
        layer.set("x", str(box[0]))
        layer.set("y", str(box[1]))
        written[layer.get("src")] = buffer.getvalue()
    return written | {"stack.xml": ElementTree.tostring(image)}


def test_a_project_is_read_as_it_was_written(project, saved):
    loaded = load_project(saved)
    assert_same_layers(loaded, project)
    assert (loaded.active_layer, loaded.active_part) == (project.active_layer, 3)
    assert loaded.target.photo == PHOTO
    assert (loaded.target.name, loaded.target.alignment) == ("My face.JPG", {"center_x": 0.1, "size": 512})
    assert (loaded.target.crop == project.target.crop).all()
    assert loaded.extras == {"style.safetensors": bytes(range(256))}
    assert loaded.notice is None
    again = saved.with_name("again.ora")
    save_project(again, loaded)
    assert again.read_bytes() == saved.read_bytes(), "the same document gives the same file"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec=None), max_size=8), st.booleans(), st.floats(0, 1), st.booleans()),
        max_size=4,
    ),
    st.data(),
)
def test_any_stack_is_read_as_it_was_written(tmp_path_factory, properties, data):
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    layers = [Layer(4, "base [mask]", rng.integers(0, 19, (6, 5)).astype(np.uint8))]
    for number, (name, visible, opacity, locked) in enumerate(properties):
        labels = rng.choice(np.array([*range(19), UNSET], np.uint8), (6, 5))
        layers.append(Layer(7 + number, name, labels, visible, opacity, locked))
    target = TargetImage(
        b"photo", data.draw(st.text(st.characters(codec=None))) or "a.jpg", {}, np.zeros((6, 5, 3), np.uint8)
    )
    path = tmp_path_factory.mktemp("projects") / "any.ora"
    save_project(path, Project(tuple(layers), target, layers[-1].id, 2))
    loaded = load_project(path)
    assert loaded.target.name == target.name
    assert loaded.target.photo == target.photo
    printable = [replace(layer, name="".join(filter(str.isprintable, layer.name))) for layer in layers]
    assert_same_layers(loaded, Project(tuple(printable), target))


def test_the_file_is_an_openraster_picture_for_others(project, saved):
    assert b"mimetypeimage/openraster" in saved.read_bytes()[:70], "what file(1) looks for, uncompressed"
    with zipfile.ZipFile(saved) as archive:
        image = ElementTree.fromstring(archive.read("stack.xml"))
        layers = list(image.iter("layer"))
        merged = np.array(Image.open(archive.open("mergedimage.png")))
        thumbnail = Image.open(archive.open("Thumbnails/thumbnail.png"))
        glasses = np.array(Image.open(archive.open(layers[1].get("src"))))
    assert (image.get("w"), image.get("h")) == ("128", "128")
    assert [layer.get("name") for layer in layers] == [
        "hidden [mask]",
        "glasses <&> “ö” [mask]",
        "Edits [mask]",
        "From the photo [base mask]",
        "My face.JPG [photo]",
    ], "the uppermost first"
    assert [layer.get("visibility") for layer in layers] == ["hidden", *["visible"] * 4]
    assert (glasses == rgba_from_labels(project.layers[2].labels)).all()
    assert merged.shape == (128, 128, 4)
    assert tuple(merged[20, 20]) == (255, 51, 153, 255), "the hat"
    blended = 0.8 * np.array([204, 204, 0]) + 0.2 * np.array([204, 0, 0])
    assert np.abs(merged[55, 64, :3] - blended).max() <= 1, "glasses at 80 % over the skin"
    assert max(thumbnail.size) <= 256


def test_everything_is_rebuilt_from_names_and_colours(project, saved):
    rewrite(saved, painted_elsewhere)
    loaded = load_project(saved)
    assert_same_layers(loaded, project, ids=False)
    assert [layer.id for layer in loaded.layers] == [0, 1, 2, 3]
    assert loaded.layers[2].id == loaded.active_layer
    assert (loaded.target.crop == project.target.crop).all()
    assert loaded.target.alignment == {}
    assert (np.array(Image.open(io.BytesIO(loaded.target.photo))) == project.target.crop).all()
    assert loaded.target.name == "My face.png"
    assert "open the photo again" in str(loaded.notice)


def test_what_was_painted_elsewhere_is_read_back_although_our_data_is_there(project, saved):
    def paint(files):
        files = painted_elsewhere(files, keep_ours=True)
        image = ElementTree.fromstring(files["stack.xml"])
        source = next(layer.get("src") for layer in image.iter("layer") if layer.get("name") == "Edits [mask]")
        pixels = np.array(Image.open(io.BytesIO(files[source])))
        pixels[:5, :5] = (0, 0, 204, 255)  # hair
        pixels[:5, 5:9] = (0, 0, 204, 100)  # too faint
        pixels[8:10, :5] = (3, 2, 199, 255)  # hair, through a colour profile
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "PNG")
        return files | {source: buffer.getvalue()}

    rewrite(saved, paint)
    loaded = load_project(saved)
    expected = project.layers[1].labels.copy()
    expected[10:15, 10:15] = HAIR
    expected[10:15, 15:19] = UNSET
    expected[18:20, 10:15] = HAIR
    assert (loaded.layers[1].labels == expected).all()
    assert (loaded.layers[2].labels == project.layers[2].labels).all()
    assert loaded.target.photo == PHOTO
    assert loaded.extras == project.extras
    assert loaded.notice is None


def test_layers_that_were_added_grouped_and_moved_elsewhere(project, saved):
    def regroup(files):
        image = ElementTree.fromstring(files["stack.xml"])
        stack = image.find("stack")
        hidden, glasses, edits, base, photo = list(stack)
        for layer in (hidden, glasses, edits, base, photo):
            stack.remove(layer)
        group = ElementTree.SubElement(stack, "stack", name="group", opacity="0.5", visibility="hidden", x="3")
        group.append(glasses)
        stack.append(base)  # above the edits now
        stack.append(edits)
        ElementTree.SubElement(stack, "layer", name="Layer 7", src=edits.get("src"), x="-4", y="20")
        ElementTree.SubElement(stack, "layer", name="sketch", src=photo.get("src"))
        stack.append(photo)
        return files | {"stack.xml": ElementTree.tostring(image)}

    rewrite(saved, regroup)
    loaded = load_project(saved)
    assert [layer.name for layer in loaded.layers] == ["From the photo", "Layer 7", "Edits", "glasses <&> “ö”"]
    group = loaded.layers[-1]
    assert (group.opacity, group.visible) == (0.4, False)
    assert (group.labels[:, 3:] == project.layers[2].labels[:, :-3]).all()
    assert (group.labels[:, :3] == UNSET).all()
    assert "“sketch” is no mask" in str(loaded.notice)
    assert len({layer.id for layer in loaded.layers}) == len(loaded.layers)
    LayerStack(loaded.layers)


def test_a_base_with_holes_is_filled_with_background(project, saved, face):
    def erase(files):
        image = ElementTree.fromstring(files["stack.xml"])
        source = next(layer.get("src") for layer in image.iter("layer") if "base mask" in layer.get("name"))
        pixels = np.array(Image.open(io.BytesIO(files[source])))
        pixels[:, :64, 3] = 0
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "PNG")
        return files | {source: buffer.getvalue()}

    rewrite(saved, erase)
    base = load_project(saved).layers[0].labels
    assert (base[:, :64] == 0).all()
    assert (base[:, 64:] == face[:, 64:]).all()


def without(name):
    return lambda files: {key: data for key, data in files.items() if not key.startswith(name)}


def with_manifest(**changes):
    def change(files):
        name = "maskgan-studio/project.json"
        return files | {name: json.dumps(json.loads(files[name]) | changes).encode()}

    return change


BILLION_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><image w="8" h="8"><stack><layer name="&a;"/></stack></image>'


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (without("stack.xml"), "no list of layers"),
        (without("data/layer002"), "lacks its part “data/layer002.png”"),
        (without("maskgan-studio/photo"), "lacks its part"),
        (
            lambda files: files | {"data/layer002.png": b"\x89PNG nothing"},
            "layer “Edits .mask.” of the project is damaged",
        ),
        (lambda files: files | {"stack.xml": b"<image"}, "damaged"),
        (lambda files: files | {"stack.xml": b'<image w="9" h="inf"><stack/></image>'}, "damaged"),
        (lambda files: files | {"stack.xml": b'<image w="9" h="99999"><stack/></image>'}, "damaged"),
        (lambda files: files | {"stack.xml": b'<image w="9" h="9"><stack/></image>'}, "another size|damaged"),
        (lambda files: files | {"stack.xml": BILLION_LAUGHS}, "not one that this program can open"),
        (
            lambda files: without("maskgan")(files) | {"stack.xml": b'<image w="9" h="9"><stack/></image>'},
            "no layer in the colours",
        ),
        (lambda files: files | {"maskgan-studio/project.json": b"{"}, "own data"),
        (lambda files: files | {"maskgan-studio/project.json": b"[]"}, "own data"),
        (with_manifest(format=3), "newer version"),
        (with_manifest(active_part=77), "own data"),
        (with_manifest(layers=[{"id": 1}]), "own data"),
    ],
)
def test_damaged_projects_give_one_sentence(saved, damage, sentence):
    rewrite(saved, damage)
    with pytest.raises(ProjectError, match=sentence) as caught:
        load_project(saved)
    assert "\n" not in str(caught.value)
    assert "“face.ora”" in str(caught.value)


def test_files_that_are_no_projects_give_one_sentence(tmp_path, saved):
    with pytest.raises(ProjectError, match="could not be opened"):
        load_project(tmp_path / "missing.ora")
    for data in (b"", b"a text", saved.read_bytes()[:-40]):
        (tmp_path / "no.ora").write_bytes(data)
        with pytest.raises(ProjectError, match="not a project"):
            load_project(tmp_path / "no.ora")


def test_a_flipped_byte_is_found(saved):
    data = bytearray(saved.read_bytes())
    data[data.index(PHOTO) + 3] ^= 1
    saved.write_bytes(data)
    with pytest.raises(ProjectError, match=r"photo\.jpg” of the project is damaged"):
        load_project(saved)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(saved, monkeypatch):
    monkeypatch.setattr(ora_archive, "_MAX_TOTAL_BYTES", 12 * 2**20)
    load_project(saved)
    with zipfile.ZipFile(saved, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("maskgan-studio/bomb", bytes(12 * 2**20))
    assert saved.stat().st_size < 2**21
    with pytest.raises(ProjectError, match="larger than this program can open"):
        load_project(saved)


def test_a_png_that_claims_to_be_huge_is_refused(saved):
    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 6, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    rewrite(saved, lambda files: without("maskgan")(files) | {"data/layer002.png": b"\x89PNG\r\n\x1a\n" + chunk})
    with pytest.raises(ProjectError):
        load_project(saved)


def test_a_failed_save_leaves_the_old_file(project, saved, tmp_path, monkeypatch):
    before = saved.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ProjectError, match="No space left"):
        save_project(saved, project)
    assert saved.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["face.ora"]


def test_saving_through_a_link_keeps_the_link_and_the_permissions(project, saved, tmp_path):
    saved.chmod(0o640)
    link = tmp_path / "link.ora"
    link.symlink_to(saved)
    save_project(link, project)
    assert link.is_symlink()
    assert saved.stat().st_mode & 0o777 == 0o640


def test_names_that_nobody_gave_are_known_from_those_that_somebody_typed(tmp_path):
    session = Session.new(np.zeros((64, 64), np.uint8))
    session.layers.add("Edits")  # typed by somebody, who happens to write English
    session.layers.rename(1, "From the photo")
    save_project(tmp_path / "a.ora", session.project())
    layers = load_project(tmp_path / "a.ora").layers
    assert [(layer.name, layer.named_by_us) for layer in layers] == [
        ("From the photo", True),
        ("From the photo", False),
        ("Edits", False),
    ]
