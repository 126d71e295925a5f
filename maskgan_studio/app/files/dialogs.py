"""The few dialogs: file choosers, and the questions before work is lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.files.file_kinds import PROJECT_SUFFIX
from maskgan_studio.photo.files.formats import PHOTO_SUFFIXES

#: Of a dialog with one field, in pixels: its title is shown whole.
_NAME_WIDTH = 360


def ask_about_unsaved_work(parent: QWidget, name: str, is_project: bool) -> str:
    """Return "save", "discard" or "cancel".

    Args:
        parent: what the question belongs to.
        name: of the document.
        is_project: it has a project's file; else saving makes one, and the photo's file stays as it is.
    """
    button = QMessageBox.StandardButton
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Unsaved changes"))
    box.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may look like markup
    if is_project:
        box.setText(tr("Save the changes to the project “{name}”?", name=name))
    else:
        box.setText(tr("Keep your work on “{name}” as a project?", name=name))
        box.setInformativeText(tr("The photo's own file is not changed, whatever you choose."))
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    box.setDefaultButton(button.Save)
    return {button.Save: "save", button.Discard: "discard"}.get(button(box.exec()), "cancel")


def ask_about_changed_file(parent: QWidget, name: str) -> str:
    """Ask how to save a project that was changed by another program; returns "replace", "other" or "cancel"."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Changed elsewhere"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        tr("“{name}” was changed since you opened it, by another window or program. Save over that?", name=name)
    )
    replace = box.addButton(tr("Save over it"), QMessageBox.ButtonRole.DestructiveRole)
    other = box.addButton(tr("Save under another name"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(other)
    box.exec()
    if box.clickedButton() is replace:
        return "replace"
    return "other" if box.clickedButton() is other else "cancel"


def ask_about_restoring_keys(parent: QWidget) -> bool:
    """Ask whether all keys are to go back to those of a fresh installation."""
    button = QMessageBox.StandardButton
    text = tr("All keys go back to those of a fresh installation; your own are forgotten.")
    box = QMessageBox(QMessageBox.Icon.Question, tr("Keyboard shortcuts"), text, button.Cancel, parent)
    restore = box.addButton(tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(button.Cancel)
    box.exec()
    return box.clickedButton() is restore


def ask_for_name(parent: QWidget, title: str, proposal: str) -> str:
    """Let the user type a name; empty where none is wanted."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(tr("Name"))
    dialog.setTextValue(proposal)
    dialog.resize(_NAME_WIDTH, dialog.sizeHint().height())
    accepted = dialog.exec()
    return dialog.textValue().strip() if accepted else ""


def choose_files(parent: QWidget, folder: str) -> list[Path]:
    """Let the user choose photos, masks or a project."""
    patterns = " ".join(f"*{suffix}" for suffix in (*PHOTO_SUFFIXES, PROJECT_SUFFIX))
    filters = f"{tr('Photos, masks and projects')} ({patterns});;{tr('All files')} (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, tr("Open"), folder, filters)
    return [Path(name) for name in names]


def choose_preset(parent: QWidget, folder: Path) -> Path | None:
    """Let the user choose the file of a preset."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Load a preset"), str(folder), f"{tr('Presets')} (*.json)")
    return Path(name) if name else None


def choose_save_path(parent: QWidget, title: str, proposal: Path, suffixes: tuple[str, ...]) -> Path | None:
    """Let the user choose where to save; the first suffix is added when none was typed."""
    patterns = " ".join(f"*{suffix}" for suffix in suffixes)
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposal), patterns)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(suffixes[0])


def choose_folder(parent: QWidget, title: str, proposal: Path) -> Path | None:
    """Let the user choose a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, str(proposal))
    return Path(name) if name else None
