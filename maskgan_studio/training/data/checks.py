"""What is wrong with a folder of training data, file by file: for `data check`, and before a run starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import Sample, Source, parse_data_argument, read_image, read_mask
from maskgan_studio.photo.label_order import looks_like_zllrunning

#: Pictures smaller than this only look large once they are enlarged.
SMALLEST = 256
#: Files are decoded small: damage shows at any size.
_SIZE = 128


@dataclass(frozen=True)
class Finding:
    """A file and what is wrong with it, as one clause; ``unusable`` tells that a run cannot train on it."""

    file: Path
    problem: str
    unusable: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


def check_sample(sample: Sample, expects_mask: bool) -> list[Finding]:
    """Look at one image and its mask.

    Args:
        sample: what is to be checked.
        expects_mask: a missing mask is a problem.
    """
    findings = list(_image_problems(sample))
    if sample.labelled:
        findings += _mask_problems(sample)
    elif expects_mask:
        findings.append(Finding(sample.image, "has no mask"))
    return findings


def masks_without_image(argument: str, source: Source) -> Iterator[Finding]:
    """Find the index masks of a ``--data`` argument that belong to no image."""
    images, masks, _ = parse_data_argument(argument)
    folder = masks or images / "mask"
    names = {sample.name for sample in source.samples}
    for file in sorted(folder.rglob("*.png")) if folder.is_dir() else []:
        if file.relative_to(folder).with_suffix("").as_posix() not in names:
            yield Finding(file, "belongs to no image")


def _image_problems(sample: Sample) -> Iterator[Finding]:
    file = sample.image
    try:
        with Image.open(file) as picture:
            width, height = picture.size
        read_image(sample, _SIZE)
    except (OSError, ValueError, SyntaxError, DataError) as error:
        yield Finding(file, _clause(error, file), unusable=True)
        return
    if width != height:
        yield Finding(file, f"is {width} x {height} pixels: not square, so its face will be squeezed")
    if min(width, height) < SMALLEST:
        yield Finding(file, f"is {width} x {height} pixels: smaller than {SMALLEST}")


def _mask_problems(sample: Sample) -> Iterator[Finding]:
    file = sample.mask or sample.parts[0][1]
    try:
        labels = read_mask(sample, _SIZE)
    except DataError as error:
        yield Finding(file, _clause(error, file), unusable=True)
        return
    if sample.mask is not None:
        with Image.open(sample.mask) as picture:
            if picture.width != picture.height:
                yield Finding(file, f"is {picture.width} x {picture.height} pixels: not square")
    if looks_like_zllrunning(labels):
        other = "numbers the parts in another order (17 is hair, as in face-parsing.PyTorch)"
        yield Finding(file, other, unusable=True)
    if len(np.unique(labels)) == 1:
        yield Finding(file, f"holds nothing but the value {labels.flat[0]}")


def _clause(error: Exception, file: Path) -> str:
    """What an error says about a file that is named already."""
    text = str(error).rstrip(".")
    if isinstance(error, DataError):
        return text.removeprefix(f"{file} ")
    return f"cannot be read as an image ({text})"
