"""What the command palette finds beside the actions: expressions, sliders, ready-made parts, files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QScrollArea

from maskgan_studio.app.actions.command_palette import Command
from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.window.docks import DockManager
from maskgan_studio.document.deformation.sliders import SLIDERS, Slider
from maskgan_studio.document.operations.gallery import ITEMS
from maskgan_studio.document.operations.part_transfer import GROUPS
from maskgan_studio.labels import PARTS


def list_commands(editor: Editor, panels: DockManager) -> Iterator[Command]:
    """What can be done now with the open document, and the files opened lately."""
    if editor.workspace.session is not None:
        yield from _of_the_face(panels)
        yield from _of_the_mask(editor, panels)
    for path in editor.settings.recent_files():
        yield Command(tr("Open “{name}”", name=path.name), partial(editor.documents.open, [path]), str(path))


def _of_the_face(panels: DockManager) -> Iterator[Command]:
    for name, title in panels.face.looks.titles.items():
        run = panels.face.looks.tile(name).click
        yield Command(tr("Expression: {look}", look=title), run, tr("Face"))
    for slider in SLIDERS:
        title = tr("Slider: {group}, {slider}", group=tr(slider.group_title), slider=tr(slider.title))
        yield Command(title, partial(_go_to_slider, panels, slider), tr(slider.meaning))


def _of_the_mask(editor: Editor, panels: DockManager) -> Iterator[Command]:
    for item in ITEMS:
        run = partial(editor.reporter.attempt, editor.references.put_on, item)
        yield Command(tr("Put on: {item}", item=tr(item.title)), run, tr(PARTS[item.part].title))
    if editor.workspace.style.reference is not None:
        for title in GROUPS:
            run = partial(editor.reporter.attempt, editor.references.copy_group, title)
            yield Command(tr("Copy from the second photo: {parts}", parts=tr(title)), run)
    for button in (panels.morph.vary, panels.morph.tidy):
        yield Command(button.text(), partial(_press, panels, button), button.toolTip())


def _press(panels: DockManager, button) -> None:
    panels.bring_to_front("morph")
    button.click()


def _go_to_slider(panels: DockManager, slider: Slider) -> None:
    panels.bring_to_front("face")
    row = panels.face.row(slider.name)
    if slider.paired and row.isHidden():
        row = panels.face.row(f"{slider.name}.left")
    if (area := panels.face.findChild(QScrollArea)) is not None:
        area.ensureWidgetVisible(row)
    row.slider.setFocus()
