"""The Edit menu: undo, clipboard, the brush, and edits of the whole active part."""

from __future__ import annotations

from functools import partial

from maskgan_studio.app.actions import clipboard
from maskgan_studio.app.actions.spec import Action, Context, has_document, has_photo
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.freezing import thaw
from maskgan_studio.document.geometry.symmetry import find_axis
from maskgan_studio.document.operations.mask_checks import find_flaws, repair_flaws
from maskgan_studio.document.operations.morphology import grow, shrink, smooth
from maskgan_studio.document.operations.transform import remove_parts
from maskgan_studio.errors import EditError, Translatable
from maskgan_studio.labels import FLIP, PARTS, part_named

#: How much one press of the key does, in crop pixels.
_STEP = 2.0
#: There is nothing behind them.
_GROUND = frozenset(part_named(name).index for name in ("background", "skin"))
OPERATIONS = {"grow": ("Grow", grow), "shrink": ("Shrink", shrink), "smooth": ("Smooth", smooth)}

_edit = partial(Action, menu="edit")


def toggle_symmetry(workspace: Workspace) -> None:
    """Switch symmetric painting on, with the axis found from the face, or off."""
    session = workspace.session
    if session is not None:
        session.mirror(None if session.axis is not None else find_axis(session.stack.composite()))


def reshape(workspace: Workspace, how: str) -> None:
    """Grow, shrink or smooth the active part; raises EditError."""
    session = workspace.session
    if session is None:
        return
    title, operation = OPERATIONS[how]
    change = partial(operation, session.stack, session.active_layer, constraints=session.constraints)
    session.apply(title, change(part=session.active_part, pixels=_STEP))


def can_remove(parts: frozenset[int]) -> bool:
    """Whether something would appear where these parts are."""
    return _GROUND.isdisjoint(parts)


def remove(workspace: Workspace, parts: frozenset[int]) -> None:
    """Take parts away, with symmetry those of the other side as well; raises EditError."""
    session = workspace.session
    if session is None:
        return
    if not can_remove(parts):
        raise EditError(
            "There is nothing behind {part}: choose a part that lies on the face or beside it, or paint over this one.",
            part=Translatable(PARTS[min(parts & _GROUND)].title),
        )
    if session.axis is not None:
        parts |= {FLIP[part] for part in parts}
    session.apply("Remove", remove_parts(session.stack, session.active_layer, parts, session.constraints))


def repair(workspace: Workspace) -> int:
    """Give islands and holes the class around them, as one step of the history; returns how many there were."""
    session = workspace.session
    if session is None:
        return 0
    flaws = find_flaws(session.stack.composite())
    session.apply("Repair", repair_flaws(session.stack, session.active_layer, flaws, session.constraints))
    return len(flaws)


def _undo(context: Context) -> None:
    if (session := context.editor.workspace.session) is not None:
        session.undo()


def _redo(context: Context) -> None:
    if (session := context.editor.workspace.session) is not None:
        session.redo()


def _can_undo(context: Context) -> bool:
    session = context.editor.workspace.session
    return session is not None and session.can_undo


def _can_redo(context: Context) -> bool:
    session = context.editor.workspace.session
    return session is not None and session.history.can_redo


def _thaw(context: Context) -> None:
    if (session := context.editor.workspace.session) is not None:
        thaw(session)


def _parts_meant(context: Context) -> frozenset[int]:
    """The parts that the tool in use has taken, else the one that is painted with."""
    session = context.editor.workspace.session
    if session is None:
        return frozenset()
    return context.editor.tools.active.parts or frozenset({session.active_part})


def _remove(context: Context) -> None:
    parts = _parts_meant(context)
    context.editor.tools.active.cancel()  # what was begun with them
    remove(context.editor.workspace, parts)


def _has_frozen(context: Context) -> bool:
    session = context.editor.workspace.session
    return session is not None and session.constraints.frozen is not None


def _is_symmetric(context: Context) -> bool:
    session = context.editor.workspace.session
    return session is not None and session.axis is not None


ACTIONS = (
    _edit(id="edit.undo", text="Undo", run=_undo, icon="undo", keys=("Ctrl+Z",), toolbar=20, enabled=_can_undo),
    _edit(
        id="edit.redo",
        text="Redo",
        run=_redo,
        icon="redo",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        toolbar=21,
        enabled=_can_redo,
    ),
    _edit(
        id="edit.copy",
        text="Copy the result",
        run=lambda context: clipboard.copy(context.editor),
        icon="content-copy",
        keys=("Ctrl+C",),
        section=1,
        tip="The edited photo",
        enabled=has_photo,
    ),
    _edit(
        id="edit.paste",
        text="Paste a photo",
        run=lambda context: clipboard.paste(context.editor),
        icon="content-paste",
        keys=("Ctrl+V",),
        section=1,
        tip="Edit the picture on the clipboard",
    ),
    _edit(
        id="edit.last_parts",
        text="Swap the last two parts",
        run=lambda context: context.editor.workspace.swap_last_parts(),
        icon="swap-horizontal",
        keys=("X",),
        section=2,
        tip="Go back to the part before",
    ),
    _edit(
        id="edit.brush_smaller",
        text="Smaller brush",
        run=lambda context: context.editor.workspace.options.step_size(-1),
        keys=("[",),
        section=2,
    ),
    _edit(
        id="edit.brush_larger",
        text="Larger brush",
        run=lambda context: context.editor.workspace.options.step_size(1),
        keys=("]",),
        section=2,
    ),
    _edit(
        id="edit.symmetry",
        text="Paint symmetrically",
        toggle=lambda context, _on: toggle_symmetry(context.editor.workspace),
        icon="reflect-horizontal",
        keys=("S",),
        section=2,
        tip="Mirror at the axis",
        enabled=has_document,
        checked=_is_symmetric,
    ),
    _edit(
        id="edit.thaw",
        text="Thaw everything",
        run=lambda context: _thaw(context),
        icon="snowflake-off",
        keys=("Shift+F",),
        section=2,
        tip="Let the tools change again what was frozen",
        enabled=_has_frozen,
    ),
    _edit(
        id="edit.grow",
        text="Grow the part",
        run=lambda context: reshape(context.editor.workspace, "grow"),
        icon="arrow-expand-all",
        keys=("Ctrl+Up",),
        section=3,
        tip="By two pixels all round",
        enabled=has_document,
    ),
    _edit(
        id="edit.shrink",
        text="Shrink the part",
        run=lambda context: reshape(context.editor.workspace, "shrink"),
        icon="arrow-collapse-all",
        keys=("Ctrl+Down",),
        section=3,
        enabled=has_document,
    ),
    _edit(
        id="edit.smooth",
        text="Smooth the part",
        run=lambda context: reshape(context.editor.workspace, "smooth"),
        icon="blur",
        keys=("Ctrl+M",),
        section=3,
        tip="Round off its outline",
        enabled=has_document,
    ),
    _edit(
        id="edit.remove",
        text="Remove the part",
        run=_remove,
        icon="trash-can-outline",
        keys=("Del",),
        section=3,
        tip="What it hides appears: a bald head, the eyes behind glasses",
        enabled=has_document,
    ),
    _edit(
        id="edit.repair",
        text="Repair islands and holes",
        run=lambda context: repair(context.editor.workspace),
        icon="bandage",
        keys=("F8",),
        section=3,
        tip="Remove specks and pinholes at once",
        enabled=has_document,
    ),
    _edit(
        id="edit.next_face",
        text="Next face",
        run=lambda context: context.editor.choose_face(context.editor.faces.next_face()),
        icon="account-switch",
        keys=("Ctrl+F",),
        section=9,
        tip="Edit another face of the photo too; this one keeps what was done",
        enabled=lambda context: bool(context.editor.faces.outlines),
    ),
    _edit(
        id="edit.place_face",
        text="Place the face by hand…",
        run=lambda context: context.editor.documents.faces.place(),
        icon="face-recognition",
        section=9,
        tip="Show where eyes and mouth are",
        enabled=has_photo,
    ),
    _edit(
        id="edit.wider_frame",
        text="Wider frame",
        toggle=lambda context, wide: context.editor.documents.faces.set_frame_width(wide),
        icon="arrow-expand-all",
        section=9,
        tip="Take in hair and hats that end at the edge of the frame; the face is drawn less finely",
        checked=lambda context: context.editor.documents.faces.has_wide_frame,
        enabled=has_photo,
    ),
)
