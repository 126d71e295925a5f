"""The simulation behind the plan for many portraits: known answers, and what must hold whatever the rates."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parents[1] / "resources" / "help" / "scaling.py"


@pytest.fixture(scope="module")
def scaling() -> ModuleType:
    specification = importlib.util.spec_from_file_location("scaling", FILE)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["scaling"] = module  # its dataclasses look themselves up
    specification.loader.exec_module(module)
    return module


def test_machines_that_never_die_share_the_work_evenly(scaling):
    run = scaling.simulate_batch(8000, 1.0, 2, 4, life_h=1e9, start_s=0.0)
    assert run.hours * 3600 == pytest.approx(1000, rel=0.03)
    assert (run.machines_lost, run.lost_core_hours) == (0, 0.0)


def test_lost_machines_cost_their_chunks_and_no_more(scaling):
    calm = scaling.simulate_batch(8000, 1.0, 2, 4, life_h=1e9)
    rough = scaling.simulate_batch(8000, 1.0, 2, 4, life_h=0.1, back_s=30.0)
    assert rough.machines_lost > 0 and rough.hours > calm.hours
    # At most one chunk of 8 jobs for each of the four workers of a machine that dies.
    assert rough.lost_core_hours * 3600 <= rough.machines_lost * 4 * 8 * 1.2 + 1


def test_edits_wait_longer_the_busier_the_workers_are(scaling):
    idle, busy = (scaling.simulate_queue(load, 1.0, 1, count=5000) for load in (0.05, 0.9))
    assert 0.8 <= idle <= 1.5 and busy > 3 * idle
    assert scaling.simulate_queue(0.9 * 32, 1.0, 32, count=5000) < busy


def test_the_tables_of_the_help_are_those_of_the_script(scaling, capsys):
    scaling.print_tables()
    printed = capsys.readouterr().out
    help_text = FILE.with_suffix(".md").read_text(encoding="utf-8")
    for line in printed.splitlines():
        assert line in help_text
