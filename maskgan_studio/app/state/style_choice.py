"""Whose style the result is rendered in: the photo's, as read or as fitted, a reference's, or a mix of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import Pipeline, S
    from maskgan_studio.engine.fit import Fit
    from maskgan_studio.engine.target import Target


@dataclass(frozen=True, eq=False)
class StyleChoice:
    """A reference photo and how much of its style is used.

    Attributes:
        reference: the second photo, None for the photo's own style.
        mix: 0 for the photo's own style, 1 for the reference's.
        fit: the photo's own style as fitted to it, if it was.
    """

    reference: Target | None = None
    mix: float = 0.0
    fit: Fit | None = None

    def key(self, target: Target) -> str:
        """Name the style for a target: equal keys, equal styles."""
        own = target.key if self.fit is None or self.fit.target_key != target.key else self.fit.key
        if self.reference is None or self.mix == 0:
            return own
        if self.mix == 1:
            return self.reference.key
        return f"{own}+{self.reference.key}@{self.mix:.3f}"

    def resolve(self, pipeline: Pipeline[S], target: Target) -> S:
        """Read the style with the network; runs on the worker's thread."""
        if self.reference is not None and self.mix == 1:
            return pipeline.style(self.reference)
        own = pipeline.style(target) if self.fit is None else pipeline.fitted(self.fit, target)
        if self.reference is None or self.mix == 0:
            return own
        return own.mixed(pipeline.style(self.reference), self.mix, self.key(target))
