"""Masks for images that have none, found by our own parser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from maskgan_studio.engine.parser import Parser
from maskgan_studio.networks.face_parser import FaceParser
from maskgan_studio.photo.datasets import Sample, Source, read_image
from maskgan_studio.photo.masks import save_mask

_SIZE = 512


def label_source(source: Source, parser: FaceParser, folder: Path, device: torch.device) -> Source:
    """Return ``source`` with a mask for every image; those that lack one are parsed into ``folder``.

    The images are taken to be framed like CelebA-HQ crops. Masks found there from an earlier call are kept where the
    image has not changed since, so that an interrupted labelling goes on.
    """
    engine = Parser(parser, device)
    missing = [sample for sample in source.samples if not sample.labelled and not _is_done(folder, sample)]
    console = Console(stderr=True)
    title = escape(f"labelling {source.root.name}")
    for sample in track(missing, title, console=console, disable=not console.is_terminal):
        file = _file(folder, sample)
        file.parent.mkdir(parents=True, exist_ok=True)
        save_mask(file, np.ascontiguousarray(engine.parse(read_image(sample, _SIZE))))
    samples = tuple(
        sample if sample.labelled else replace(sample, mask=_file(folder, sample)) for sample in source.samples
    )
    return replace(source, samples=samples)


def _is_done(folder: Path, sample: Sample) -> bool:
    try:
        return _file(folder, sample).stat().st_mtime_ns >= sample.image.stat().st_mtime_ns
    except OSError:
        return False


def _file(folder: Path, sample: Sample) -> Path:
    return folder / f"{sample.name}.png"
