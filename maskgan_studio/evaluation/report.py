"""The report: one HTML file with a section per experiment, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.bootstrap import Estimate
from maskgan_studio.evaluation.comparison import differences, draw_conclusions
from maskgan_studio.evaluation.images import color_labels, draw_bar_chart, draw_histogram, encode_data_url
from maskgan_studio.evaluation.methods import Case
from maskgan_studio.evaluation.paper import FURTHER, TABLES
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.evaluation.scoring import GROUND_TRUTH, Scores

HUMAN = "Human eval. (%)"
_THUMBNAIL = 160
#: Columns whose values are yes or no by pair: their spread says nothing that the mean does not.
_FEWEST_LEVELS = 5


# What a section's content must have to be shown again.
_KEYS = (
    *("title", "columns", "conclusions", "paper", "data", "pairs", "methods", "judges", "missing", "notes"),
    *("command", "started", "version"),
)


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
            row = {"target": case.target_photo, "mask to follow": color_labels(case.source_mask), **results}
            self.rows.append({name: encode_data_url(image, _THUMBNAIL) for name, image in row.items()})


@dataclass(frozen=True)
class Facts:
    """How the metrics came to be.

    Attributes:
        command: the command line.
        data: folder name, split and number of faces, in words.
        pairs: number of pairs and where the list is.
        methods: origin of the images by method.
        judges: what measured, in words.
        missing: what was not measured, a sentence each.
        notes: what else a reader should know, a sentence each.
        started: ISO time.
        version: the program's.
    """

    command: str
    data: str
    pairs: str
    methods: dict[str, str]
    judges: dict[str, str]
    missing: list[str]
    notes: list[str]
    started: str
    version: str


@dataclass(frozen=True)
class Section:
    """One experiment in a report.

    Attributes:
        content: what JSON keeps of it: figures by method and column, the paper's tables, facts.
        values: by method and column the values of all pairs, for plots; not kept in JSON.
        gallery: images to show, a row per pair; not kept in JSON.
    """

    content: dict[str, Any]
    values: Mapping[str, Mapping[str, list[float]]] = field(default_factory=dict)
    gallery: list[dict[str, str]] = field(default_factory=list)

    @property
    def estimates(self) -> dict[str, dict[str, Estimate]]:
        """The table: by method, by column."""
        return _estimates(self.content["figures"])

    @property
    def differences(self) -> dict[str, dict[str, Estimate]]:
        """Every method minus the first one; by method, by column."""
        return _estimates(self.content["differences"])

    @property
    def charts(self) -> list[str]:
        """Plots as SVG."""
        return _charts(self.content["columns"], self.estimates, self.values)


def _estimates(table: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Estimate]]:
    return {name: {title: Estimate(**values) for title, values in row.items()} for name, row in table.items()}


def make_section(
    protocol: Protocol, scores: Mapping[str, Scores], facts: Facts, gallery: Gallery, human: Mapping[str, Estimate]
) -> Section:
    """An experiment's part of a report.

    Args:
        protocol: the experiment.
        scores: by method.
        facts: how they came to be.
        gallery: images to show.
        human: a survey's choices by method in percent, empty where none was held.
    """
    estimates = {name: dict(of_method.estimates) for name, of_method in scores.items()}
    for name, estimate in human.items():
        estimates.setdefault(name, {})[HUMAN] = estimate
    compared = differences(scores)
    tables = [TABLES[key] for key in (protocol.table, *FURTHER.get(protocol.table or "", ())) if key]
    content = {
        "protocol": protocol.name,
        "title": protocol.title,
        "columns": list(dict.fromkeys(title for of_method in estimates.values() for title in of_method)),
        "figures": {name: {title: asdict(e) for title, e in row.items()} for name, row in estimates.items()},
        "differences": {name: {title: asdict(e) for title, e in row.items()} for name, row in compared.items()},
        "conclusions": draw_conclusions(next(iter(scores)), compared),
        "paper": [asdict(table) for table in tables],
        **asdict(facts),
    }
    return Section(content, {name: dict(of_method.values) for name, of_method in scores.items()}, gallery.rows)


def read_sections(file: Path) -> list[Section]:
    """The sections of an earlier report's JSON, without images and spreads.

    Raises:
        DataError: the file is no such JSON.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        sections = [Section(part) for part in content.get("sections", [content])]
        for section in sections:  # everything that the page shows
            _ = section.estimates, section.differences, [section.content[key] for key in _KEYS]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{file} is not the JSON of a report ({error!r}); make it again with `evaluate`.") from None
    return sections


def list_report_files(file: Path) -> tuple[Path, Path]:
    """The files that ``write_report`` writes: the page, and the same as JSON."""
    return file, file.with_suffix(".json")


def write_report(file: Path, sections: Sequence[Section]) -> None:
    """Write ``file`` and, beside it, the same as ``.json``: one section's content, or a list of them.

    Raises:
        DataError: the files cannot be written.
    """
    environment = Environment(
        loader=PackageLoader("maskgan_studio.evaluation"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["number"] = _number
    environment.filters["signed"] = lambda value: f"{value:+.2f}" if abs(value) >= 0.1 else f"{value:+.4f}"
    html = environment.get_template("report.html.j2").render(sections=sections, ground_truth=GROUND_TRUTH)
    contents = [section.content for section in sections]
    page, data = list_report_files(file)
    write_text(page, html)
    write_text(data, json.dumps(contents[0] if len(contents) == 1 else {"sections": contents}, indent=1))


def _charts(
    columns: list[str],
    estimates: Mapping[str, Mapping[str, Estimate]],
    values_of: Mapping[str, Mapping[str, list[float]]],
) -> list[str]:
    charts = []
    for title in columns:
        charts.append(draw_bar_chart(title, {name: row[title] for name, row in estimates.items() if title in row}))
        values = {name: of_method[title] for name, of_method in values_of.items() if title in of_method}
        if len({value for of_method in values.values() for value in of_method}) > _FEWEST_LEVELS:
            charts.append(draw_histogram(title, values))
    return charts


def _number(value: Any) -> str:
    """Two or three decimals, fewer for large figures; a dash for what was not measured."""
    if value is None:
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 10 else f"{value:.3f}"


def write_text(file: Path, text: str) -> None:
    """Write a text file whole or not at all; raises DataError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(file) as stream:
            stream.write(text.encode())
    except OSError as error:
        raise DataError(f"{file} cannot be written ({error}).") from None
