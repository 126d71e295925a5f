"""A project with several faces as the workspace opens it."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.app.files.project_file import open_project
from maskgan_studio.app.files.style_extras import style_to_extras
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.document.project import TargetImage
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.openraster import save_project
from maskgan_studio.engine.synthetic_face import draw_sample_crop, draw_sample_mask
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo


@pytest.fixture
def project(tmp_path):
    """A photo with two faces, the lower of which is drawn in another style."""
    crop = draw_sample_crop()
    buffer = io.BytesIO()
    Image.fromarray(np.concatenate([crop, crop[:, ::-1]], axis=1)).save(buffer, "PNG")
    faces = []
    for left in (255.5, 767.5):
        place = json.loads(Alignment(left, 255.5, 256.0, 0.0).to_json())
        faces.append(Session.new(draw_sample_mask(), TargetImage(buffer.getvalue(), "two.png", place, crop)))
        faces[-1].layers.add(f"of {left}")
    style = StyleChoice(Target(Photo(crop), Alignment.identity(crop.shape), crop, draw_sample_mask()), 0.25)
    for name, data in style_to_extras(style).items():
        faces[0].set_extra(name, data)
    faces[0].group.activate(faces[1])
    save_project(tmp_path / "two.ora", faces[0].group.project())
    return tmp_path / "two.ora"


def test_faces_share_the_photo_and_have_their_own_place_layers_and_style(project):
    opened = open_project(project)
    (other,) = opened.others
    assert opened.target is not None and other.target.photo is opened.target.photo
    assert (other.target.alignment.center_x, opened.target.alignment.center_x) == (255.5, 767.5)
    assert [face.stack.layers[-1].name for face in (other.session, opened.session)] == ["of 255.5", "of 767.5"]
    assert other.style.mix == 0.25 and opened.style.reference is None
    assert opened.session.group.faces == (other.session, opened.session)
    assert opened.session.path == other.session.path == project and not opened.session.dirty
