"""A pipeline without networks: masks and images that tests can predict, as fast or slow as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from maskgan_studio.app.common.pipeline import Pipeline
from maskgan_studio.engine.fit import Fit
from maskgan_studio.engine.parse_doubts import Doubt
from maskgan_studio.engine.requests import RenderCancelled, ShouldContinue, Window, never_cancelled
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import NoFaceError
from maskgan_studio.labels import NUM_CLASSES, color_table, part_named
from maskgan_studio.photo.alignment.detection import Face
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.alignment.wide_frame import merge_wide_mask, widen_frame
from maskgan_studio.photo.files.loading import Photo

Report = Callable[[float, float], bool]


@dataclass(frozen=True)
class FakeStyle:
    key: str
    color: tuple[float, ...]

    def mixed(self, other: FakeStyle, share: float, key: str) -> FakeStyle:
        mixed = np.array(self.color) + share * (np.array(other.color) - np.array(self.color))
        return FakeStyle(key, tuple(mixed))


def face_mask(size: int = 512) -> np.ndarray:
    """A drawn face with hair, skin, eyes, brows, nose and lips."""
    mask = np.zeros((size, size), np.uint8)
    y, x = np.mgrid[:size, :size] * (512 / size)

    def disc(name: str, cx: float, cy: float, rx: float, ry: float) -> None:
        mask[((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1] = part_named(name).index

    disc("hair", 256, 230, 190, 210)
    disc("neck", 256, 470, 80, 90)
    disc("skin", 256, 280, 140, 180)
    for side, cx in (("r", 192), ("l", 320)):
        disc(f"{side}_eye", cx, 245, 28, 12)
        disc(f"{side}_brow", cx, 205, 40, 9)
    disc("nose", 256, 300, 28, 45)
    disc("u_lip", 256, 372, 50, 14)
    disc("l_lip", 256, 388, 46, 14)
    disc("mouth", 256, 379, 36, 5)
    return mask


class FakeManifold:
    """A way from one mask to another, row by row."""

    def morph(self, mask: np.ndarray, reference: np.ndarray, t: float) -> np.ndarray:
        rows = round(t * len(mask))
        return np.concatenate([reference[:rows], mask[rows:]])

    def variations(self, mask: np.ndarray, count: int, strength: float, seed: int) -> list[np.ndarray]:
        """The mask with more and more of its rows made hair, another one with each seed."""
        masks = []
        for number in range(count):
            masks.append(mask.copy())
            masks[-1][: 8 * (number + 1) + seed] = part_named("hair").index
        return masks

    def tidy(self, mask: np.ndarray, strength: float) -> np.ndarray:
        """The mask without its last rows."""
        tidied = mask.copy()
        tidied[-round(100 * strength) :] = 0
        return tidied


class FakePipeline:
    """What the window uses of the engine's Pipeline; mypy compares it with ``Pipeline`` at the end of the file.

    Attributes:
        gate: a render waits until it is set.
        started: is set when a render begins.
        rendered: source masks rendered so far, with their sizes.
        threads: names of the threads that called.
        doubts: whether faces that it finds are doubtful.
        parse_doubts: regions that it is not sure of in every photo.
    """

    device_name = "CPU"
    weights_name = "fake"
    manifold = FakeManifold()

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.step_gate = threading.Event()
        self.step_gate.set()
        self.prepare_gate = threading.Event()
        self.prepare_gate.set()
        self.started = threading.Event()
        self.rendered: list[tuple[np.ndarray, int]] = []
        self.threads: set[str] = set()
        self.failure: Exception | None = None
        self.doubts = False
        self.parse_doubts: tuple[Doubt, ...] = ()

    def open_gates(self) -> None:
        """Let everything pass that waits, and all that comes."""
        for gate in (self.gate, self.step_gate, self.prepare_gate):
            gate.set()

    def parse(self, crop: np.ndarray) -> np.ndarray:
        return face_mask()

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
        self.threads.add(threading.current_thread().name)
        self.prepare_gate.wait(60)
        if photo.pixels.std() < 1 and not aligned:
            raise NoFaceError("No face was found in this photo.")
        alignment = alignment or Alignment.identity(photo.pixels.shape)
        crop = alignment.crop(photo.pixels)
        own = self.parse(crop) if mask is None else mask
        return Target(
            photo, alignment, crop, own, faces, is_doubtful=self.doubts and not aligned, doubts=self.parse_doubts
        )

    def widen(self, target: Target) -> Target:
        wide = widen_frame(target.alignment)
        mask = merge_wide_mask(np.zeros_like(target.mask), target.mask)
        return replace(target, alignment=wide, crop=wide.crop(target.photo.pixels), mask=mask)

    def style(self, target: Target) -> FakeStyle:
        return FakeStyle(target.key, tuple(target.crop.reshape(-1, 3).mean(0)))

    def fit(self, target: Target, mode: str = "quick", report: Report | None = None) -> Fit | None:
        """Four steps, each of which waits for ``step_gate``."""
        for step in range(4):
            self.step_gate.wait(20)
            if report is not None and not report(step / 4, float(4 - step)):
                return None
        if self.failure is not None:
            raise self.failure
        codes, basis = np.zeros((1, 8, 8), np.float16), np.zeros((2, 1), np.float32)
        vector = np.full(3, 200 if mode == "quick" else 100, np.float32)
        return Fit(target.key, "fake", mode, vector, target.mask, codes, basis, 30.0, 8.0)

    def load_fit(self, fit: Fit, target: Target) -> FakeStyle:
        return FakeStyle(fit.key, tuple(fit.vector)) if fit.target_key == target.key else self.style(target)

    def render(
        self,
        source_mask: np.ndarray,
        style: FakeStyle,
        size: int = 512,
        should_continue: ShouldContinue = never_cancelled,
    ) -> np.ndarray:
        self.started.set()
        for _ in range(2000):
            if self.gate.wait(0.01):
                break
            if not should_continue():
                raise RenderCancelled
        if self.failure is not None:
            raise self.failure
        self.rendered.append((source_mask.copy(), size))
        step = source_mask.shape[0] // size
        colors = (color_table().astype(float) + np.array(style.color)) / 2
        assert len(colors) == NUM_CLASSES
        return colors.astype(np.uint8)[source_mask[::step, ::step]]

    def render_edit(
        self,
        target: Target,
        source_mask: np.ndarray,
        style: FakeStyle,
        should_continue: ShouldContinue = never_cancelled,
    ) -> np.ndarray:
        return self.render(source_mask, style, 512, should_continue)

    def preview(
        self,
        target: Target,
        source_mask: np.ndarray,
        style: FakeStyle,
        should_continue: ShouldContinue = never_cancelled,
    ) -> np.ndarray:
        return self.render(source_mask, style, 256, should_continue).repeat(2, 0).repeat(2, 1)

    def composite(
        self,
        target: Target,
        source_mask: np.ndarray,
        result: np.ndarray,
        style: FakeStyle | None = None,
        preview: bool = False,
        window: Window | None = None,
    ) -> np.ndarray:
        pixels = target.photo.pixels.copy()
        left, top, right, bottom = target.alignment.photo_bounds(pixels.shape)
        rows = np.linspace(0, 511.5, bottom - top).astype(int)
        columns = np.linspace(0, 511.5, right - left).astype(int)
        edited = (source_mask != target.mask)[np.ix_(rows, columns)]
        region = pixels[top:bottom, left:right]
        region[edited] = result[np.ix_(rows, columns)][edited]
        return pixels


def _is_a_pipeline(fake: FakePipeline) -> Pipeline[FakeStyle]:
    return fake
