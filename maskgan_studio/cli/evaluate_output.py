"""What ``evaluate`` says beside its reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from maskgan_studio.cli.console import print_status
from maskgan_studio.errors import DataError

if TYPE_CHECKING:
    from maskgan_studio.evaluation.scoring import Scores


def print_scores(scores: Mapping[str, Scores], of: str = "") -> None:
    """Print a line per method and score, with its interval; ``of`` goes before each."""
    for name, of_method in scores.items():
        for title, estimate in of_method.estimates.items():
            interval = "" if estimate.low is None else f" ({estimate.low:.4g} to {estimate.high:.4g})"
            print_status(f"{of}{name}: {title} {estimate.value:.4g}{interval}")


def tell_results(scores: Mapping[str, Scores], report: Path, left_out: Sequence[str]) -> None:
    """Print scores and the report's path, and name what was left out; raises DataError where something was."""
    print_scores(scores)
    typer.echo(report)
    name_left_out(left_out)


def name_left_out(left_out: Sequence[str]) -> None:
    """Name what could not be read, and fail: the report is written, of the rest.

    Raises:
        DataError: something was left out.
    """
    for problem in left_out:
        print_status(f"left out: {problem}")
    if left_out:
        message = "{count} faces or results could not be read; the report tells of the others."
        raise DataError(message, count=len(left_out))
