"""The pictures of an experiment as jobs: several processes, or a cluster, render them before they are measured."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.batch import Backend
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.experiment import Experiment
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Case, Folder, Method, open_case
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.protocols import PROTOCOLS, Protocol

__all__ = ["Progress", "render_ahead"]

#: Makes a progress display: title and number of steps to a function that is called before each step.
Progress = Callable[[str, int], AbstractContextManager[Callable[[str], None]]]


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
        folder: a place that all machines see; the pictures lie in it while the block runs.
        backend: this process alone renders nothing ahead.
        progress: display.

    Yields:
        the methods; those that render have their pictures ready, or say why there is none when they are asked for it.

    Raises:
        StudioError: the cluster cannot be reached, or is lost.
    """
    rendering = [number for number, method in enumerate(methods) if not isinstance(method, Folder)]
    if not rendering or (backend.workers == 1 and backend.cluster is None):
        yield list(methods)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".pictures-", dir=folder.absolute()) as name:
        jobs = [
            PictureJob(number, pair, faces.photo_file(pair.target).absolute(), Path(name) / f"{number}-{place}.png")
            for place, pair in enumerate(pairs)
            for number in rendering
        ]
        problems: dict[Path, str] = {}
        with progress("Rendering", len(jobs)) as step:
            for job, problem in backend.run(jobs, PictureSettings(experiment)):
                step(job.pair.name)
                if problem is not None:
                    problems[job.output] = str(problem)
        made: dict[int, dict[str, PictureJob]] = {number: {} for number in rendering}
        for job in jobs:
            made[job.method][job.pair.name] = job
        yield [
            PreparedPictures(method, made[number], problems) if number in made else method
            for number, method in enumerate(methods)
        ]


class PreparedPictures:
    """A method whose pictures lie on the disk, losslessly."""

    def __init__(self, method: Method, jobs: dict[str, PictureJob], problems: dict[Path, str]) -> None:
        self.name, self.origin = method.name, method.origin
        self._jobs, self._problems = jobs, problems

    def make_image(self, case: Case) -> np.ndarray:
        """Read the picture; raises DataError where rendering has failed."""
        file = self._jobs[case.pair.name].output
        if file in self._problems:
            raise DataError(self._problems[file])
        with Image.open(file) as image:
            return np.asarray(image)


@dataclass(frozen=True)
class PictureJob:
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

    @property
    def about(self) -> Path:
        return self.photo

    @property
    def sources(self) -> tuple[Path, ...]:
        return (self.photo,)

    @property
    def results(self) -> tuple[Path, ...]:
        return (self.output,)

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
