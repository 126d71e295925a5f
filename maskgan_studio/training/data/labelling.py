"""Masks for images that have none, found by our own parser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.engine.parser import Parser
from maskgan_studio.networks.face_parser import FaceParser
from maskgan_studio.photo.datasets import Sample, Source, read_image, stat_source
from maskgan_studio.photo.masks import save_mask

_SIZE = 512
# Folder of the pixels below a confidence, beside the masks.
_SURENESS = "below-{:g}"


def label_source(
    source: Source, parser: FaceParser, folder: Path, device: torch.device, confidence: float = 0.0
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
    """
    engine = Parser(parser, device)
    guesses = _SURENESS.format(confidence) if confidence else None
    missing = [sample for sample in source.samples if not sample.labelled and not _is_done(folder, sample, guesses)]
    console = Console(stderr=True)
    title = escape(f"labelling {source.root.name}")
    for sample in track(missing, title, console=console, disable=not console.is_terminal):
        labels, certainty = engine.parse_with_confidence(read_image(sample, _SIZE))
        if guesses:
            _save_plane(_file(folder / guesses, sample), certainty < confidence)
        file = _file(folder, sample)
        file.parent.mkdir(parents=True, exist_ok=True)
        save_mask(file, np.ascontiguousarray(labels))
    return replace(source, samples=tuple(_labelled(sample, folder, guesses) for sample in source.samples))


def _labelled(sample: Sample, folder: Path, guesses: str | None) -> Sample:
    if sample.labelled:
        return sample
    return replace(sample, mask=_file(folder, sample), unsure=_file(folder / guesses, sample) if guesses else None)


def _is_done(folder: Path, sample: Sample, guesses: str | None) -> bool:
    files = [_file(folder, sample), *([_file(folder / guesses, sample)] if guesses else [])]
    try:
        return all(file.stat().st_mtime_ns >= stat_source(sample.image) for file in files)
    except OSError:
        return False


def _save_plane(file: Path, plane: np.ndarray) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(file) as out:
        Image.fromarray(plane.astype(np.uint8) * 255).save(out, format="PNG")


def _file(folder: Path, sample: Sample) -> Path:
    return folder / f"{sample.name}.png"
