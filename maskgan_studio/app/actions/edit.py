"""Edits of the whole active part, and the repair of slips of the pen."""

from __future__ import annotations

from functools import partial

from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.geometry.symmetry import find_axis
from maskgan_studio.document.operations.mask_checks import find_flaws, repaired
from maskgan_studio.document.operations.morphology import grow, shrink, smooth

#: How much one press of the key does, in crop pixels.
_STEP = 2.0
OPERATIONS = {"grow": ("Grow", grow), "shrink": ("Shrink", shrink), "smooth": ("Smooth", smooth)}


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


def repair(workspace: Workspace) -> int:
    """Give islands and holes the class around them, as one step of the history; returns how many there were."""
    session = workspace.session
    if session is None:
        return 0
    flaws = find_flaws(session.stack.composite())
    session.apply("Repair", repaired(session.stack, session.active_layer, flaws, session.constraints))
    return len(flaws)
