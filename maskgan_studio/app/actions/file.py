"""The File menu: opening, saving, exporting."""

from __future__ import annotations

from functools import partial

from maskgan_studio.app.actions import export
from maskgan_studio.app.actions.export_dialog import MARK_KEY
from maskgan_studio.app.actions.spec import Action, Context, has_document, has_photo
from maskgan_studio.app.files import dialogs
from maskgan_studio.app.files.naming import recent_folder

_file = partial(Action, menu="file")


def _open(context: Context) -> None:
    editor = context.editor
    if paths := dialogs.choose_files(editor.window, recent_folder(editor.settings)):
        editor.documents.open(paths)


ACTIONS = (
    _file(
        id="file.open",
        text="Open…",
        run=_open,
        icon="folder-open-outline",
        keys=("Ctrl+O",),
        toolbar=10,
        tip="Open a photo, a mask or a project",
    ),
    _file(
        id="file.save",
        text="Save project",
        run=lambda context: context.editor.saving.save(),
        icon="content-save-outline",
        keys=("Ctrl+S",),
        section=1,
        toolbar=11,
        tip="Save everything as an OpenRaster project",
        enabled=has_document,
    ),
    _file(
        id="file.save_as",
        text="Save project as…",
        run=lambda context: context.editor.saving.save(ask=True),
        icon="content-save-edit-outline",
        keys=("Ctrl+Shift+S",),
        section=1,
        enabled=has_document,
    ),
    _file(
        id="file.close",
        text="Close",
        run=lambda context: context.editor.documents.close(),
        keys=("Ctrl+W",),
        section=1,
        tip="Close the document and keep the window",
        enabled=has_document,
    ),
    _file(
        id="file.export_picture",
        text="Export…",
        run=lambda context: export.picture(context.editor),
        icon="image-outline",
        keys=("Ctrl+E",),
        section=2,
        toolbar=91,
        tip="The edit, laid into the photo, the face or before and after: format, quality, size",
        enabled=has_photo,
    ),
    _file(
        id="file.export_result",
        text="Export network output…",
        run=lambda context: export.network_output(context.editor),
        section=2,
        tip="The bare 512² picture of the network",
        enabled=has_photo,
    ),
    _file(
        id="file.export_mask",
        text="Export mask…",
        run=lambda context: export.mask(context.editor),
        keys=("Ctrl+Shift+E",),
        section=2,
        tip="A palette PNG with values 0 to 18",
        enabled=has_document,
    ),
    _file(
        id="file.export_parts",
        text="Export one mask per part…",
        run=lambda context: export.parts(context.editor),
        section=2,
        tip="Named as in CelebAMask-HQ",
        enabled=has_document,
    ),
    _file(
        id="file.export_colors",
        text="Export mask in colour…",
        run=lambda context: export.color_mask(context.editor),
        section=2,
        enabled=has_document,
    ),
    _file(
        id="file.export_pair",
        text="Export side by side…",
        run=lambda context: export.side_by_side(context.editor),
        section=2,
        tip="Photo, mask and edit in one picture",
        enabled=has_photo,
    ),
    _file(
        id="file.export_morph",
        text="Export morph…",
        run=lambda context: export.morph(context.editor),
        section=2,
        tip="From the photo to its edit and back, as an animated GIF, MP4 or WebP",
        enabled=has_photo,
    ),
    _file(
        id="file.mark_ai",
        text="Mark exports as AI-edited",
        toggle=lambda context, on: context.editor.settings.set(MARK_KEY, on),
        section=3,
        tip="Say in the file that a trained model made parts of it (IPTC digital source type)",
        checked=lambda context: context.editor.settings.get(MARK_KEY, True),
    ),
    _file(
        id="file.keep_history",
        text="Keep the history in projects",
        toggle=lambda context, on: context.editor.history_keeping.switch(on),
        section=3,
        tip="Undo and redo go on when the project is opened again; its file grows",
        checked=lambda context: context.editor.history_keeping.is_on,
    ),
    _file(id="file.quit", text="Quit", run=lambda context: context.shell.close(), keys=("Ctrl+Q",), section=9),
)
