"""Masks for images that have none, found by our own parser: one job per image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.batch import Backend, is_done
from maskgan_studio.engine.device import choose_device
from maskgan_studio.engine.parser import Parser
from maskgan_studio.errors import DataError
from maskgan_studio.networks.face_parser import FaceParser
from maskgan_studio.photo.datasets import Sample, Source, file_on_disk, read_image
from maskgan_studio.photo.masks.mask_files import save_mask

_SIZE = 512
_NAMED = 5
# Folder of the pixels below a confidence, beside the masks.
_SURENESS = "below-{:g}"


@dataclass(frozen=True)
class LabelJob:
    """The mask of one image, and where a confidence is asked for, where it is a guess."""

    sample: Sample
    folder: Path
    confidence: float = 0.0

    @property
    def about(self) -> Path:
        return self.sample.image

    @property
    def sources(self) -> tuple[Path, ...]:
        return (file_on_disk(self.sample.image),)

    @property
    def results(self) -> tuple[Path, ...]:
        return (*([self.guesses] if self.guesses else []), self.mask)

    @property
    def mask(self) -> Path:
        return self.folder / f"{self.sample.name}.png"

    @property
    def guesses(self) -> Path | None:
        if not self.confidence:
            return None
        return self.folder / _SURENESS.format(self.confidence) / f"{self.sample.name}.png"

    def run(self, engine: Parser) -> None:
        """Find the mask and write it."""
        found = engine.parse(read_image(self.sample, _SIZE))
        for file in self.results:
            file.parent.mkdir(parents=True, exist_ok=True)
        if self.guesses:
            with atomic_write(self.guesses) as out:
                Image.fromarray((found.confidence < 255 * self.confidence).astype(np.uint8) * 255).save(
                    out, format="PNG"
                )
        save_mask(self.mask, np.ascontiguousarray(found.labels))


@dataclass(frozen=True)
class LabelSettings:
    """What labels images; calling it makes a worker. ``device`` is "auto" or PyTorch's name of one."""

    parser: FaceParser
    device: str

    def __call__(self) -> Callable[[LabelJob], None]:
        """Place the network, and make the function that does jobs with it."""
        device = choose_device("auto") if self.device == "auto" else torch.device(self.device)
        engine = Parser(self.parser, device)
        return lambda job: job.run(engine)


def label_source(
    source: Source,
    parser: FaceParser,
    folder: Path,
    device: torch.device,
    confidence: float = 0.0,
    backend: Backend | None = None,
) -> Source:
    """Return ``source`` with a mask for every image; those that lack one are parsed into ``folder``.

    The images are taken to be framed like CelebA-HQ crops. Masks found there from an earlier call are kept where the
    image has not changed since, so that an interrupted labelling goes on.

    Args:
        source: the images.
        parser: finds the masks, each from several views of the image.
        folder: where they are kept.
        device: where the parser runs.
        confidence: where the views' mean probability of what was found is below it, the sample is unsure.
        backend: where the work is done; by default in this process.

    Raises:
        DataError: some images could not be labelled; the others are.
    """
    backend = backend or Backend()
    jobs = {sample.name: LabelJob(sample, folder, confidence) for sample in source.samples if not sample.labelled}
    missing = [job for job in jobs.values() if not is_done(job)]
    settings = LabelSettings(parser, "auto" if backend.cluster else str(device))
    console = Console(stderr=True)
    outcomes = track(
        backend.run(missing, settings),
        escape(f"labelling {source.root.name}"),
        total=len(missing),
        console=console,
        disable=not console.is_terminal,
    )
    failed = [f"{job.about}: {problem}" for job, problem in outcomes if problem is not None]
    if failed:
        message = "{count} of {all} images in {folder} could not be labelled: {named}."
        named = "; ".join(failed[:_NAMED])
        raise DataError(message, count=len(failed), all=len(jobs), folder=source.root, named=named)
    return replace(source, samples=tuple(_labelled(sample, jobs.get(sample.name)) for sample in source.samples))


def _labelled(sample: Sample, job: LabelJob | None) -> Sample:
    return sample if job is None else replace(sample, mask=job.mask, unsure=job.guesses)
