"""Masks for images that have none, found by our own parser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.progress import track

from maskgan_studio.engine.parser import Parser
from maskgan_studio.networks.face_parser import FaceParser
from maskgan_studio.photo.datasets import Sample, Source, read_image
from maskgan_studio.photo.masks import save_mask

_SIZE = 512


def label_source(source: Source, parser: FaceParser, folder: Path, device: torch.device) -> Source:
    """Return ``source`` with a mask for every image; those that lack one are parsed into ``folder``.

    The images are taken to be framed like CelebA-HQ crops. Masks found there from an earlier call are kept, so that an
    interrupted labelling goes on.
    """
    engine = Parser(parser, device)
    missing = [sample for sample in source.samples if not sample.labelled and not _file(folder, sample).is_file()]
    console = Console(stderr=True)
    for sample in track(missing, f"labelling {source.root.name}", console=console, disable=not console.is_terminal):
        file = _file(folder, sample)
        file.parent.mkdir(parents=True, exist_ok=True)
        save_mask(file, np.ascontiguousarray(engine.parse(read_image(sample, _SIZE))))
    samples = tuple(
        sample if sample.labelled else replace(sample, mask=_file(folder, sample)) for sample in source.samples
    )
    return replace(source, samples=samples)


def _file(folder: Path, sample: Sample) -> Path:
    return folder / f"{sample.name}.png"
