"""Options that the commands of ``evaluate`` share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ProtocolName(StrEnum):
    """The protocols."""

    RECONSTRUCTION = "reconstruction"
    ATTRIBUTE_TRANSFER = "attribute-transfer"
    STYLE_COPY = "style-copy"
    IDENTITY = "identity"
    SWAPPED_MASKS = "swapped-masks"


class SplitName(StrEnum):
    """Which faces of the data."""

    AUTO = "auto"
    TEST = "test"
    VALIDATION = "validation"
    TRAIN = "train"
    ALL = "all"


Data = Annotated[str, typer.Option("--data", metavar="DIR[:MASKS]", help="CelebAMask-HQ, or images with index masks.")]
SetNames = Annotated[
    list[str] | None,
    typer.Option("--weights", metavar="NAME|DIR", help="Set to render with; several may be given. Default: studio."),
]
Results = Annotated[
    list[str] | None,
    typer.Option("--results", metavar="NAME=DIR", help="A method's finished pictures, {pair name}.png; several."),
]
Pairs = Annotated[Path | None, typer.Option("--pairs", metavar="FILE", help="Use this pair list: name,target,source.")]
Count = Annotated[int | None, typer.Option("--count", min=1, help="Number of pairs, not the protocol's own.")]
Seed = Annotated[int, typer.Option("--seed", help="Of everything random.")]
Split = Annotated[SplitName, typer.Option("--split", help="auto: the official test split, else the held-out share.")]
HeldOut = Annotated[
    float,
    typer.Option("--held-out", min=0.0, max=1.0, help="Share that training kept out: `validation` in its recipe."),
]
Attributes = Annotated[
    Path | None, typer.Option("--attributes", metavar="FILE", help="Attribute table, if not the data folder's own.")
]
Judge = Annotated[
    str | None,
    typer.Option("--judge", metavar="NAME|DIR", help="Set whose parser and classifiers judge. Default: studio."),
]
Perceptual = Annotated[
    Path | None, typer.Option("--perceptual", metavar="FILE", help="SqueezeNet 1.0 or VGG-19 weights.")
]
Inception = Annotated[
    Path | None, typer.Option("--inception", metavar="FILE", help="TorchScript Inception, for the FID.")
]
ArcFaceFile = Annotated[Path | None, typer.Option("--arcface", metavar="FILE", help="ONNX face network.")]
Pictures = Annotated[int, typer.Option("--pictures", min=0, help="Pairs shown in the report; 0: no photos.")]
Size = Annotated[
    int, typer.Option("--size", min=32, help="At which the sets were trained: rendered so, then enlarged to 512.")
]
Notes = Annotated[list[str] | None, typer.Option("--note", metavar="TEXT", help="A sentence for the report; several.")]
Report = Annotated[Path, typer.Option("-o", "--output", metavar="REPORT.html", help="The report.")]
Answers = Annotated[
    list[Path] | None, typer.Option("--survey", metavar="CSV", help="Answers of a survey: the human evaluation.")
]
Include = Annotated[
    list[Path] | None, typer.Option("--include", metavar="JSON", help="Append an earlier report's tables; several.")
]
FaceCount = Annotated[int | None, typer.Option("--count", min=1, help="Number of faces; all by default.")]
ParserSets = Annotated[
    list[str] | None,
    typer.Option("--weights", metavar="NAME|DIR", help="Set whose parser is judged; several. Default: studio."),
]
