"""The pictures of an experiment as jobs: several processes, or a cluster, render them before they are measured."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.batch import Backend, MakeWorker, PhotoJob
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.experiment import Experiment
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Case, Folder, Method, open_case
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.protocols import PROTOCOLS, Protocol

__all__ = ["Progress", "make_ahead", "render_ahead"]

#: Makes a progress display: title and number of steps to a function that is called before each step.
Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]

SomeJob = TypeVar("SomeJob", bound=PhotoJob)


@contextmanager
def make_ahead(
    make_jobs: Callable[[Path], Sequence[SomeJob]],
    make_worker: MakeWorker,
    folder: Path,
    backend: Backend,
    progress: Progress,
) -> Iterator[tuple[Sequence[SomeJob], dict[Path, str]]]:
    """Have a back end do jobs whose files are used once.

    Args:
        make_jobs: the jobs, from the folder in which their files go.
        make_worker: see ``batch.MakeWorker``.
        folder: a place that all machines see; the files lie in it while the block runs.
        backend: where they are done.
        progress: display.

    Yields:
        the jobs, and by output why there is none.

    Raises:
        StudioError: the cluster cannot be reached, or is lost.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".pictures-", dir=folder.absolute()) as name:
        jobs = make_jobs(Path(name))
        problems: dict[Path, str] = {}
        with progress("Rendering", len(jobs)) as step:
            for job, problem in backend.run(jobs, make_worker):
                step(job.about.stem)
                if problem is not None:
                    problems[job.output] = str(problem)
        yield jobs, problems


@contextmanager
def render_ahead(
    experiment: Experiment,
    faces: Faces,
    pairs: Sequence[Pair],
    methods: Sequence[Method],
    folder: Path,
    backend: Backend,
    progress: Progress,
) -> Iterator[list[Method]]:
    """Have a back end render the pictures of an experiment's sets of weights.

    Args:
        experiment, faces, pairs, methods: the experiment, as it was opened.
        folder, progress: see :func:`make_ahead`.
        backend: this process alone renders nothing ahead.

    Yields:
        the methods; those that render have their pictures ready, or say why there is none when they are asked for it.

    Raises:
        StudioError: the cluster cannot be reached, or is lost.
    """
    rendering = [number for number, method in enumerate(methods) if not isinstance(method, Folder)]
    if not rendering or not backend.is_elsewhere:
        yield list(methods)
        return

    def make_jobs(files: Path) -> list[PictureJob]:
        return [
            PictureJob(number, pair, faces.photo_file(pair.target).absolute(), files / f"{number}-{place}.png")
            for place, pair in enumerate(pairs)
            for number in rendering
        ]

    with make_ahead(make_jobs, PictureSettings(experiment), folder, backend, progress) as (jobs, problems):
        made: dict[int, dict[str, Path]] = {number: {} for number in rendering}
        for job in jobs:
            made[job.method][job.pair.name] = job.output
        yield [
            PreparedPictures(method, made[number], problems) if number in made else method
            for number, method in enumerate(methods)
        ]


class PreparedPictures:
    """A method whose pictures lie on the disk, losslessly."""

    def __init__(self, method: Method, files: dict[str, Path], problems: dict[Path, str]) -> None:
        self.name, self.origin = method.name, method.origin
        self._files, self._problems = files, problems

    def make_image(self, case: Case) -> np.ndarray:
        """Read the picture; raises DataError where rendering has failed."""
        file = self._files[case.pair.name]
        if file in self._problems:
            raise DataError(self._problems[file])
        with Image.open(file) as image:
            return np.asarray(image)


@dataclass(frozen=True)
class PictureJob(PhotoJob):
    """One method's picture of a pair.

    Attributes:
        method: number of the method in the experiment.
        pair: who gives what.
        photo: of the target; stands for the job in messages.
        output: PNG file.
    """

    method: int
    pair: Pair
    photo: Path
    output: Path

    def run(self, protocol: Protocol, faces: Faces, methods: Sequence[Method]) -> None:
        """Render and write."""
        image = methods[self.method].make_image(open_case(protocol, faces, self.pair))
        with atomic_write(self.output) as out:
            Image.fromarray(image).save(out, format="PNG", compress_level=1)


@dataclass(frozen=True)
class PictureSettings:
    """What renders; calling it makes a worker."""

    experiment: Experiment

    @property
    def device(self) -> str:
        """Says whether it may use a GPU; see ``batch.MakeWorker``."""
        return self.experiment.device

    def __call__(self) -> Callable[[PictureJob], None]:
        """Open data and networks, and make the function that does jobs with them."""
        protocol = PROTOCOLS[self.experiment.protocol]
        faces, methods = self.experiment.open_faces(), self.experiment.open_methods()
        return lambda job: job.run(protocol, faces, methods)
