"""Before a run starts: files that it cannot train on are refused, mended or left out, by choice, and named always."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.errors import DataError
from maskgan_studio.photo.datasets import Sample, Source, file_on_disk
from maskgan_studio.photo.masks.mask_files import MaskRules
from maskgan_studio.training.data.cache import fingerprint
from maskgan_studio.training.data.checks import Finding, check_sample, find_same_names

_DECODERS = max(4, os.cpu_count() or 0)
_NAMED = 5


class Problem(NamedTuple):
    """Why a sample cannot be trained on, as one clause that names the file, and how it can be read all the same."""

    clause: str
    mend: MaskRules | None = None

    @classmethod
    def of(cls, finding: Finding) -> Problem:
        return cls(f"{finding.file} {finding.problem}", finding.mend)


def validate_source(source: Source, skip: bool, cache: Path, mend: bool = False) -> Source:
    """Look at every file of a source once.

    Args:
        source: what was opened.
        skip: leave unusable samples out, naming each on stderr, instead of refusing the source.
        cache: folder that keeps the answer for as long as no file changes.
        mend: before that, repair ambiguous masks where the intent is clear, naming each on stderr.

    Raises:
        DataError: files cannot be used and ``skip`` is off, or nothing is left.
    """
    problems = _problems(source.samples, cache)
    counterparts = {finding.file: Problem.of(finding) for finding in find_same_names(source)}
    left, refused = [], []
    for sample in source.samples:
        problem = counterparts.get(sample.image) or problems.get(str(sample.image))
        if problem is not None and problem.mend is not None and mend:
            print(f"mended: {problem.clause}", file=sys.stderr, flush=True)
            left.append(replace(sample, rules=problem.mend))
        elif problem is not None:
            refused.append(problem.clause)
        else:
            left.append(sample)
    if refused and not skip:
        named = "; ".join(refused[:_NAMED])
        raise DataError(
            "{count} of {all} images in {folder} cannot be used: {named} (--on-bad-data skip trains without them).",
            count=len(refused),
            all=len(source.samples),
            folder=source.root,
            named=f"{named}; ..." if len(refused) > _NAMED else named,
        )
    for clause in refused:
        print(f"skipped: {clause}", file=sys.stderr, flush=True)
    if not left:
        raise DataError("Nothing in {folder} can be used; see above.", folder=source.root)
    return source if tuple(left) == source.samples else replace(source, samples=tuple(left))


def find_problem(sample: Sample) -> str | None:
    """Why a sample cannot be trained on, as one clause that names the file; None for a good one. The rule is that of
    `data check`, which says more: what is odd, but can be trained on."""
    problem = _find_problem(sample)
    return problem and problem.clause


def _find_problem(sample: Sample) -> Problem | None:
    findings = [finding for finding in check_sample(sample, expects_mask=False) if finding.unusable]
    # What cannot be mended counts more than what can.
    findings.sort(key=lambda finding: finding.mend is not None)
    return Problem.of(findings[0]) if findings else None


def _problems(samples: Sequence[Sample], cache: Path) -> dict[str, Problem]:
    """The problem of each image file that has one."""
    gone = {
        str(sample.image): Problem(f"{missing[0]} does not exist")
        for sample in samples
        if (missing := [file for file in sample.files if not file_on_disk(file).exists()])
    }
    samples = [sample for sample in samples if str(sample.image) not in gone]
    return gone | _problems_of_files(samples, cache / f"{fingerprint(samples, 'usable')}-problems.json")


def _problems_of_files(samples: Sequence[Sample], file: Path) -> dict[str, Problem]:
    if file.is_file():
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {image: Problem(clause, mend and MaskRules(**mend)) for image, (clause, mend) in kept.items()}
    with ThreadPoolExecutor(_DECODERS) as pool:
        found = zip(samples, pool.map(_find_problem, samples), strict=True)
        problems = {str(sample.image): problem for sample, problem in found if problem is not None}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = {image: (problem.clause, problem.mend and asdict(problem.mend)) for image, problem in problems.items()}
        with atomic_write(file) as out:
            out.write(json.dumps(kept).encode())
    except OSError as error:
        raise DataError("The folder {folder} cannot be written: {error}.", folder=file.parent, error=error) from None
    return problems
