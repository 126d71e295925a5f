"""The report: one HTML file, and the same as JSON."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.bootstrap import Estimate
from maskgan_studio.evaluation.methods import Case
from maskgan_studio.evaluation.paper import TABLES
from maskgan_studio.evaluation.pictures import bar_chart, data_url, histogram, painted
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.evaluation.scoring import GROUND_TRUTH, Scores

HUMAN = "Human eval. (%)"
_THUMBNAIL = 160
#: Columns whose values are yes or no by pair: their spread says nothing that the mean does not.
_FEWEST_LEVELS = 5


@dataclass
class Gallery:
    """The first pairs with every method's result, kept small.

    Args:
        limit: how many pairs; 0 for a report without photos of people.
    """

    limit: int
    rows: list[dict[str, str]] = field(default_factory=list)

    def add(self, case: Case, results: Mapping[str, np.ndarray]) -> None:
        """Keep a case, as long as there is room."""
        if len(self.rows) < self.limit:
            row = {"target": case.target_photo, "mask to follow": painted(case.source_mask), **results}
            self.rows.append({name: data_url(picture, _THUMBNAIL) for name, picture in row.items()})


@dataclass(frozen=True)
class Facts:
    """How the figures came to be.

    Attributes:
        command: the command line.
        data: folder name, split and number of faces, in words.
        pairs: number of pairs and where the list is.
        methods: origin of the pictures by method.
        judges: what measured, in words.
        missing: what was not measured, a sentence each.
        started: ISO time.
        version: the program's.
    """

    command: str
    data: str
    pairs: str
    methods: dict[str, str]
    judges: dict[str, str]
    missing: list[str]
    started: str
    version: str


def write_report(
    file: Path,
    protocol: Protocol,
    scores: Mapping[str, Scores],
    facts: Facts,
    gallery: Gallery,
    human: Mapping[str, Estimate],
) -> None:
    """Write ``file`` and, beside it, the same as ``.json``.

    Args:
        file: the HTML file.
        protocol: the experiment.
        scores: by method.
        facts: how they came to be.
        gallery: pictures to show.
        human: a survey's choices by method in percent, empty where none was held.

    Raises:
        DataError: the files cannot be written.
    """
    figures = {name: dict(of_method.figures) for name, of_method in scores.items()}
    for name, estimate in human.items():
        figures.setdefault(name, {})[HUMAN] = estimate
    columns = list(dict.fromkeys(title for of_method in figures.values() for title in of_method))
    table = TABLES[protocol.table] if protocol.table else None
    content = {
        "protocol": protocol.name,
        "title": protocol.title,
        "columns": columns,
        "figures": {name: {title: asdict(e) for title, e in row.items()} for name, row in figures.items()},
        "paper": None if table is None else asdict(table),
        **asdict(facts),
    }
    environment = Environment(
        loader=PackageLoader("maskgan_studio.evaluation"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["number"] = _number
    html = environment.get_template("report.html.j2").render(
        content=content,
        figures=figures,
        table=table,
        charts=_charts(columns, figures, scores),
        gallery=gallery.rows,
        ground_truth=GROUND_TRUTH,
    )
    write_text(file, html)
    write_text(file.with_suffix(".json"), json.dumps(content, indent=1))


def _charts(columns: list[str], figures: Mapping[str, Mapping[str, Estimate]], scores: Mapping[str, Scores]) -> list:
    charts = []
    for title in columns:
        charts.append(bar_chart(title, {name: row[title] for name, row in figures.items() if title in row}))
        values = {name: of.values[title] for name, of in scores.items() if title in of.values}
        if len({value for of_method in values.values() for value in of_method}) > _FEWEST_LEVELS:
            charts.append(histogram(title, values))
    return charts


def _number(value: Any) -> str:
    """Four significant digits at most; a dash for what was not measured."""
    if value is None:
        return "–"
    return f"{value:.2f}" if abs(value) >= 10 else f"{value:.3f}"


def write_text(file: Path, text: str) -> None:
    """Write a text file whole or not at all; raises DataError."""
    partial: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
        partial = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        partial.chmod(0o644)  # mkstemp makes it private
        partial.replace(file)
    except OSError as error:
        if partial is not None:
            partial.unlink(missing_ok=True)
        raise DataError(f"{file} cannot be written ({error}).") from None
