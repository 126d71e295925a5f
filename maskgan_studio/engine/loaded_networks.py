"""The networks of one set of weights on one device: loaded when first used; on the CPU where memory is short."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar, cast

import cv2
import numpy as np
import torch

from maskgan_studio.engine.autotune import RenderConfig, autotune, make_renderer
from maskgan_studio.engine.completion import Completion
from maskgan_studio.engine.device import device_title
from maskgan_studio.engine.malloc_tuning import return_freed_memory
from maskgan_studio.engine.manifold import MaskManifold
from maskgan_studio.engine.parser import Parser
from maskgan_studio.engine.renderer import Renderer, Style
from maskgan_studio.engine.requests import ShouldContinue, Window, never_cancelled
from maskgan_studio.engine.target import CROP_SIZE
from maskgan_studio.networks import CompletionNetwork, DenseMappingNetwork, FaceParser, MaskVAE
from maskgan_studio.weights import DEFAULT_SET, WeightSet, find_set

log = logging.getLogger(__name__)

T = TypeVar("T")

_CPU = torch.device("cpu")


class LoadedNetworks:
    """Each network of a set, loaded when it is first asked for. Not thread-safe.

    A graphics card that runs out of memory renders at half the size from then on, and hands over to the CPU if that is
    too much as well. So does one that fails otherwise.

    Attributes:
        weights: the set; for a parser or MaskVAE that it lacks, the shipped set's is used.
        device: where the networks run now.
    """

    def __init__(self, weights: WeightSet, device: torch.device) -> None:
        self.weights, self.device = weights, device
        if device.type == "cuda":
            torch.cuda.empty_cache()  # what the networks before these have left
        self._render_config: RenderConfig | None = None
        self._renderer: Renderer | None = None
        self._parser: Parser | None = None
        self._manifold: MaskManifold | None = None
        self._completion: Completion | None = None
        self._largest_size = CROP_SIZE
        self._notice = ""

    @property
    def device_name(self) -> str:
        """Name of the device for users, with what went wrong on the way to it."""
        return device_title(self.device) + self._notice

    @property
    def digest(self) -> str:
        """SHA-256 of the generator's file, empty where the set has none."""
        return self.weights.manifest.networks["dmn"].files[0].sha256 if self.weights.has("dmn") else ""

    @property
    def render_config(self) -> RenderConfig:
        """How this machine renders these weights best; measured at the first start, then remembered."""
        if self._render_config is None:
            self._render_config = autotune(self.load_generator, self.device, self.digest)
            return_freed_memory()  # several networks may have been tried
        return self._render_config

    @property
    def parser(self) -> Parser:
        """The face parser; raises WeightsError where no set has one."""
        if self._parser is None:
            self._parser = Parser(cast(FaceParser, self._set_with("parser").load("parser")), self.device)
        return self._parser

    @property
    def renderer(self) -> Renderer:
        """The generator, as this machine renders it best."""
        if self._renderer is None:
            config = self.render_config  # measured before the network is loaded to stay
            self._renderer = make_renderer(self.load_generator(), self.device, config)
        return self._renderer

    @property
    def manifold(self) -> MaskManifold:
        """The manifold of plausible masks; raises WeightsError where no set has a MaskVAE."""
        if self._manifold is None:
            self._manifold = MaskManifold(cast(MaskVAE, self._set_with("mask_vae").load("mask_vae")), self.device)
        return self._manifold

    @property
    def completion(self) -> Completion:
        """Completion of what an edit uncovers; raises WeightsError where the set has none."""
        if self._completion is None:
            self._completion = Completion(cast(CompletionNetwork, self.weights.load("completion")), self.device)
        return self._completion

    def load_generator(self) -> DenseMappingNetwork:
        """A copy of the generator, on the CPU."""
        return cast(DenseMappingNetwork, self.weights.load("dmn"))

    def render(
        self,
        source_mask: np.ndarray,
        style: Style,
        size: int = CROP_SIZE,
        should_continue: ShouldContinue = never_cancelled,
        keep_features: bool = False,
    ) -> np.ndarray:
        """Render a mask uint8 (512, 512), see ``Renderer.render``; returns uint8 (size, size, 3) RGB.

        Where memory is short it is rendered smaller and enlarged.

        Raises:
            RenderCancelled: ``should_continue`` returned False.
        """

        def render() -> np.ndarray:
            return self._render(source_mask, style, size, should_continue, keep_features)

        def render_smaller() -> np.ndarray:
            try:
                return render()
            except torch.OutOfMemoryError:
                if self.device == _CPU or self._largest_size < size:
                    raise
                self._largest_size = size // 2
                self._notice = f" (short of memory: {self._largest_size}²)"
                self._unload()
            return render()

        return self.with_cpu_fallback(render_smaller)

    @property
    def renders_windows(self) -> bool:
        """Whether windows of a full image can be rendered: not on every device, nor where memory is short."""
        return self._largest_size == CROP_SIZE and self.renderer.renders_windows

    def has_features(self, style: Style, origin: str) -> bool:
        """See ``Renderer.has_features``."""
        return self.renderer.has_features(style, origin)

    def render_window(
        self,
        source_mask: np.ndarray,
        style: Style,
        window: Window,
        origin: str,
        should_continue: ShouldContinue = never_cancelled,
        size: int = CROP_SIZE,
    ) -> np.ndarray | None:
        """Render a window of an image, see ``Renderer.render_window``; None where that cannot be done."""
        if not self.renders_windows:
            return None
        return self.renderer.render_window(source_mask, style.to(self.device), window, origin, should_continue, size)

    def with_cpu_fallback(self, work: Callable[[], T]) -> T:
        """Do some work of these networks, on the CPU where the device has no memory for it or does not work."""
        try:
            return work()
        except torch.OutOfMemoryError:
            self._hand_over("is out of memory")
        except RuntimeError as error:  # no kernel for this card, a driver that is too old, a card that was lost
            if self.device == _CPU:
                raise
            log.exception("%s failed; going on on the CPU", device_title(self.device))
            self._hand_over(f"failed: {str(error).splitlines()[0].rstrip('.')}" if str(error) else "failed")
        return work()

    def _hand_over(self, reason: str) -> None:
        self._notice = f" ({device_title(self.device)} {reason})"
        self._largest_size = CROP_SIZE
        self.device = _CPU
        self._render_config = None
        self._unload()

    def _render(
        self, source_mask: np.ndarray, style: Style, size: int, should_continue: ShouldContinue, keep_features: bool
    ) -> np.ndarray:
        smaller = min(size, self._largest_size)
        image = self.renderer.render(source_mask, style.to(self.device), smaller, should_continue, keep_features)
        return image if len(image) == size else cv2.resize(image, (size, size), interpolation=cv2.INTER_CUBIC)

    def _set_with(self, role: str) -> WeightSet:
        return self.weights if self.weights.has(role) else find_set(DEFAULT_SET)

    def _unload(self) -> None:
        self._renderer = self._parser = self._manifold = self._completion = None
        with suppress(RuntimeError):  # of a card that was lost
            torch.cuda.empty_cache()
