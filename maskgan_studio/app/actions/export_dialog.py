"""What an export is to be like: kind, format, quality, size, metadata, with the size of the file while one chooses."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QLocale, QSignalBlocker, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from maskgan_studio.app.common.i18n import tr, translate_message
from maskgan_studio.app.common.widgets import configure, make_slider
from maskgan_studio.app.editor import Editor
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.export_plan import KINDS, LOSSY, PRESETS, ExportPlan, Material, measure_export, own_suffix
from maskgan_studio.app.files.export_presets import Preset, load_presets, save_presets
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.errors import StudioError

__all__ = ["MARK_KEY", "ExportDialog", "choose_export"]

#: Where the settings keep whether exported images are marked.
MARK_KEY = "export/mark_ai"
_LAST = "export/last_"
_FORMATS = {".jpg": "JPEG", ".png": "PNG", ".webp": "WebP", ".tif": "TIFF", ".heic": "HEIC", ".bmp": "BMP"}
_WAIT_MS = 250
_SI = QLocale.DataSizeFormat.DataSizeSIFormat
_USUAL_QUALITY = {".jpg": 0, ".webp": 0, ".heic": 95}


class ExportDialog(QDialog):
    """Asks; the size of the file is measured on the writer's thread whenever something was changed.

    Args:
        editor: with a photo open.
        parent: what it belongs to.
    """

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export"))
        self._editor = editor
        self._material: Material | None = None
        target = editor.workspace.target
        assert target is not None
        self._photo, self._own_suffix = target.photo, own_suffix(target.photo)
        self.preset = configure(QComboBox(), accessible_name=tr("Preset"))
        self.keep = configure(QPushButton(tr("Save…")), tip=tr("Keep what is chosen below as a preset of your own"))
        self.drop = configure(QPushButton(tr("Delete")), tip=tr("Delete this preset of your own"))
        self._list_presets()
        self.kind = QComboBox()
        for name, title in KINDS.items():
            self.kind.addItem(tr(title), name)
        self.format = QComboBox()
        own = self._own_suffix
        for suffix, title in _FORMATS.items():
            is_own = suffix == own or _FORMATS.get(own) == title or (own == ".jpeg" and suffix == ".jpg")
            shown = tr("{format}, as the photo", format=title) if is_own else title
            self.format.addItem(shown, own if is_own else suffix)
        self.quality = make_slider(0, 100)
        self.quality.setAccessibleName(tr("Quality"))
        self.quality_text = configure(QLabel(), name="muted")
        self.quality_text.setMinimumWidth(120)
        self.longest = QSpinBox(minimum=0, maximum=max(self._photo.pixels.shape), singleStep=100, suffix=" px")
        self.longest.setSpecialValueText(tr("as it is"))
        self.longest.setKeyboardTracking(False)
        self.metadata = QCheckBox(tr("Keep date, camera, place and other metadata"))
        self.mark = QCheckBox(tr("Say in the file that a model took part"))
        self.estimate = configure(QLabel())
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self._measure)
        self._connect()
        self._restore()
        editor.live.request_composite(Priority.BACKGROUND, self._made)

    def _list_presets(self) -> None:
        self._own = load_presets(self._editor.settings)
        self._presets = [*((tr(title), plan) for title, plan in PRESETS), *self._own]
        with QSignalBlocker(self.preset):
            self.preset.clear()
            self.preset.addItems([*(title for title, _ in self._presets), tr("As chosen below")])

    def _lay_out(self) -> None:
        presets = QHBoxLayout()
        presets.addWidget(self.preset, 1)
        presets.addWidget(self.keep)
        presets.addWidget(self.drop)
        line = QHBoxLayout()
        line.addWidget(self.quality, 1)
        line.addWidget(self.quality_text)
        form = QFormLayout(self)
        form.addRow(tr("Preset"), presets)
        form.addRow(tr("Shows"), self.kind)
        form.addRow(tr("Format"), self.format)
        form.addRow(tr("Quality"), line)
        form.addRow(tr("Longest side"), self.longest)
        form.addRow("", self.metadata)
        form.addRow("", self.mark)
        form.addRow(tr("Gives"), self.estimate)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Save).setText(tr("Export…"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _connect(self) -> None:
        self.preset.activated.connect(self._use_preset)
        self.keep.clicked.connect(self._keep_preset)
        self.drop.clicked.connect(self._drop_preset)
        self.kind.currentIndexChanged.connect(self._changed)
        self.format.currentIndexChanged.connect(self._use_format)
        self.quality.valueChanged.connect(self._changed)
        self.longest.valueChanged.connect(self._changed)
        self.metadata.toggled.connect(self._changed)
        self.mark.toggled.connect(self._changed)

    @property
    def plan(self) -> ExportPlan:
        """What is chosen."""
        return ExportPlan(
            self.kind.currentData(),
            self.format.currentData(),
            self.quality.value() if self.format.currentData() in LOSSY else 0,
            self.longest.value(),
            self.metadata.isChecked(),
            self.mark.isChecked(),
        ).as_written()

    def remember(self) -> None:
        """Keep what is chosen for the next export."""
        settings = self._editor.settings
        for name in ("kind", "suffix", "quality", "longest", "keeps_metadata"):
            settings.set(_LAST + name, getattr(self.plan, name))
        settings.set(_LAST + "is_own", self.format.currentData() == self._own_suffix)
        settings.set(MARK_KEY, self.mark.isChecked())

    def _restore(self) -> None:
        """What was chosen the last time; the photo's own format stays the photo's own for the next photo."""
        settings, usual = self._editor.settings, ExportPlan(suffix=self._own_suffix)
        is_own = settings.get(_LAST + "is_own", True)
        suffix = usual.suffix if is_own else settings.get(_LAST + "suffix", usual.suffix)
        self.kind.setCurrentIndex(max(0, self.kind.findData(settings.get(_LAST + "kind", usual.kind))))
        self.format.setCurrentIndex(max(0, self.format.findData(suffix)))
        self.quality.setValue(settings.get(_LAST + "quality", _USUAL_QUALITY.get(suffix, 0)))
        self.longest.setValue(settings.get(_LAST + "longest", 0))
        self.metadata.setChecked(settings.get(_LAST + "keeps_metadata", True))
        self.mark.setChecked(settings.get(MARK_KEY, True))
        self._changed()

    def _use_preset(self, number: int) -> None:
        if number >= len(self._presets):
            return
        preset = self._presets[number][1]
        if preset.kind:
            self.kind.setCurrentIndex(self.kind.findData(preset.kind))
        self.format.setCurrentIndex(max(0, self.format.findData(preset.suffix or self._own_suffix)))
        self.quality.setValue(preset.quality)
        self.longest.setValue(preset.longest)
        self.metadata.setChecked(preset.keeps_metadata)
        self._changed()

    def _keep_preset(self) -> None:
        number = len(self._own) + 1
        title = dialogs.ask_for_name(self, tr("Save as a preset"), tr("Preset {number}", number=number))
        if title:
            plan, is_own = self.plan, self.format.currentData() == self._own_suffix
            plan = replace(plan, suffix="") if is_own else plan  # that of the next photo, too
            others = [(name, other) for name, other in self._own if name != title]
            self._replace_presets([*others, (title, plan)])

    def _drop_preset(self) -> None:
        chosen = self.preset.currentIndex() - len(PRESETS)
        self._replace_presets([preset for number, preset in enumerate(self._own) if number != chosen])

    def _replace_presets(self, presets: list[Preset]) -> None:
        save_presets(self._editor.settings, presets)
        self._list_presets()
        self._changed()

    def _use_format(self) -> None:
        self.quality.setValue(_USUAL_QUALITY.get(self.format.currentData(), 0))
        self._changed()

    def _changed(self) -> None:
        plan, film = self.plan, self.kind.currentData() == "film"
        lossy = plan.suffix in LOSSY and not film
        for widget in (self.format, self.longest, self.metadata):
            widget.setEnabled(not plan.is_mask and not film)
        self.mark.setEnabled(not plan.is_mask)
        self.quality.setEnabled(lossy)
        if not lossy:
            self.quality_text.setText("" if film else tr("without loss"))
        elif self.quality.value():
            self.quality_text.setText(f"{self.quality.value()} %")
        else:
            self.quality_text.setText(tr("without loss") if plan.suffix == ".webp" else tr("as the photo"))
        with QSignalBlocker(self.preset):
            # A preset of one's own before one that sets the same.
            every = range(len(self._presets))
            self.preset.setCurrentIndex(next(filter(self._matches, reversed(every)), len(every)))
        self.drop.setEnabled(len(PRESETS) <= self.preset.currentIndex() < len(every))
        self._show_size(None)
        self._soon.start()

    def _matches(self, number: int) -> bool:
        preset, plan = self._presets[number][1], self.plan
        set_by_it = replace(
            preset,
            kind=preset.kind or plan.kind,
            suffix=preset.suffix or self._own_suffix,
            longest=min(preset.longest, self.longest.maximum()),
            marks_ai=plan.marks_ai,
        )
        return set_by_it.as_written() == plan

    def done(self, result: int) -> None:
        """Let the picture go: it may be large, and the window keeps the dialog."""
        super().done(result)
        self._soon.stop()
        self._material = None

    def _made(self, pixels: np.ndarray) -> None:
        workspace = self._editor.workspace
        if self.isVisible() and workspace.session is not None and workspace.target is not None:
            moved, mask = workspace.session.stack.moved_photo, workspace.session.source_mask
            self._material = Material(workspace.target, moved, mask, pixels)
            self._soon.start()

    def _measure(self) -> None:
        plan, material = self.plan, self._material
        if material is None or plan.kind == "film":
            return
        self._editor.files.submit(
            Priority.ESTIMATE,
            lambda _nothing: measure_export(plan, material),
            partial(self._show_size_of, plan),
            self._show_problem,
        )

    def _show_size_of(self, plan: ExportPlan, count: int) -> None:
        if plan == self.plan:
            self._show_size(count)

    def _show_size(self, count: int | None) -> None:
        if self.kind.currentData() == "film":
            self.estimate.setText(tr("length and size are asked next"))
            return
        height, width = self._photo.pixels.shape[:2]
        wide, high = self.plan.size(width, height)
        size = tr("calculating…") if count is None else QLocale().formattedDataSize(count, 1, _SI)
        self.estimate.setText(tr("{width} x {height} pixels, {size}", width=wide, height=high, size=size))

    def _show_problem(self, problem: StudioError) -> None:
        self.estimate.setText(translate_message(problem))


def choose_export(editor: Editor) -> ExportPlan | None:
    """Ask; None where the dialog was cancelled."""
    dialog = ExportDialog(editor, editor.window)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    dialog.remember()
    return dialog.plan
