"""What the window uses of the engine's Pipeline. Knows no torch, and tests have one without networks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from maskgan_studio.engine.requests import ShouldContinue, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE

if TYPE_CHECKING:
    import numpy as np

    from maskgan_studio.engine.fit import Fit
    from maskgan_studio.engine.requests import Window
    from maskgan_studio.engine.target import Target
    from maskgan_studio.photo.alignment.detection import Face
    from maskgan_studio.photo.alignment.face_alignment import Alignment
    from maskgan_studio.photo.files.loading import Photo


class Style(Protocol):
    """The style of an image, as a renderer keeps it."""

    @property
    def key(self) -> str:
        """Equal keys, equal styles."""

    def mixed(self, other: Self, share: float, key: str, /) -> Self:
        """A style between this one (0) and another of the same pipeline (1), named ``key``."""


S = TypeVar("S", bound=Style)


class Manifold(Protocol):
    """The manifold of plausible masks; all are label maps uint8 (512, 512)."""

    def morph(self, mask: np.ndarray, reference: np.ndarray, t: float, /) -> np.ndarray:
        """A mask on the way from one (0) to another (1), or beyond."""

    def variations(self, mask: np.ndarray, count: int, strength: float, seed: int, /) -> list[np.ndarray]:
        """Small plausible changes."""

    def tidy(self, mask: np.ndarray, strength: float, /) -> np.ndarray:
        """A mask pulled towards plausible ones."""


class Pipeline(Protocol[S]):
    """See ``engine.pipeline.Pipeline``, which is one, for what the methods do and raise."""

    @property
    def device_name(self) -> str:
        """Name of the device for users."""

    @property
    def weights_name(self) -> str:
        """Name of the set of weights."""

    @property
    def manifold(self) -> Manifold:
        """The manifold of plausible masks."""

    def prepare(
        self,
        photo: Photo,
        *,
        aligned: bool = False,
        face: int | None = None,
        alignment: Alignment | None = None,
        mask: np.ndarray | None = None,
        faces: tuple[Face, ...] | None = None,
    ) -> Target:
        """Find the face of a photo, align it and parse it."""

    def widen(self, target: Target) -> Target:
        """The same face in a wider frame."""

    def style(self, target: Target) -> S:
        """The style of a target."""

    def fit(self, target: Target, mode: str = ..., report: Callable[[float, float], bool] | None = ...) -> Fit | None:
        """Find the style in which the network draws this photo as it is."""

    def load_fit(self, fit: Fit, target: Target) -> S:
        """The own style of a target as fitted."""

    def render(
        self,
        source_mask: np.ndarray,
        style: S,
        size: int = CROP_SIZE,
        should_continue: ShouldContinue = never_cancelled,
    ) -> np.ndarray:
        """Render a source mask in a style."""

    def render_edit(
        self, target: Target, source_mask: np.ndarray, style: S, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Render an edit of a target for ``composite``."""

    def preview(
        self, target: Target, source_mask: np.ndarray, style: S, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Show quickly what ``render_edit`` will give."""

    def composite(
        self,
        target: Target,
        source_mask: np.ndarray,
        result: np.ndarray,
        style: S | None = None,
        preview: bool = False,
        window: Window | None = None,
    ) -> np.ndarray:
        """Lay a full-size result into the target's photo."""


AnyPipeline = Pipeline[Any]
