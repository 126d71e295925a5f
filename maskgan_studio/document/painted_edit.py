"""What was painted on a face, kept apart from it, so that any face can get it."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass

import numpy as np

from maskgan_studio.errors import EditError
from maskgan_studio.labels import NUM_CLASSES

__all__ = ["PaintedEdit"]

_MOST = 4096  # pixels a side


@dataclass(frozen=True)
class PaintedEdit:
    """A face's mask before and after it was painted on.

    Attributes:
        size: pixels a side of both.
        base, edited: the label maps, compressed.
        strength: 0 leaves a face alone, 1 does all of it, more exaggerates.
    """

    size: int
    base: bytes
    edited: bytes
    strength: float = 1.0

    @classmethod
    def from_masks(cls, base: np.ndarray, edited: np.ndarray) -> PaintedEdit:
        """Keep two (S, S) uint8 label maps."""
        before, after = (zlib.compress(np.ascontiguousarray(mask, np.uint8).tobytes(), 9) for mask in (base, edited))
        return cls(len(base), before, after)

    @classmethod
    def from_record(cls, record: object) -> PaintedEdit:
        """Read what ``record`` made; raises EditError for anything else."""
        try:
            size, *texts = (record[name] for name in ("size", "base", "edited"))  # type: ignore[index]
            before, after = (base64.b64decode(text, validate=True) for text in texts)
            edit = cls(int(size), before, after)
            edit.masks()
        except (TypeError, KeyError, ValueError, OverflowError, zlib.error) as error:
            raise EditError("What was painted in this preset is damaged; save it anew.") from error
        return edit

    def record(self) -> dict[str, object]:
        """As JSON values."""
        base, edited = (base64.b64encode(packed).decode() for packed in (self.base, self.edited))
        return {"size": self.size, "base": base, "edited": edited}

    def masks(self) -> tuple[np.ndarray, np.ndarray]:
        """Both label maps, (S, S) uint8; raises ValueError or zlib.error where they are none."""
        if not 0 < self.size <= _MOST:
            raise ValueError("no such size")
        base, edited = (self._unpack(packed) for packed in (self.base, self.edited))
        return base, edited

    def _unpack(self, packed: bytes) -> np.ndarray:
        labels = np.frombuffer(zlib.decompressobj().decompress(packed, self.size**2 + 1), np.uint8)
        if len(labels) != self.size**2 or labels.max() >= NUM_CLASSES:
            raise ValueError("no label map")
        return labels.reshape(self.size, self.size)
