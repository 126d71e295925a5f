"""Human evaluation (paper section 5.3): a page on which people choose the best image, and the count of choices."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.bootstrap import Estimate, bootstrap_mean
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.images import encode_data_url
from maskgan_studio.evaluation.methods import Method, open_case
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.evaluation.report import write_text
from maskgan_studio.tables import read_table

_SIZE = 256
_COLUMNS = ("participant", "pair", "choice", "shown")


def write_survey(
    file: Path,
    protocol: Protocol,
    faces: Faces,
    pairs: Sequence[Pair],
    methods: Sequence[Method],
    seed: int,
    step: Callable[[str], None],
) -> None:
    """Write one HTML file that shows each pair's results in random order, collects choices and exports them as CSV.

    The page does not show which method an image is of; it needs no server and no network.

    Args:
        file: the page.
        protocol, faces, pairs: the experiment.
        methods: at least two.
        seed: of the order in which pairs and results come.
        step: called before each pair with its name.

    Raises:
        DataError: fewer than two methods, a missing image, or a file that cannot be written.
    """
    if len({method.name for method in methods}) < 2:
        raise DataError("A survey compares at least two methods: give more --results NAME=DIR or --weights.")
    rng = np.random.default_rng(seed)
    questions = []
    for pair in (pairs[i] for i in rng.permutation(len(pairs))):
        step(pair.name)
        case = open_case(protocol, faces, pair)
        shown = [methods[i] for i in rng.permutation(len(methods))]
        given = [encode_data_url(case.target_photo, _SIZE)]
        if not protocol.same_geometry:
            given.append(encode_data_url(faces.photo(pair.source), _SIZE))
        questions.append(
            {
                "pair": pair.name,
                "given": given,
                "options": [
                    {"method": method.name, "picture": encode_data_url(method.make_image(case), _SIZE)}
                    for method in shown
                ],
            }
        )
    environment = Environment(
        loader=PackageLoader("maskgan_studio.evaluation"), autoescape=True, undefined=StrictUndefined
    )
    # "<" alone could end the script element; every other character is plain JSON.
    data = json.dumps({"protocol": protocol.name, "questions": questions}).replace("<", "\\u003c")
    write_text(file, environment.get_template("survey.html.j2").render(title=protocol.title, data=data))


def tally(files: Sequence[Path]) -> dict[str, Estimate]:
    """Count the choices of exported answers: per method the share in percent of the questions it was shown in.

    Args:
        files: CSV files of one or more participants; a participant's repeated answer to a pair counts once, the last.

    Raises:
        DataError: a file cannot be read or is no export of the page.
    """
    answers: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for file in files:
        for row in read_table(file, _COLUMNS, "a file of a survey's answers"):
            if not all(row[column] for column in _COLUMNS):
                columns = ", ".join(_COLUMNS)
                message = "{file}, line {line}: {columns} are all needed."
                raise DataError(message, file=file, line=row.line, columns=columns)
            shown = row["shown"].split("|")
            if row["choice"] not in shown:
                message = "{file}, line {line}: {choice} was not among the pictures shown."
                raise DataError(message, file=file, line=row.line, choice=repr(row["choice"]))
            answers[row["participant"], row["pair"]] = (row["choice"], shown)
    if not answers:
        raise DataError("The files hold no answers.")
    methods = list(dict.fromkeys(method for _, shown in answers.values() for method in sorted(shown)))
    return {
        method: bootstrap_mean([100.0 * (choice == method) for choice, shown in answers.values() if method in shown])
        for method in methods
    }
