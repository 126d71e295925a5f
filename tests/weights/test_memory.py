"""Loading a network of float16 files and arranging it for speed never takes much more than its float32 size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.weights import save_set

LOAD = """
import sys
from pathlib import Path
import torch
import maskgan_studio.engine.cpu_renderer as cpu_renderer
from maskgan_studio.weights import find_set

def memory(kind):
    return next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith(kind))

found = find_set(sys.argv[1])
torch.ones(64, 64) @ torch.ones(64, 64)
before = memory("VmRSS")
network = found.load("dmn")
size = sum(parameter.nbytes for parameter in network.parameters())
loaded = memory("VmHWM")
renderer = cpu_renderer.CpuRenderer(network)
print((loaded - before) / size, (memory("VmHWM") - before) / size)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from Linux's /proc")
def test_peak_of_loading(tmp_path):
    save_set(tmp_path / "half", {"dmn": DenseMappingNetwork(width=32)}, name="half", training={}, card="")
    run = subprocess.run([sys.executable, "-c", LOAD, tmp_path / "half"], capture_output=True, text=True, check=True)
    loading, arranging = (float(share) for share in run.stdout.split())
    assert loading < 1.5
    assert arranging < 1.75  # of 90 MB; the constant part weighs less in a larger network
