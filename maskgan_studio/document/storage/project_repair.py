"""Projects that this program did not write, or not so: brought to the size that is worked at, or refused.

A project may come from anywhere, so that its values are looked at before anything is done with them: before the open
document is touched.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import cv2
import numpy as np

from maskgan_studio.document.project import Project, TargetImage
from maskgan_studio.errors import ProjectError, Translatable

__all__ = ["clean_name", "fit_project"]

_FIELDS = ("center_x", "center_y", "axis_x", "axis_y", "size")
# Photos have at most 100 megapixels; a crop lies in or around its photo.
_FARTHEST = 1e6
_SMALLEST_AXIS = 1.0
# Enlarged more than four times, the blocks of a mask are larger than an eye.
_MOST_ENLARGED = 4
_LONGEST_NAME = 255


def fit_project(project: Project, size: int) -> Project:
    """Bring a project to size x size, and leave out what cannot be used.

    Args:
        project: as loaded.
        size: height and width of the aligned face that the networks work at.

    Returns:
        the project itself where nothing is to be done; else ``notice`` says what was.

    Raises:
        ProjectError: it is not square, or too small.
    """
    height, width = project.layers[0].labels.shape
    notices: list[Translatable] = []
    if (height, width) != (size, size):
        if height != width or height * _MOST_ENLARGED < size:
            raise ProjectError(
                "The project is {width}×{height} pixels, but masks are {size}×{size}: scale it to that in the program "
                "that made it, without smoothing.",
                width=width,
                height=height,
                size=size,
            )
        values = {"width": width, "height": height, "size": size}
        notices.append(Translatable("The project was {width}×{height} pixels and was scaled to {size}×{size}.", values))
        layers = tuple(replace(layer, labels=_scaled_labels(layer.labels, size)) for layer in project.layers)
        project = replace(project, layers=layers)
    if project.target is not None and project.target.crop.shape[:2] != (size, size):
        crop = cv2.resize(project.target.crop, (size, size), interpolation=cv2.INTER_AREA)
        project = replace(project, target=replace(project.target, crop=crop))
    if project.target is not None and (name := clean_name(project.target.name, "photo")) != project.target.name:
        project = replace(project, target=replace(project.target, name=name))
    if project.target is not None and project.target.alignment and not _is_alignment(project.target.alignment, size):
        project = _without_photo(project, project.target)
        notices.append(Translatable("Where the face lies in the photo cannot be read: the face was opened alone."))
    if project.others:
        others = tuple(fit_project(replace(other, notice=None), size) for other in project.others)
        placed = tuple(each for each in others if _lies_in_photo(project) and _lies_in_photo(each))
        if len(placed) < len(others):
            notices.append(Translatable("Where a face lies in the photo cannot be read: it was left out."))
        project = replace(project, others=placed)
    if not notices:
        return project
    if project.notice is not None:
        notices.insert(0, project.notice)
    notice = notices[0] if len(notices) == 1 else Translatable("{notices}", {"notices": notices})
    return replace(project, notice=notice)


def clean_name(name: object, otherwise: str) -> str:
    """A file name out of a project: without folders and characters that no name has."""
    if not isinstance(name, str):
        return otherwise
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(character for character in last if character.isprintable())[-_LONGEST_NAME:] or otherwise


def _scaled_labels(labels: np.ndarray, size: int) -> np.ndarray:
    return cv2.resize(labels, (size, size), interpolation=cv2.INTER_NEAREST_EXACT)


def _is_alignment(values: dict[str, Any], size: int) -> bool:
    """Whether JSON values are those that ``photo.alignment.frame.Alignment`` writes, and of a crop that can be."""
    numbers = [values.get(name) for name in _FIELDS]
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        return False
    try:
        x, y, axis_x, axis_y, crop = (float(number) for number in numbers if number is not None)
    except OverflowError:
        return False
    within = all(math.isfinite(number) and abs(number) <= _FARTHEST for number in (x, y, axis_x, axis_y))
    return within and math.hypot(axis_x, axis_y) >= _SMALLEST_AXIS and crop == size


def _lies_in_photo(project: Project) -> bool:
    return project.target is not None and bool(project.target.alignment)


def _without_photo(project: Project, target: TargetImage) -> Project:
    """Go on with the face alone; the photo stays in the project, beside it."""
    ok, png = cv2.imencode(".png", cv2.cvtColor(target.crop, cv2.COLOR_RGB2BGR))
    assert ok
    stem = PurePosixPath(target.name).stem or "photo"
    alone = TargetImage(png.tobytes(), f"{stem}.png", {}, target.crop)
    return replace(project, target=alone, extras=project.extras | {f"photo-{target.name}": target.photo})
