"""What sets of weights make of single faces: in this process when it is asked for, or ahead by a back end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.batch import Backend, PhotoJob
from maskgan_studio.engine import Pipeline
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.experiment import FaceExperiment
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.pictures import Progress, make_ahead

__all__ = ["DrawFace", "MakePictures", "Pictures", "draw_ahead"]

#: Images or masks of one face, by title.
Pictures = Mapping[str, np.ndarray]
#: A set's pictures of a face: pipeline, photo (S, S, 3) uint8 and mask (S, S) uint8 to what is judged. It travels to
#: other processes, so it is a function of a module.
DrawFace = Callable[[Pipeline, np.ndarray, np.ndarray], Pictures]
#: The same by a face's name, photo and mask; raises DataError where there are none.
MakePictures = Callable[[str, np.ndarray, np.ndarray], Pictures]


@contextmanager
def draw_ahead(
    experiment: FaceExperiment,
    draw: DrawFace,
    faces: Faces,
    names: Sequence[str],
    pipelines: Mapping[str, Pipeline],
    folder: Path,
    backend: Backend,
    progress: Progress,
) -> Iterator[dict[str, MakePictures]]:
    """Have a back end draw faces.

    Args:
        experiment, faces, names, pipelines: the experiment, as it was opened.
        draw: what is made of each face.
        folder, progress: see ``make_ahead``.
        backend: this process alone draws nothing ahead.

    Yields:
        by set of weights, what gives its pictures.

    Raises:
        StudioError: the cluster cannot be reached, or is lost.
    """
    if not backend.is_elsewhere:
        yield {key: _DrawnHere(draw, pipeline) for key, pipeline in pipelines.items()}
        return

    def make_jobs(files: Path) -> list[FaceJob]:
        return [
            FaceJob(key, name, faces.photo_file(name).absolute(), files / f"{number}-{place}.npz")
            for place, name in enumerate(names)
            for number, key in enumerate(pipelines)
        ]

    with make_ahead(make_jobs, FaceSettings(experiment, draw), folder, backend, progress) as (jobs, problems):
        files: dict[str, dict[str, Path]] = {key: {} for key in pipelines}
        for job in jobs:
            files[job.weights][job.name] = job.output
        yield {key: _DrawnAhead(of_set, problems) for key, of_set in files.items()}


class _DrawnHere:
    def __init__(self, draw: DrawFace, pipeline: Pipeline) -> None:
        self._draw, self._pipeline = draw, pipeline

    def __call__(self, name: str, photo: np.ndarray, mask: np.ndarray) -> Pictures:
        return self._draw(self._pipeline, photo, mask)


class _DrawnAhead:
    def __init__(self, files: Mapping[str, Path], problems: Mapping[Path, str]) -> None:
        self._files, self._problems = files, problems

    def __call__(self, name: str, photo: np.ndarray, mask: np.ndarray) -> Pictures:
        file = self._files[name]
        if file in self._problems:
            raise DataError(self._problems[file])
        with np.load(file) as found:
            return dict(found)


@dataclass(frozen=True)
class FaceJob(PhotoJob):
    """One set's pictures of a face.

    Attributes:
        weights: the set's name.
        name: of the face.
        photo: of the face.
        output: an NPZ file.
    """

    weights: str
    name: str
    photo: Path
    output: Path

    def run(self, draw: DrawFace, faces: Faces, pipelines: Mapping[str, Pipeline]) -> None:
        """Draw and write."""
        pictures: dict[str, Any] = {**draw(pipelines[self.weights], faces.photo(self.name), faces.mask(self.name))}
        with atomic_write(self.output) as out:
            np.savez_compressed(out, **pictures)


@dataclass(frozen=True)
class FaceSettings:
    """What draws; calling it makes a worker."""

    experiment: FaceExperiment
    draw: DrawFace

    @property
    def device(self) -> str:
        """Says whether it may use a GPU; see ``batch.MakeWorker``."""
        return self.experiment.device

    def __call__(self) -> Callable[[FaceJob], None]:
        """Open data and networks, and make the function that does jobs with them."""
        faces, pipelines = self.experiment.open_faces(), self.experiment.open_pipelines()
        return lambda job: job.run(self.draw, faces, pipelines)
