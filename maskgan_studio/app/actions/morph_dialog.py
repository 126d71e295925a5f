"""What a morph is to show, asked before it is drawn."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QSpinBox, QWidget

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.rendering.morph import MorphOptions

__all__ = ["MorphDialog", "choose_morph_options"]


class MorphDialog(QDialog):
    """Asks for size, format, number of images and length."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export morph"))
        usual = MorphOptions()
        self.size_choice = QComboBox()
        self.size_choice.addItem(tr("The face, 512 x 512 pixels"), False)
        self.size_choice.addItem(tr("The whole photo, at most 1280 pixels"), True)
        self.format = QComboBox()
        self.format.addItem(tr("GIF: plays everywhere, 256 colours"), ".gif")
        self.format.addItem(tr("MP4: a video"), ".mp4")
        self.format.addItem(tr("WebP: small, in all colours"), ".webp")
        self.steps = QSpinBox(minimum=2, maximum=60, value=usual.steps)
        self.seconds = QDoubleSpinBox(minimum=0.5, maximum=30.0, singleStep=0.5, value=usual.seconds)
        self.seconds.setSuffix(tr(" s"))
        form = QFormLayout(self)
        form.addRow(tr("Shows"), self.size_choice)
        form.addRow(tr("Format"), self.format)
        form.addRow(tr("Images from photo to edit"), self.steps)
        form.addRow(tr("Length, there and back"), self.seconds)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    @property
    def options(self) -> MorphOptions:
        """What is chosen."""
        whole, suffix = bool(self.size_choice.currentData()), str(self.format.currentData())
        return MorphOptions(whole, self.steps.value(), self.seconds.value(), suffix)


def choose_morph_options(parent: QWidget) -> MorphOptions | None:
    """Ask; None where the dialog was cancelled."""
    dialog = MorphDialog(parent)
    return dialog.options if dialog.exec() == QDialog.DialogCode.Accepted else None
