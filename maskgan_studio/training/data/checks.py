"""What is wrong with a folder of training data, file by file: for `data check`, and before a run starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from maskgan_studio.errors import DataError, PhotoError, StudioError, Translatable
from maskgan_studio.labels import PARTS, part_named
from maskgan_studio.photo.datasets import (
    IMAGE_FOLDER,
    MASK_FOLDER,
    PART_FOLDER,
    Sample,
    Source,
    parse_data_argument,
    read_labels,
    read_part,
)
from maskgan_studio.photo.datasets.members import read_member
from maskgan_studio.photo.files.listing import list_images
from maskgan_studio.photo.files.loading import load_reduced
from maskgan_studio.photo.masks.mask_files import ForeignColorError, LabelOrderError, MaskRules, SoftMaskError

#: Images smaller than this only look large once they are enlarged.
SMALLEST = 256
#: Files are decoded small: damage shows at any size.
_SIZE = 128
_PART_NAMES = [part.name for part in PARTS[1:]]
_SKIN = part_named("skin")


@dataclass(frozen=True)
class Finding:
    """A file and what is wrong with it, as one clause.

    Attributes:
        file: the file.
        problem: the clause.
        unusable: a run cannot train on it.
        mend: how the mask can be read all the same, or None.
        is_note: worth knowing, but no problem.
    """

    file: Path
    problem: str
    unusable: bool = False
    mend: MaskRules | None = None
    is_note: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}"


def check_sample(sample: Sample, expects_mask: bool) -> list[Finding]:
    """Look at one image and its mask; whatever a decoder raises is a finding.

    Args:
        sample: what is to be checked.
        expects_mask: a missing mask is a problem.
    """
    findings = _guarded(sample.image, _image_problems(sample))
    if sample.labelled:
        findings += _guarded(sample.mask or sample.parts[0][1], _mask_problems(sample))
    elif expects_mask:
        findings.append(Finding(sample.image, "has no mask"))
    return findings


def find_same_names(source: Source) -> list[Finding]:
    """Find the images that would share one mask because they differ in their suffixes alone."""
    by_name: dict[str, list[Path]] = defaultdict(list)
    for sample in source.samples:
        by_name[sample.name].append(sample.image)
    return [
        Finding(file, f"has the name of {_names(others, file)} but for the suffix: they would share one mask", True)
        for others in by_name.values()
        if len(others) > 1
        for file in others
    ]


def find_masks_without_image(argument: str, source: Source) -> Iterator[Finding]:
    """Find the index masks of a ``--data`` argument that belong to no image."""
    images, masks, _ = parse_data_argument(argument)
    folder = masks or images / MASK_FOLDER
    names = {sample.name for sample in source.samples}
    for file in list_images(folder, (".png",), recursive=True).images if folder.is_dir() else ():
        if file.relative_to(folder).with_suffix("").as_posix() not in names:
            yield Finding(file, "belongs to no image")


def check_parts(source: Source) -> Iterator[Finding]:
    """Look through CelebAMask-HQ's per-part annotations: misspelt, blank and unreadable ones, faces without skin."""
    folder = source.root / PART_FOLDER
    if not folder.is_dir() or not (source.root / IMAGE_FOLDER).is_dir():
        return
    numbers = {sample.name for sample in source.samples}
    found: dict[str, dict[str, Path]] = defaultdict(dict)
    for file in list_images(folder, (".png",), recursive=True).images:
        number, _, part = file.stem.partition("_")
        if not number.isdecimal() or not part:
            yield Finding(file, "is not named NUMBER_PART.png, as 00012_hair.png")
        elif part not in _PART_NAMES:
            meant = get_close_matches(part.lower(), _PART_NAMES, 1)
            yield Finding(file, f"is named after no part{f' (is {meant[0]!r} meant?)' if meant else ''}")
        elif str(int(number)) not in numbers:
            yield Finding(file, "belongs to no image")
        else:
            found[str(int(number))][part] = file
            yield from _guarded(file, _part_problems(file))
    for parts in found.values():
        if _SKIN.name not in parts:
            file = next(iter(parts.values()))
            yield Finding(file, f"belongs to a face without {file.name.partition('_')[0]}_{_SKIN.name}.png")


def _names(files: Iterable[Path], but: Path) -> str:
    return " and ".join(file.name for file in files if file != but)


def _guarded(file: Path, findings: Iterator[Finding]) -> list[Finding]:
    """Collect findings; what is raised on the way is one itself, so that one bad file never ends the whole job."""
    collected = []
    try:
        for finding in findings:
            collected.append(finding)
    except Exception as error:
        collected.append(Finding(file, f"cannot be read ({type(error).__name__}: {error})", unusable=True))
    return collected


def _image_problems(sample: Sample) -> Iterator[Finding]:
    file = sample.image
    try:
        photo = load_reduced(file, _SIZE, read_member(file))
    except PhotoError as error:
        yield Finding(file, f"cannot be read as an image: it {_clause(error, file)}", unusable=True)
        return
    if photo.width != photo.height:
        yield Finding(file, f"is {photo.width} x {photo.height} pixels: not square, so its face will be squeezed")
    if min(photo.width, photo.height) < SMALLEST:
        yield Finding(file, f"is {photo.width} x {photo.height} pixels: smaller than {SMALLEST}")


def _mask_problems(sample: Sample) -> Iterator[Finding]:
    file, notices = sample.mask or sample.parts[0][1], list[Translatable]()
    try:
        labels = read_labels(sample, notices=notices)
    except DataError as error:
        cause = error.__cause__ if isinstance(error.__cause__, StudioError) else error
        yield Finding(file, _clause(cause, file), unusable=True, mend=_mending(cause))
        return
    for notice in notices:
        yield Finding(file, _clause(notice, file), is_note=True)
    if sample.mask is not None and labels.shape[0] != labels.shape[1]:
        yield Finding(file, f"is {labels.shape[1]} x {labels.shape[0]} pixels: not square")
    if len(np.unique(labels)) == 1:
        yield Finding(file, f"holds nothing but the value {labels.flat[0]}")


def _part_problems(file: Path) -> Iterator[Finding]:
    try:
        if not read_part(file).any():
            yield Finding(file, "is blank")
    except DataError as error:
        yield Finding(file, _clause(error, file), unusable=True)


def _mending(problem: BaseException) -> MaskRules | None:
    if isinstance(problem, LabelOrderError):
        return MaskRules(order="zllrunning")
    if isinstance(problem, ForeignColorError):
        return MaskRules(foreign="background")
    return MaskRules(soft="snap") if isinstance(problem, SoftMaskError) else None


def _clause(error: BaseException | Translatable, file: Path) -> str:
    """What an error or a notice says about a file that is named already."""
    text = str(error).rstrip(".")
    return text.removeprefix(f"“{file.name}” ").removeprefix(f"{file} ")
