"""Whose style the result is rendered in: the photo's, a reference's, or a mix of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskgan_studio.engine.pipeline import Pipeline
    from maskgan_studio.engine.renderer import Style
    from maskgan_studio.engine.target import Target


@dataclass(frozen=True, eq=False)
class StyleChoice:
    """A reference photo and how much of its style is used.

    Attributes:
        reference: the second photo, None for the photo's own style.
        mix: 0 for the photo's own style, 1 for the reference's.
    """

    reference: Target | None = None
    mix: float = 0.0

    def key(self, target: Target) -> str:
        """Name the style for a target: equal keys, equal styles."""
        if self.reference is None or self.mix == 0:
            return target.key
        if self.mix == 1:
            return self.reference.key
        return f"{target.key}+{self.reference.key}@{self.mix:.3f}"

    def resolve(self, pipeline: Pipeline, target: Target) -> Style:
        """Read the style with the network; runs on the worker's thread."""
        if self.reference is None or self.mix == 0:
            return pipeline.style(target)
        reference = pipeline.style(self.reference)
        if self.mix == 1:
            return reference
        return pipeline.style(target).mixed(reference, self.mix, self.key(target))
