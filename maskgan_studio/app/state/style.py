"""Whose style the result is rendered in: the photo's, as read or as fitted, a reference's, or a mix of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from maskgan_studio.app.common.pipeline import Pipeline, S
    from maskgan_studio.engine.fit import Fit
    from maskgan_studio.engine.requests import PartStyle
    from maskgan_studio.engine.target import Target

#: What the parts of ``recoloring.STYLED_PARTS`` are called.
STYLED_TITLES = {
    "hair": "Hair",
    "brows": "Brows",
    "lips": "Lips",
    "skin": "Skin",
    "eyeglasses": "Eyeglasses",
    "hat": "Hat",
    "eyes": "Eyes",
}
#: What the parts of ``recoloring.COLORED_PARTS`` are called.
COLORED_TITLES = {
    "hair": "Hair",
    "brows": "Brows",
    "lips": "Lips",
    "iris": "Iris",
    "skin": "Skin tone",
    "eyeglasses": "Eyeglasses",
    "hat": "Hat",
    "clothes": "Clothes",
    "background": "Background",
}


@dataclass(frozen=True, eq=False)
class StyleChoice:
    """A reference photo and how much of its style is used.

    Attributes:
        reference: the second photo, None for the photo's own style.
        mix: 0 for the photo's own style, 1 for the reference's.
        fit: the photo's own style as fitted to it, if it was.
        parts: those that take the style of a photo of their own, and that photo.
    """

    reference: Target | None = None
    mix: float = 0.0
    fit: Fit | None = None
    parts: tuple[PartStyle, ...] = ()

    @property
    def is_restyled(self) -> bool:
        """Whether the style is not the photo's own."""
        return self.reference is not None and self.mix != 0

    def key(self, target: Target) -> str:
        """Name the style for a target, those of parts included: equal keys, equal styles."""
        return self._whole_key(target) + "".join(f"+{part}:{source.key}" for part, source in self.parts)

    def _whole_key(self, target: Target) -> str:
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
        own = pipeline.style(target) if self.fit is None else pipeline.load_fit(self.fit, target)
        if self.reference is None or self.mix == 0:
            return own
        return own.mixed(pipeline.style(self.reference), self.mix, self._whole_key(target))


class StyleState(QObject):
    """The one owner of the chosen style: the style panel, live rendering and what keeps it with the document listen.

    Signal: ``changed`` (the style of the open document is another one; a change of document has its own signal).
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = StyleChoice()

    @property
    def choice(self) -> StyleChoice:
        """The style that is chosen."""
        return self._choice

    @property
    def reference(self) -> Target | None:
        """The second photo, None for none."""
        return self._choice.reference

    def set_reference(self, reference: Target | None, mix: float = 1.0) -> None:
        """Use another second photo, wholly by default, or none."""
        self._set(replace(self._choice, reference=reference, mix=0.0 if reference is None else mix))

    def set_mix(self, mix: float) -> None:
        """Use so much of the second photo's style, 0 to 1."""
        self._set(replace(self._choice, mix=mix))

    def set_part(self, part: str, takes: bool) -> None:
        """Let a part alone take the second photo's style, or not; all the rest has the photo's own then."""
        parts = tuple((name, source) for name, source in self._choice.parts if name != part)
        if takes and self._choice.reference is not None:
            self._set(replace(self._choice, mix=0.0, parts=(*parts, (part, self._choice.reference))))
        else:
            self._set(replace(self._choice, parts=parts))

    def set_fit(self, fit: Fit | None) -> None:
        """Use the photo's style as fitted from now on, or as read."""
        self._set(replace(self._choice, fit=fit))

    def restore(self, choice: StyleChoice) -> None:
        """Go back to a style, as undo does."""
        self._set(choice)

    def begin_document(self, choice: StyleChoice | None) -> None:
        """Take on the style of a document that is opened; nothing is announced but the document.

        Args:
            choice: the style that it brings; None keeps the second photo that is in use, as a user expects who tries
                one style on several photos.
        """
        self._choice = replace(self._choice, fit=None) if choice is None else choice

    def _set(self, choice: StyleChoice) -> None:
        self._choice = choice
        self.changed.emit()
