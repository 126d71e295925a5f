"""Events without Qt: the document emits, listeners subscribe."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Events", "Signal"]


class Signal:
    """A list of functions that are called when something happened, in the order in which they were connected."""

    def __init__(self) -> None:
        self._listeners: list[Callable[..., object]] = []

    def connect(self, listener: Callable[..., object]) -> None:
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[..., object]) -> None:
        """Stop calling a function; raises ValueError when it was not connected."""
        self._listeners.remove(listener)

    def emit(self, *arguments: object) -> None:
        # A listener may connect or disconnect others while it runs.
        for listener in tuple(self._listeners):
            listener(*arguments)


class Events:
    """The events of a session.

    Attributes:
        mask_changed: (rect) the composite may differ inside this ``Rect``.
        layers_changed: () layers came, went, moved or changed a property.
        active_changed: () another layer or part is active, or constraints or symmetry changed.
        history_changed: () something was done, undone or redone.
        target_changed: () another photo, another alignment or another target mask.
        extras_changed: () data kept with the document was changed by undo or redo.
        saved: () the document was saved, or data that is saved along with it changed.
    """

    def __init__(self) -> None:
        self.mask_changed = Signal()
        self.layers_changed = Signal()
        self.active_changed = Signal()
        self.history_changed = Signal()
        self.target_changed = Signal()
        self.extras_changed = Signal()
        self.saved = Signal()
