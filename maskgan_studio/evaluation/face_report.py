"""The report of what was judged face by face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from maskgan_studio import __version__
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.evaluation.provenance import describe_command, describe_faces, describe_left_out
from maskgan_studio.evaluation.report import Facts, Gallery, make_section, write_report
from maskgan_studio.evaluation.scoring import Scores

__all__ = ["write_face_report"]


def write_face_report(
    report: Path,
    protocol: Protocol,
    scores: Mapping[str, Scores],
    shown: Gallery,
    *,
    faces: Faces,
    names: Sequence[str],
    methods: Mapping[str, str],
    judges: Mapping[str, str],
    started: datetime,
) -> None:
    """Write the HTML page and the same as JSON.

    Args:
        report: the page.
        protocol: what was done with each face.
        scores: by method.
        shown: images to show.
        faces: of which those called ``names`` were measured.
        names: see ``faces``.
        methods: origin of the images by method.
        judges: what measured, in words.
        started: when, with its time zone.

    Raises:
        DataError: the report cannot be written.
    """
    facts = Facts(
        command=describe_command(),
        data=describe_faces(faces),
        pairs=f"{len(names)} faces",
        methods=dict(methods),
        judges=dict(judges),
        missing=[],
        notes=describe_left_out(faces.left_out.values()),
        started=started.isoformat(timespec="seconds"),
        version=__version__,
    )
    write_report(report, [make_section(protocol, scores, facts, shown, {})])
