"""The bench of memory trains what it says it trains."""

from __future__ import annotations

import sys

import pytest

from maskgan_studio.cli.bench.memory import MemoryLoad, describe, measure_memory


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a process's peak this way")
def test_a_set_that_does_not_fit_is_trained_on():
    load = MemoryLoad("tiny", images=300, size=64, width=4, micro_batch=2, memory="1M", steps=2)
    result = measure_memory(load)
    assert 0.1 < result["peak_gib"] < 4 and result["batch"] == 4
    assert "300 images of 64²" in describe(result)
