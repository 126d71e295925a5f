"""What was painted on a face, kept apart from it, so that any face can get it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maskgan_studio.document.packed_labels import pack_labels, unpack_labels
from maskgan_studio.errors import EditError
from maskgan_studio.labels import NUM_CLASSES

__all__ = ["PaintedEdit"]

_MOST = 4096  # pixels a side
_STRONGEST = 10.0


@dataclass(frozen=True)
class PaintedEdit:
    """A face's mask before and after it was painted on.

    Attributes:
        size: pixels a side of both.
        base, edited: the label maps, packed.
        strength: 0 leaves a face alone, 1 does all of it, more exaggerates.
    """

    size: int
    base: str
    edited: str
    strength: float = 1.0

    @classmethod
    def from_masks(cls, base: np.ndarray, edited: np.ndarray) -> PaintedEdit:
        """Keep two (S, S) uint8 label maps."""
        return cls(len(base), pack_labels(base), pack_labels(edited))

    @classmethod
    def from_record(cls, record: object) -> PaintedEdit:
        """Read what ``record`` made; raises EditError for anything else."""
        try:
            size, base, edited = (record[name] for name in ("size", "base", "edited"))  # type: ignore[index]
            strength = float(record.get("strength", 1.0))  # type: ignore[attr-defined]
            edit = cls(int(size), base, edited, strength)
            edit.masks()
            if not 0 <= strength <= _STRONGEST:
                raise ValueError("no such strength")
        except (TypeError, AttributeError, KeyError, ValueError, OverflowError) as error:
            raise EditError("What was painted in this preset is damaged; save it anew.") from error
        return edit

    def record(self) -> dict[str, object]:
        """As JSON values."""
        record: dict[str, object] = {"size": self.size, "base": self.base, "edited": self.edited}
        return record if self.strength == 1 else {**record, "strength": self.strength}

    def masks(self) -> tuple[np.ndarray, np.ndarray]:
        """Both label maps, (S, S) uint8; raises ValueError where they are none."""
        if not 0 < self.size <= _MOST:
            raise ValueError("no such size")
        base, edited = (unpack_labels(packed, (self.size, self.size)) for packed in (self.base, self.edited))
        if max(base.max(), edited.max()) >= NUM_CLASSES:
            raise ValueError("no label map")
        return base, edited
