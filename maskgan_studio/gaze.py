"""What can be asked of a gaze: where the irises look, and how large they are."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Gaze", "IrisMove"]


@dataclass(frozen=True)
class IrisMove:
    """How one iris moves inside its eye; the defaults leave it alone.

    Attributes:
        right, up: towards the image's right and upwards along the face, in pixels of the 512² crop.
        size: what its radius is multiplied with.
    """

    right: float = 0.0
    up: float = 0.0
    size: float = 1.0

    def then(self, other: IrisMove) -> IrisMove:
        """This movement followed by another one."""
        return IrisMove(self.right + other.right, self.up + other.up, self.size * other.size)


@dataclass(frozen=True)
class Gaze:
    """How the irises move: the person's left eye, which is on the image's right, and the right one."""

    left: IrisMove = IrisMove()
    right: IrisMove = IrisMove()

    @property
    def is_identity(self) -> bool:
        return self == Gaze()

    def then(self, other: Gaze) -> Gaze:
        """This gaze followed by another one."""
        return Gaze(self.left.then(other.left), self.right.then(other.right))
