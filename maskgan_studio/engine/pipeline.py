"""From a photo and an edited mask to the finished image: the one path of window, command line and Python."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import torch
from cachetools import LRUCache

from maskgan_studio.engine.autotune import RenderConfig
from maskgan_studio.engine.device import choose_device
from maskgan_studio.engine.edit_renderer import EditRenderer
from maskgan_studio.engine.fit import Fit
from maskgan_studio.engine.loaded_networks import LoadedNetworks
from maskgan_studio.engine.manifold import MaskManifold
from maskgan_studio.engine.parse_doubts import ParseResult, find_doubts
from maskgan_studio.engine.renderer import Style
from maskgan_studio.engine.requests import ShouldContinue, Window, never_cancelled
from maskgan_studio.engine.style_fitting import Report, fit_style
from maskgan_studio.engine.style_map import StyleMap
from maskgan_studio.engine.target import CROP_SIZE, Target, array_digest
from maskgan_studio.errors import CommandLineOption, NoFaceError
from maskgan_studio.photo.alignment.detection import Face, find_faces
from maskgan_studio.photo.alignment.face_alignment import Alignment, align_best_face, align_face
from maskgan_studio.photo.alignment.frame_width import FrameWidth
from maskgan_studio.photo.alignment.wide_frame import merge_wide_mask, wants_wide_frame, widen_frame
from maskgan_studio.photo.compositing.network_change import composite
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.weights import DEFAULT_SET, find_set

# Styles that are cached: enough to go back and forth between photos, small beside a network.
_CACHED = 8


class Pipeline:
    """Everything that one set of weights does on one device. Not thread-safe: one thread at a time.

    Networks are loaded when first used. A graphics card that runs out of memory renders at half the size from then on,
    and hands over to the CPU if that is too much as well; ``device_name`` says so.

    Args:
        weights: name or folder of the set; for a network that it lacks, the shipped set's is used, except the
            generator.
        device: ``auto``, ``cpu``, ``cuda``, ``mps``.

    Raises:
        WeightsError: the set is missing or damaged.
        StudioError: there is no such device.
    """

    def __init__(self, weights: str | os.PathLike[str] = DEFAULT_SET, device: str = "auto") -> None:
        self._networks = LoadedNetworks(find_set(weights), choose_device(device))
        self._edits = EditRenderer(self._networks)
        self._styles: LRUCache[str, Style] = LRUCache(_CACHED)
        self._parses: LRUCache[str, ParseResult] = LRUCache(_CACHED)

    @property
    def device_name(self) -> str:
        """Name of the device for users, with what went wrong on the way to it."""
        return self._networks.device_name

    @property
    def weights_name(self) -> str:
        """Name of the set of weights."""
        return self._networks.weights.name

    @property
    def render_config(self) -> RenderConfig:
        """How this machine renders these weights best; measured at the first start, then remembered."""
        return self._networks.render_config

    @property
    def manifold(self) -> MaskManifold:
        """The manifold of plausible masks; raises WeightsError where no set has a MaskVAE."""
        return self._networks.manifold

    def parse(self, crop: np.ndarray) -> np.ndarray:
        """Find the mask of an aligned crop: uint8 (512, 512, 3) RGB to label map uint8 (512, 512)."""
        found = self._networks.with_cpu_fallback(lambda: self._networks.parser.parse(crop))
        self._parses[array_digest(crop)] = found
        return found.labels

    def _with_doubts(self, target: Target) -> Target:
        """A target with what its parse was not sure of, where it was parsed here."""
        parse = self._parses.get(array_digest(target.crop))
        return target if parse is None else replace(target, doubts=find_doubts(target.mask, parse))

    def prepare(
        self,
        photo: Photo,
        *,
        aligned: bool = False,
        face: int | None = None,
        alignment: Alignment | None = None,
        mask: np.ndarray | None = None,
        faces: tuple[Face, ...] | None = None,
        frame: FrameWidth = FrameWidth.STANDARD,
    ) -> Target:
        """Find the face of a photo, align it and parse it.

        Args:
            photo: the photograph.
            aligned: it already is a CelebA-HQ-style crop; it is only brought to 512 x 512.
            face: which of the faces found, best first; by default the first in which the parser sees a face as well,
                whose place in ``Target.faces`` is the first then.
            alignment: use this alignment instead of looking for a face.
            mask: the crop's own mask, uint8 (512, 512), instead of the parser's.
            faces: those in the photo, best first, where they have been detected before.
            frame: CelebA-HQ's, or a wider one; ``mask`` is in that frame. Not used with ``aligned`` or ``alignment``.

        Raises:
            NoFaceError: no face was found, or not as many.
        """
        if aligned:
            alignment = Alignment.identity(photo.pixels.shape)
        if alignment is not None:
            crop = alignment.crop(photo.pixels)
            if mask is not None:
                return Target(photo, alignment, crop, mask, faces)
            return self._with_doubts(Target(photo, alignment, crop, self.parse(crop), faces))
        if faces is None:
            faces = tuple(find_faces(photo.pixels))
        if not faces:
            raise NoFaceError(
                "No face was found in this photo: use one that shows a face from the front, or one that is already "
                "aligned like CelebA-HQ{option}.",
                option=CommandLineOption("--aligned"),
            )
        if face is None:
            index, found = align_best_face(photo.pixels, faces, self.parse)
            faces = (faces[index], *faces[:index], *faces[index + 1 :])
        elif 0 <= face < len(faces):
            found = align_face(photo.pixels, faces[face], self.parse)
        else:
            raise NoFaceError(
                "There is no face number {number} in this photo, only {count}.", number=face + 1, count=len(faces)
            )
        crop = found.alignment.crop(photo.pixels)
        target = Target(photo, found.alignment, crop, found.mask, faces, is_doubtful=found.is_doubtful)
        if frame is FrameWidth.AUTO and wants_wide_frame(target.mask, target.alignment, photo.pixels.shape):
            frame = FrameWidth.WIDE
        if frame is FrameWidth.WIDE:
            return self.widen(target, mask)
        return self._with_doubts(target) if mask is None else replace(target, mask=mask)

    def widen(self, target: Target, mask: np.ndarray | None = None) -> Target:
        """The same face in a wider frame, in which hair and hats need not end at the edge; ``mask`` as for
        ``prepare``."""
        alignment = widen_frame(target.alignment)
        crop = alignment.crop(target.photo.pixels)
        found = merge_wide_mask(self.parse(crop), target.mask) if mask is None else mask
        wide = replace(target, alignment=alignment, crop=crop, mask=found, doubts=())
        return self._with_doubts(wide) if mask is None else wide

    def style(self, target: Target) -> Style:
        """The style of a target; read once and cached."""
        target = target.style_source or target
        if target.key not in self._styles:
            self._styles[target.key] = self._networks.with_cpu_fallback(
                lambda: self._networks.renderer.encode_style(target.crop, target.mask, target.key)
            )
        return self._styles[target.key]

    def fit(self, target: Target, mode: str = "quick", report: Report | None = None) -> Fit | None:
        """Find the style in which the network draws this photo as it is (fit to photo).

        Args:
            target: photo and mask.
            mode: ``quick`` for at most a minute, ``full`` for the best that it can.
            report: is called before each step with the share done (0 to 1) and the seconds left; False stops it.

        Returns:
            the fit, for ``load_fit``; None where it was stopped.

        Raises:
            StudioError: this set of weights cannot be fitted.
        """

        def work() -> Fit | None:
            networks = self._networks
            vector = networks.renderer.encode_style(target.crop, target.mask, target.key).vector
            return fit_style(networks.load_generator(), target, vector, networks.digest, mode, networks.device, report)

        return self._networks.with_cpu_fallback(work)

    def load_fit(self, fit: Fit, target: Target) -> Style:
        """The own style of a target as fitted; as read where the fit is another photo's or for other weights."""
        target = target.style_source or target
        if fit.target_key != target.key or fit.weights != self._networks.digest:
            return self.style(target)
        if fit.key not in self._styles:
            device = self._networks.device
            codes = torch.from_numpy(fit.codes.astype(np.float32)).to(device)
            shifts = StyleMap(fit.mask, codes, torch.from_numpy(fit.basis.copy()).to(device))
            vector = torch.from_numpy(fit.vector.copy())[None].to(device)
            self._styles[fit.key] = Style(fit.key, vector, shifts, owner=target.key)
        return self._styles[fit.key]

    def render(
        self,
        source_mask: np.ndarray,
        style: Style,
        size: int = CROP_SIZE,
        should_continue: ShouldContinue = never_cancelled,
    ) -> np.ndarray:
        """Render a source mask uint8 (512, 512) in a style: the network alone; returns uint8 (size, size, 3) RGB.

        Raises:
            RenderCancelled: ``should_continue`` returned False.
        """
        return self._networks.render(source_mask, style, size, should_continue)

    def render_edit(
        self, target: Target, source_mask: np.ndarray, style: Style, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Render an edit of a target for ``composite``, uint8 (512, 512, 3); a small one where it is alone."""
        return self._edits.render(target, source_mask, style, should_continue)

    def preview(
        self, target: Target, source_mask: np.ndarray, style: Style, should_continue: ShouldContinue = never_cancelled
    ) -> np.ndarray:
        """Show quickly what ``render_edit`` will give, uint8 (512, 512, 3)."""
        return self._edits.preview(target, source_mask, style, should_continue)

    def composite(
        self,
        target: Target,
        source_mask: np.ndarray,
        result: np.ndarray,
        style: Style | None = None,
        preview: bool = False,
        window: Window | None = None,
    ) -> np.ndarray:
        """Lay a full-size result into the target's photo, only where the edit is.

        Args:
            target: photo, alignment and mask.
            source_mask: the edited mask that ``result`` follows.
            result: uint8 (512, 512, 3).
            style: what ``result`` was rendered in; the target's own by default.
            preview: leave completion out, which takes longer than a preview: colours and outlines alone.
            window: rows and columns of the crop that are looked at; elsewhere the edit may be missing.

        Returns:
            uint8 (H, W, 3), the photo's size; outside the edited region the photo's own pixels. In another photo's
            style all of the person changes, else what was edited: nothing where the masks are equal.
        """
        restyled = style is not None and not style.belongs_to((target.style_source or target).key)
        if np.array_equal(source_mask, target.mask) and not restyled:
            return target.photo.pixels.copy()
        if self._networks.weights.has("completion") and not restyled:
            return self._networks.with_cpu_fallback(
                lambda: self._networks.completion.composite(target, source_mask, result, preview, window)
            )
        if style is None or restyled:
            own = self.style(target) if style is None or style.mixed_from is None else style.mixed_from
        else:
            own = style
        return composite(
            target.photo.pixels,
            target.alignment,
            target.crop,
            target.mask,
            source_mask,
            result,
            self._edits.reconstruct(target, own),
            restyled,
        )
