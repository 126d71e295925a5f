"""One face of the open photo: what is edited of it, and in which style."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.app.state.style import StyleChoice

if TYPE_CHECKING:
    from maskgan_studio.document.session import Session
    from maskgan_studio.engine.target import Target
    from maskgan_studio.photo.alignment.face_alignment import Alignment

# Of a crop's width: crops whose middles are so near are of the same face.
_SAME = 0.35


@dataclass(frozen=True, eq=False)
class OpenFace:
    """A face that can be edited.

    Attributes:
        session: its layers and their history.
        target: the photo, and where the face lies in it.
        style: whose style it is drawn in.
    """

    session: Session
    target: Target
    style: StyleChoice

    def lies_at(self, alignment: Alignment) -> bool:
        """Whether a crop of the same photo shows this face."""
        own = self.target.alignment
        apart = np.hypot(alignment.center_x - own.center_x, alignment.center_y - own.center_y)
        return bool(apart <= _SAME * own.scale * own.size)


def begin_style(before: StyleChoice) -> StyleChoice:
    """The style of a face that was not edited before: the photo's own, with the second photo at hand as before."""
    return replace(before, mix=0.0, fit=None, parts=())
