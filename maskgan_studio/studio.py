"""The program for scripts and notebooks: a photo in, its mask as an array, the same photo out, edited."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from maskgan_studio.errors import MaskError
from maskgan_studio.labels import NUM_CLASSES
from maskgan_studio.photo.alignment.frame_width import FrameWidth
from maskgan_studio.recoloring import Recoloring

if TYPE_CHECKING:
    from maskgan_studio.engine.fit import Fit
    from maskgan_studio.engine.pipeline import Pipeline
    from maskgan_studio.engine.renderer import Style
    from maskgan_studio.engine.target import Target

__all__ = ["Studio"]


class Studio:
    """Everything that the window does to an image, on NumPy arrays.

    Making one costs nothing: torch and the networks are loaded by the first call that needs them. Not thread-safe.

    Args:
        weights: name or folder of a set of weights.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
    """

    def __init__(self, weights: str | os.PathLike[str] = "studio", device: str = "auto") -> None:
        self.weights, self.device = weights, device
        self._pipeline: Pipeline | None = None

    @property
    def pipeline(self) -> Pipeline:
        """The engine underneath; raises WeightsError or StudioError where it cannot be had."""
        if self._pipeline is None:
            from maskgan_studio.engine.pipeline import Pipeline

            self._pipeline = Pipeline(self.weights, self.device)
        return self._pipeline

    def load(
        self,
        photo: str | os.PathLike[str] | np.ndarray,
        *,
        face: int | None = None,
        aligned: bool = False,
        frame: FrameWidth | str = FrameWidth.STANDARD,
        mask: np.ndarray | None = None,
    ) -> Target:
        """Read a photo, find a face in it, align and parse it.

        Args:
            photo: a file, or uint8 pixels: (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA.
            face: which of several faces, the best first; None for the best.
            aligned: the photo already is a CelebA-HQ-style crop.
            frame: ``standard``, CelebA-HQ's; ``wide`` with more hair around a smaller face; ``auto``.
            mask: the face's own mask, instead of the parser's: a label map (512, 512).

        Returns:
            the target with ``crop`` uint8 (512, 512, 3), its ``mask`` uint8 (512, 512) with the values 0 to 18, and
            the ``photo``; edit a copy of the mask. ``is_doubtful`` says that the crop hardly shows a face.

        Raises:
            PhotoError: the photo cannot be read.
            NoFaceError: it shows no face, or not as many.
            MaskError: ``mask`` is no such label map.
        """
        from maskgan_studio.photo.files.loading import Photo, load_photo

        loaded = Photo.from_pixels(photo) if isinstance(photo, np.ndarray) else load_photo(os.fspath(photo))
        own = None if mask is None else _label_map(mask)
        return self.pipeline.prepare(loaded, aligned=aligned, face=face, mask=own, frame=FrameWidth(frame))

    def reshape(self, target: Target, values: Mapping[str, float] | None = None, **more: float) -> Target:
        """Move the features of a face by sliders: its mask, and the photo's own pixels along with it.

        Args:
            target: what ``load`` gave.
            values: numbers by slider name, ``{"eyes.size": 0.2}``; ``maskgan-studio sliders`` lists them.
            more: the same as keywords, with an underscore for the dot: ``smile=0.6, eyes_size=0.2``.

        Returns:
            the face as if it had been photographed so: its ``photo.pixels`` are the finished image, its ``mask`` and
            ``crop`` go on to ``composite`` and the others. The same target where every number is 0.

        Raises:
            EditError: there is no such slider, or a number is beyond its range.
        """
        from maskgan_studio.document.deformation.labels import deform_labels
        from maskgan_studio.document.deformation.reshape import reshape_face
        from maskgan_studio.document.deformation.sliders import gaze_of
        from maskgan_studio.engine.face_edits import deform_target
        from maskgan_studio.photo.retouching.gaze import move_irises

        asked = {**(values or {}), **{_dotted(name): value for name, value in more.items()}}
        deformation = reshape_face(target.mask, asked)
        moved, mask = deform_target(target, deformation), deform_labels(target.mask, deformation)
        # What comes into sight for the first time is drawn.
        pixels = moved.photo.pixels if np.array_equal(moved.mask, mask) else self.composite(moved, mask)
        pixels = move_irises(pixels, target.alignment, mask, gaze_of(asked))
        if pixels is moved.photo.pixels:
            return moved
        photo = replace(moved.photo, pixels=pixels, native=None)
        crop = target.alignment.crop(photo.pixels)
        return replace(moved, photo=photo, crop=crop, mask=mask, style_source=moved.style_source or moved)

    def remove(self, mask: np.ndarray, *parts: str) -> np.ndarray:
        """Take parts off a mask, for ``composite``: a bald head appears below hair, eyes behind glasses.

        Args:
            mask: a label map (512, 512), such as a target's.
            parts: of hair, hat, eyeglasses, earrings, necklace and brows.

        Returns:
            uint8 (512, 512); a copy where none of the parts is there.

        Raises:
            EditError: there is no such part.
            MaskError: ``mask`` is no label map.
        """
        from maskgan_studio.document.operations.removal import find_removable, remove_from_mask

        return remove_from_mask(_label_map(mask), find_removable(parts))

    def recolor(
        self,
        target: Target,
        colors: Mapping[str, str | Recoloring],
        *,
        mask: np.ndarray | None = None,
        image: np.ndarray | None = None,
    ) -> np.ndarray:
        """Give hair, lips, skin and other parts another colour, on the photo's own pixels.

        Args:
            target: what ``load`` gave.
            colors: by part, ``{"hair": "#7a3b1d"}``; a :class:`Recoloring` says more than the colour.
            mask: what the image shows, a label map (512, 512); the target's own by default.
            image: uint8 (H, W, 3), what ``composite`` gave; the photo by default.

        Returns:
            uint8 (H, W, 3); what lies outside the parts has its own values.

        Raises:
            EditError: there is no such part or colour.
            MaskError: ``mask`` is no label map.
        """
        from maskgan_studio.photo.retouching.recolor import recolor_photo

        labels = target.mask if mask is None else _label_map(mask)
        pixels = target.photo.pixels if image is None else image
        changes = {
            part: value if isinstance(value, Recoloring) else Recoloring(value) for part, value in colors.items()
        }
        return recolor_photo(pixels, target.alignment, labels, changes)

    def fit(
        self, target: Target, mode: str = "quick", report: Callable[[float, float], bool] | None = None
    ) -> Fit | None:
        """Let the network learn how this photo looks; give the result to ``render`` and ``composite``.

        Args:
            target: what ``load`` gave.
            mode: ``quick`` (at most a minute) or ``full``.
            report: is called before each step with the share done (0 to 1) and the seconds left; False stops the fit.

        Returns:
            the fit; None where it was stopped.
        """
        return self.pipeline.fit(target, mode, report)

    def render(
        self, target: Target, mask: np.ndarray, *, style: Target | None = None, fit: Fit | None = None
    ) -> np.ndarray:
        """Draw the face that a mask describes: the network's bare image, uint8 (512, 512, 3).

        Args:
            target: what ``load`` gave.
            mask: the edited mask, a label map (512, 512) with the values 0 to 18.
            style: a second photo whose style is used instead of the target's own.
            fit: what ``fit`` gave for this target; not used with ``style``.

        Raises:
            MaskError: ``mask`` is no such label map.
        """
        return self.pipeline.render(_label_map(mask), self._style(target, style, fit))

    def composite(
        self,
        target: Target,
        mask: np.ndarray,
        *,
        style: Target | None = None,
        fit: Fit | None = None,
        part_styles: Mapping[str, Target] | None = None,
    ) -> np.ndarray:
        """Render an edited mask and composite it into the photo; takes what ``render`` takes.

        Args:
            target, mask, style, fit: as for ``render``.
            part_styles: photos whose style single parts take, ``{"hair": other}``.

        Returns:
            uint8 (H, W, 3), the photo's size. What was not edited has the photo's own values.
        """
        from maskgan_studio.engine.part_styles import lay_part_styles

        labels, look = _label_map(mask), self._style(target, style, fit)
        pixels = self.pipeline.composite(target, labels, self.pipeline.render_edit(target, labels, look), look)
        return lay_part_styles(self.pipeline, target, labels, pixels, tuple((part_styles or {}).items()))

    def save(
        self,
        path: str | os.PathLike[str],
        pixels: np.ndarray,
        target: Target | None = None,
        *,
        mark_as_ai: bool = False,
    ) -> None:
        """Write an image; the suffix chooses the format.

        Args:
            path: the file.
            pixels: uint8 (H, W, 3) sRGB.
            target: the face it was made from; an image of its photo's size keeps that photo's metadata, colour
                profile, depth and alpha.
            mark_as_ai: say in the metadata that a model made parts of it.

        Raises:
            PhotoError: unknown format, or the file cannot be written.
            OutputError: the file is the target's own photo.
        """
        from maskgan_studio.outputs import check_outputs
        from maskgan_studio.photo.files.saving import save_photo

        if target is not None and target.photo.path is not None:
            check_outputs([Path(path)], [target.photo.path])
        source = target.photo if target is not None and target.photo.pixels.shape == pixels.shape else None
        save_photo(Path(path), pixels, source, mark_as_ai=mark_as_ai)

    def _style(self, target: Target, style: Target | None, fit: Fit | None) -> Style:
        if style is None and fit is not None:
            return self.pipeline.load_fit(fit, target)
        return self.pipeline.style(style or target)


def _dotted(keyword: str) -> str:
    """The name of a slider from a keyword: ``mouth_upper_lip`` is ``mouth.upper_lip``."""
    head, _, rest = keyword.partition("_")
    for side in ("_left", "_right"):
        rest = rest.removesuffix(side) + "." + side[1:] if rest.endswith(side) else rest
    return f"{head}.{rest}" if rest else head


def _label_map(mask: np.ndarray) -> np.ndarray:
    """Take an array as a label map uint8 (512, 512); raises MaskError where it is none."""
    from maskgan_studio.engine.target import CROP_SIZE

    mask = np.asarray(mask)
    if mask.shape != (CROP_SIZE, CROP_SIZE) or mask.dtype.kind not in "iu":
        raise MaskError(
            "A mask must be whole numbers of shape ({crop_size}, {crop_size}), not {dtype} {shape}.",
            crop_size=CROP_SIZE,
            dtype=mask.dtype,
            shape=mask.shape,
        )
    if mask.min() < 0 or mask.max() >= NUM_CLASSES:
        raise MaskError(
            "A mask must hold the classes 0 to {highest}, not {low} to {high}.",
            highest=NUM_CLASSES - 1,
            low=mask.min(),
            high=mask.max(),
        )
    return mask.astype(np.uint8)
