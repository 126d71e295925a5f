"""Freezing: pixels that no tool changes until they are thawed, painted with a brush of its own."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.document.geometry.rasterize import Point, capsule
from maskgan_studio.document.geometry.rect import Rect, union

if TYPE_CHECKING:
    from maskgan_studio.document.changes import Document
    from maskgan_studio.document.session import Session

__all__ = ["FreezeStroke", "thaw"]


class FreezeChange:
    """Other pixels are frozen than before."""

    def __init__(self, session: Session, before: np.ndarray | None, after: np.ndarray | None) -> None:
        self._session, self._shape = session, session.stack.shape
        self._before, self._after = _pack(before), _pack(after)

    @property
    def size(self) -> int:
        return len(self._before) + len(self._after)

    def apply(self, document: Document) -> None:
        _freeze(self._session, self._unpack(self._after))

    def revert(self, document: Document) -> None:
        _freeze(self._session, self._unpack(self._before))

    def _unpack(self, packed: bytes) -> np.ndarray | None:
        if not packed:
            return None
        return np.frombuffer(zlib.decompress(packed), bool).reshape(self._shape)


class FreezeStroke:
    """A stroke that freezes or thaws, shown while it is made; ``finish`` makes it an entry of the history."""

    def __init__(self, session: Session, thaws: bool = False) -> None:
        session.finish_edit()
        self._session, self._thaws = session, thaws
        self._before = session.constraints.frozen
        self._frozen = np.zeros(session.stack.shape, bool) if self._before is None else self._before.copy()
        self._last: tuple[Point, float] | None = None
        _freeze(session, self._frozen)

    def extend(self, point: Point, size: float) -> Rect | None:
        """Put the brush down at (x, y) in pixels, then drag it there; returns the rectangle to repaint."""
        start, start_size = self._last or (point, size)
        self._last = point, size
        dirty = self._cover(start, point, start_size, size)
        axis = self._session.axis
        if axis is not None:
            dirty = union(dirty, self._cover(axis.mirror(start), axis.mirror(point), start_size, size))
        return dirty

    def finish(self) -> None:
        """Keep it."""
        after = self._frozen if self._frozen.any() else None
        _freeze(self._session, self._before)
        if np.array_equal(_whole(self._before, self._frozen), self._frozen):
            return
        change = FreezeChange(self._session, self._before, after)
        if self._thaws:
            self._session.do("Thaw", [change])
        else:
            self._session.do("Freeze", [change])

    def cancel(self) -> None:
        """Take it back."""
        _freeze(self._session, self._before)

    def _cover(self, start: Point, end: Point, start_size: float, end_size: float) -> Rect | None:
        cover = capsule(start, end, start_size, end_size, self._session.stack.shape)
        if cover is None:
            return None
        self._frozen[cover.rect.slices][cover.mask] = not self._thaws
        return cover.rect


def thaw(session: Session) -> None:
    """Thaw everything."""
    if session.constraints.frozen is not None:
        session.do("Thaw everything", [FreezeChange(session, session.constraints.frozen, None)])


def _freeze(session: Session, frozen: np.ndarray | None) -> None:
    session.constrain(replace(session.constraints, frozen=frozen))


def _whole(frozen: np.ndarray | None, like: np.ndarray) -> np.ndarray:
    return np.zeros_like(like) if frozen is None else frozen


def _pack(frozen: np.ndarray | None) -> bytes:
    return b"" if frozen is None else zlib.compress(frozen.tobytes(), level=1)
