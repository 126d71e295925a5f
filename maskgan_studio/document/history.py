"""Undo and redo within a byte budget."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from maskgan_studio.document.changes import ArrangementChange, Change, Document, ExtrasChange, Title
from maskgan_studio.document.geometry.rect import Rect, union

__all__ = ["Entry", "History"]

#: Some ten thousand strokes.
DEFAULT_BUDGET = 64 * 2**20
_THUMBNAIL_SIDE = 64
# What an entry costs beside its pixels: Python objects, title, thumbnail.
_OVERHEAD = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line of the history list.

    Attributes:
        id: number of the document's state after this entry; never used again.
        title: what was done, as the history list shows it.
        changes: in the order in which they were made.
        merge_key: a following push with the same key extends this entry instead of adding one.
    """

    id: int
    title: Title
    changes: tuple[Change, ...]
    merge_key: object = None
    packed_thumbnail: bytes = field(default=b"", repr=False)
    thumbnail_shape: tuple[int, int] = (0, 0)

    @property
    def size(self) -> int:
        """Bytes that the entry is counted with."""
        return sum(change.size for change in self.changes) + len(self.packed_thumbnail) + _OVERHEAD

    @property
    def thumbnail(self) -> np.ndarray:
        """The composite after this entry, made smaller: (h, w) uint8 labels."""
        return np.frombuffer(zlib.decompress(self.packed_thumbnail), np.uint8).reshape(self.thumbnail_shape)


class History:
    """The document's entries, oldest first; those up to ``position`` are done, the later ones can be redone."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        """Take the number of bytes beyond which the oldest entries are forgotten (the newest one is always kept)."""
        self.budget = budget
        self._entries: list[Entry] = []
        self._position = 0
        self._size = 0
        self._origin = 0
        self._ids = itertools.count(1)

    @property
    def entries(self) -> Sequence[Entry]:
        return tuple(self._entries)

    @property
    def position(self) -> int:
        """How many of the entries are done."""
        return self._position

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._size

    @property
    def state(self) -> int:
        """A number that names the document's present state: equal numbers, equal layers."""
        return self._entries[self._position - 1].id if self._position else self._origin

    @property
    def can_undo(self) -> bool:
        return self._position > 0

    @property
    def can_redo(self) -> bool:
        return self._position < len(self._entries)

    def push(self, title: Title, changes: Sequence[Change], composite: np.ndarray, merge_key: object = None) -> Entry:
        """Remember what was just done; what was undone before can no longer be redone.

        Args:
            title: for the history list.
            changes: already applied, in order.
            composite: (H, W) uint8, for the thumbnail.
            merge_key: when the last entry has the same key and nothing was undone since, both become one entry.
        """
        changes = tuple(changes)
        if merge_key is not None and not self.can_redo and self.can_undo and self._entries[-1].merge_key == merge_key:
            merged = self._entries.pop()
            self._size -= merged.size
            self._position -= 1
            changes = _joined(merged.changes, changes)
        self._size -= sum(entry.size for entry in self._entries[self._position :])
        del self._entries[self._position :]
        step = max(1, -(-max(composite.shape) // _THUMBNAIL_SIDE))
        small = composite[step // 2 :: step, step // 2 :: step]
        packed = zlib.compress(small.tobytes(), level=1)
        entry = Entry(next(self._ids), title, changes, merge_key, packed, small.shape)
        self._entries.append(entry)
        self._position += 1
        self._size += entry.size
        self._forget()
        return entry

    def restore(self, entries: Sequence[Entry], position: int) -> None:
        """Take over the entries of an earlier sitting; the state stays what it was, for the document does.

        Args:
            entries: oldest first; they get ids of this history.
            position: how many of them are done.
        """
        self._entries = [replace(entry, id=number + 1 - position) for number, entry in enumerate(entries)]
        self._position, self._origin = position, -position
        self._ids = itertools.count(len(entries) + 1)
        self._size = sum(entry.size for entry in entries)
        self._forget()

    def undo(self, document: Document) -> Rect | None:
        """Take the last entry back, if there is one; returns the rectangle of the composite that may differ."""
        if not self.can_undo:
            return None
        self._position -= 1
        dirty = None
        for change in reversed(self._entries[self._position].changes):
            dirty = union(dirty, change.revert(document))
        return dirty

    def redo(self, document: Document) -> Rect | None:
        """Do the next entry again, if there is one; returns the rectangle of the composite that may differ."""
        if not self.can_redo:
            return None
        dirty = None
        for change in self._entries[self._position].changes:
            dirty = union(dirty, change.apply(document))
        self._position += 1
        return dirty

    def _forget(self) -> None:
        surplus = 0
        while self._size > self.budget and surplus < len(self._entries) - 1:
            self._size -= self._entries[surplus].size
            surplus += 1
        if surplus:
            self._origin = self._entries[surplus - 1].id
            del self._entries[:surplus]
            self._position -= surplus


def _joined(first: tuple[Change, ...], later: tuple[Change, ...]) -> tuple[Change, ...]:
    last, following = first[-1], later[0]
    if isinstance(last, ArrangementChange) and isinstance(following, ArrangementChange):
        return (*first[:-1], last.merge_with(following), *later[1:])
    if isinstance(last, ExtrasChange) and isinstance(following, ExtrasChange):
        return (*first[:-1], last.merge_with(following), *later[1:])
    return first + later
