"""Before a run starts: files that it cannot train on are refused or left out, by choice, and named in both cases."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import Sample, Source
from maskgan_studio.training.data.checks import check_sample
from maskgan_studio.training.data.dataset import fingerprint

_DECODERS = 4
_NAMED = 5


def validate_source(source: Source, skip: bool, cache: Path) -> Source:
    """Look at every file of a source once.

    Args:
        source: what was opened.
        skip: leave unusable samples out, naming each on stderr, instead of refusing the source.
        cache: folder that keeps the answer for as long as no file changes.

    Raises:
        DataError: files cannot be used and ``skip`` is off, or nothing is left.
    """
    problems = _problems(source.samples, cache)
    if not problems:
        return source
    if not skip:
        named = "; ".join(list(problems.values())[:_NAMED])
        raise DataError(
            f"{len(problems)} of {len(source.samples)} images in {source.root} cannot be used: {named}"
            f"{'; ...' if len(problems) > _NAMED else ''} (--on-bad-data skip trains without them)."
        )
    for problem in problems.values():
        print(f"skipped: {problem}", file=sys.stderr, flush=True)
    left = tuple(sample for sample in source.samples if sample.name not in problems)
    if not left:
        raise DataError(f"Nothing in {source.root} can be used; see above.")
    return replace(source, samples=left)


def problem_of(sample: Sample) -> str | None:
    """Why a sample cannot be trained on, as one clause that names the file; None for a good one. The rule is that of
    `data check`, which says more: what is odd, but can be trained on."""
    findings = check_sample(sample, expects_mask=False)
    return next((f"{finding.file} {finding.problem}" for finding in findings if finding.unusable), None)


def _problems(samples: Sequence[Sample], cache: Path) -> dict[str, str]:
    file = cache / f"{fingerprint(samples, 'usable')}-problems.json"
    if file.is_file():
        return json.loads(file.read_text(encoding="utf-8"))
    with ThreadPoolExecutor(_DECODERS) as pool:
        found = zip(samples, pool.map(problem_of, samples), strict=True)
        problems = {sample.name: problem for sample, problem in found if problem is not None}
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with atomic_write(file) as out:
            out.write(json.dumps(problems).encode())
    except OSError as error:
        raise DataError(f"The folder {cache} cannot be written: {error}.") from None
    return problems
