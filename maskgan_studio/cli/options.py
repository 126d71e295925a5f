"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.photo.alignment.frame_width import FrameWidth

Weights = Annotated[str, typer.Option("--weights", metavar="NAME|DIR", help="Set of weights, by name or folder.")]
Device = Annotated[str, typer.Option("--device", metavar="cpu|cuda|mps|auto", help="Where the network runs.")]
Aligned = Annotated[bool, typer.Option("--aligned", help="The photo already is a CelebA-HQ-style crop.")]
Frame = Annotated[
    FrameWidth,
    typer.Option(
        "--frame",
        help="Frame of masks and crops: standard is CelebA-HQ's; wide takes in more hair around a smaller face; auto "
        "takes the wide one where hair or a hat ends at the edge of the other.",
    ),
]
OutputFolder = Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the results.")]
FaceNumber = Annotated[
    int | None, typer.Option("--face", min=1, metavar="N", help="Which of several faces, the best first.")
]
Workers = Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Processes that work at the same time.")]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="auto|ADDRESS",
        help="Work on this Ray cluster instead; all its machines see the files under the same names.",
    ),
]
Cores = Annotated[
    int, typer.Option("--cores", min=1, metavar="N", help="With --cluster: cores of each worker that has no GPU.")
]
Shard = Annotated[
    str | None, typer.Option("--shard", metavar="I/N", help="Do only this share of the list, for several machines.")
]
Again = Annotated[bool, typer.Option("--again", help="Do also what is done already.")]
