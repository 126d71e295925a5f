"""``train all``: from a folder of faces to a set of weights, with one command."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskgan_studio.cli import main
from maskgan_studio.weights import WeightSet


def test_all_ends_with_a_set_that_opens(faces, tmp_path, capsys):
    run = tmp_path / "run"
    with pytest.raises(SystemExit) as end:
        main(f"train all --recipe tiny --steps 1 --device cpu --data {faces} --out {run}".split())
    assert not end.value.code
    shown = capsys.readouterr().out.strip()
    assert shown == str(run / "weights")
    assert {"parser", "mask_vae", "dmn", "alpha_blender", "completion"} <= set(WeightSet.open(Path(shown)).roles)
