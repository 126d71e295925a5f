"""The style photo goes with the document."""

from __future__ import annotations

import pytest
from filing import drop, open_file, save
from PIL import Image
from PySide6.QtWidgets import QPushButton

from maskgan_studio.engine.reference import REFERENCE_NAME


@pytest.fixture
def second(photo):
    path = photo.with_name("second.png")
    Image.open(photo).rotate(90).save(path)
    return path


@pytest.fixture
def styled(editor, second, qtbot):
    """A window whose document is drawn half in the style of another photo."""
    drop(editor.panels.style, second)
    qtbot.waitUntil(lambda: editor.workspace.style.reference is not None)
    editor.panels.style._mix.setValue(50)
    qtbot.waitUntil(lambda: "@0.500" in editor.live.current.result.request.style_key)
    return editor


def shown_style(window) -> str:
    return window.live.current.result.request.style_key if window.live.current else ""


def test_a_project_brings_its_style_photo_and_the_mix(styled, tmp_path, qtbot):
    style, mask = shown_style(styled), styled.workspace.style.reference.mask
    path = tmp_path / "styled.ora"
    assert styled.workspace.session.dirty
    save(styled, path, qtbot)
    styled.panels.style._clear.click()
    qtbot.waitUntil(lambda: shown_style(styled) == styled.workspace.target.key)
    assert styled.workspace.session.dirty and REFERENCE_NAME not in styled.workspace.session.extras
    styled.documents.open([path])
    qtbot.waitUntil(lambda: shown_style(styled) == style)
    assert styled.panels.style._mix.value() == 50
    assert (styled.workspace.style.reference.mask == mask).all()
    assert styled.panels.morph.morph.isEnabled()
    assert not styled.workspace.session.dirty


def test_a_part_takes_the_second_photos_style_alone_and_the_project_keeps_it(styled, tmp_path, qtbot):
    window, menu = styled, styled.panels.style.parts.menu()
    hair = next(action for action in menu.actions() if action.data() == "hair")
    hair.trigger()
    key, reference = window.workspace.target.key, window.workspace.style.reference
    qtbot.waitUntil(lambda: shown_style(window) == f"{key}+hair:{reference.key}")
    path = tmp_path / "parts.ora"
    save(window, path, qtbot)
    hair.trigger()
    qtbot.waitUntil(lambda: shown_style(window) == key)
    window.documents.open([path])
    qtbot.waitUntil(lambda: shown_style(window) == f"{key}+hair:{reference.key}")
    assert hair.isChecked() and not window.workspace.session.dirty


def test_a_project_without_one_is_drawn_in_its_own_style(styled, photo, tmp_path, qtbot):
    styled.panels.style._clear.click()
    path = tmp_path / "plain.ora"
    save(styled, path, qtbot)
    drop(styled.panels.style, photo.with_name("second.png"))
    qtbot.waitUntil(lambda: styled.workspace.style.reference is not None)
    styled.documents.open([path])
    qtbot.waitUntil(lambda: styled.workspace.style.reference is None)
    qtbot.waitUntil(lambda: shown_style(styled) == styled.workspace.target.key)


def test_the_next_photo_is_tried_in_the_same_style_and_keeps_it_when_saved(styled, photo, tmp_path, qtbot):
    third = photo.with_name("third.png")
    Image.open(photo).rotate(180).save(third)
    styled.workspace.session.group.mark_saved()
    styled.documents.open([third])
    qtbot.waitUntil(lambda: styled.workspace.session.target.name == "third.png")
    qtbot.waitUntil(lambda: "@0.500" in shown_style(styled))
    assert not styled.workspace.session.dirty
    assert "style of the second photo" in styled.area.message_bar.problem.message
    style, path = shown_style(styled), tmp_path / "third.ora"
    save(styled, path, qtbot)
    styled.panels.style._clear.click()
    styled.documents.open([path])
    qtbot.waitUntil(lambda: shown_style(styled) == style)


def test_the_next_photo_gets_its_own_style_by_one_click(styled, photo, qtbot):
    third = photo.with_name("third.png")
    Image.open(photo).rotate(180).save(third)
    styled.workspace.session.group.mark_saved()
    styled.documents.open([third])
    qtbot.waitUntil(lambda: styled.workspace.session.target.name == "third.png")
    qtbot.waitUntil(lambda: styled.area.message_bar.problem is not None)
    (button,) = [
        each for each in styled.area.message_bar.findChildren(QPushButton) if each.text() == "Use its own style"
    ]
    button.click()
    qtbot.waitUntil(lambda: shown_style(styled) == styled.workspace.target.key)
    assert styled.workspace.style.reference is None


def test_damaged_style_is_told_and_the_rest_opens(styled, tmp_path, qtbot):
    session = styled.workspace.session
    session.set_extra(REFERENCE_NAME, b"damaged")
    path = tmp_path / "damaged.ora"
    save(styled, path, qtbot)
    styled.documents.open([path])
    qtbot.waitUntil(lambda: styled.area.message_bar.problem is not None)
    assert "choose the photo again" in styled.area.message_bar.problem.message
    assert styled.workspace.style.reference is None


def test_a_project_with_a_style_is_drawn_once(styled, photo, pipeline, tmp_path, qtbot):
    path = tmp_path / "styled.ora"
    save(styled, path, qtbot)
    styled.workspace.style.set_reference(None)
    styled.workspace.session.group.mark_saved()
    open_file(styled, photo, qtbot)
    qtbot.waitUntil(lambda: styled.live.current is not None)
    shown: list[str] = []
    styled.live.shown.connect(lambda rendered, _fade: rendered and shown.append(rendered.result.request.style_key))
    before = len(pipeline.rendered)
    open_file(styled, path, qtbot)
    qtbot.waitUntil(lambda: bool(shown))
    assert "@0.500" in shown[0]
    assert len(pipeline.rendered) == before + 1
