"""What is compared on what: one set of options, and the faces, pairs and methods they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maskgan_studio.engine import Pipeline
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Composite, Folder, Method, Rendered, RenderedSmall, open_pipelines
from maskgan_studio.evaluation.pairs import Pair, read_pairs
from maskgan_studio.evaluation.protocols import PROTOCOLS, Protocol
from maskgan_studio.photo.alignment.face_alignment import CROP_SIZE
from maskgan_studio.weights import DEFAULT_SET


@dataclass(frozen=True)
class Experiment:
    """What is compared on what.

    Attributes:
        protocol: name of the protocol.
        data, split, held_out, attributes: see :class:`Faces`.
        weights: sets to render with; the default set where neither weights nor results are given.
        results: ``NAME=DIR`` of methods whose images are made already.
        pairs: pair list to use instead of making one.
        count: number of pairs; None for the protocol's own.
        seed: of everything random.
        device: where the networks run.
        size: at which the sets were trained; other than 512 they are rendered there and enlarged.
        notes: sentences for the report.
    """

    protocol: str
    data: str
    split: str = "auto"
    held_out: float = 0.0
    attributes: Path | None = None
    weights: Sequence[str] = ()
    results: Sequence[str] = ()
    pairs: Path | None = None
    count: int | None = None
    seed: int = 0
    device: str = "auto"
    size: int = CROP_SIZE
    notes: Sequence[str] = ()

    def open(self) -> tuple[Protocol, Faces, list[Pair], list[Method]]:
        """The protocol, faces, pairs and methods; raises DataError or WeightsError."""
        protocol = PROTOCOLS[self.protocol]
        faces = self.open_faces()
        return protocol, faces, self._readable_pairs(protocol, faces), self.open_methods()

    def open_faces(self) -> Faces:
        """The faces; raises DataError."""
        return Faces(self.data, self.split, self.held_out, self.attributes)

    def open_methods(self) -> list[Method]:
        """The methods, always in the same order; raises DataError or WeightsError."""
        weights = self.weights or ([] if self.results else [DEFAULT_SET])
        rendered = [method for name in weights for method in self._rendered(PROTOCOLS[self.protocol], name)]
        return [*rendered, *map(Folder, self.results)]

    def _readable_pairs(self, protocol: Protocol, faces: Faces) -> list[Pair]:
        """The pairs, without faces that cannot be read."""
        if self.pairs is None:
            return draw_readable_pairs(protocol, faces, self.count, self.seed)
        listed = read_pairs(self.pairs)[: self.count]
        faces.check(name for pair in listed for name in (pair.target, pair.source))
        pairs = [pair for pair in listed if not {pair.target, pair.source} & set(faces.left_out)]
        return _some_of(pairs, faces)

    def inputs(self, faces: Faces) -> list[Path]:
        """Every file that is read: those of the faces, the pair list, the results' images."""
        given = [file for file in (self.pairs, self.attributes) if file is not None]
        folders = [Path(argument.partition("=")[2]) for argument in self.results]
        return [*faces.files, *given, *(file for folder in folders if folder.is_dir() for file in folder.iterdir())]

    def _rendered(self, protocol: Protocol, weights: str) -> list[Method]:
        if self.size != CROP_SIZE:
            return [RenderedSmall(weights, self.size)]
        rendered = Rendered(weights, self.device)
        # Who somebody is shows in all of the face: the paper judges the network's picture, a user sees the composite.
        return [rendered, Composite(rendered)] if protocol.composited else [rendered]


@dataclass(frozen=True)
class FaceExperiment:
    """Which faces are edited or read, each by itself, by which sets of weights.

    Attributes:
        data, split, held_out: see :class:`Faces`.
        weights: the sets; the default set where none is given.
        count: number of faces; None for all.
        seed: chooses them.
        device: where the networks run.
    """

    data: str
    split: str = "auto"
    held_out: float = 0.0
    weights: Sequence[str] = ()
    count: int | None = None
    seed: int = 0
    device: str = "auto"

    def open_faces(self) -> Faces:
        """The faces; raises DataError."""
        return Faces(self.data, self.split, self.held_out)

    def choose_names(self, protocol: Protocol, faces: Faces) -> list[str]:
        """Names of the faces that are looked at, of those that can be read; raises DataError where none can."""
        return [pair.target for pair in draw_readable_pairs(protocol, faces, self.count, self.seed)]

    def open_pipelines(self) -> dict[str, Pipeline]:
        """The sets by name; raises DataError or WeightsError."""
        return open_pipelines(self.weights, self.device)


def draw_readable_pairs(protocol: Protocol, faces: Faces, count: int | None, seed: int) -> list[Pair]:
    """A protocol's pairs, drawn again without those faces that cannot be read; raises DataError where none can."""
    pairs = protocol.pairs(faces, count, seed)
    while not faces.check(name for pair in pairs for name in (pair.target, pair.source)):
        pairs = protocol.pairs(faces, count, seed) if faces.names else []
    return _some_of(pairs, faces)


def _some_of(pairs: list[Pair], faces: Faces) -> list[Pair]:
    if not pairs and faces.left_out:
        raise DataError(
            "None of the faces in {folder} can be used: {problem}",
            folder=faces.root,
            problem=next(iter(faces.left_out.values())),
        )
    return pairs
