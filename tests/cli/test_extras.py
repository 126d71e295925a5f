"""What an editor does without: it runs where the libraries of training and evaluation are not installed."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from maskgan_studio.cli import main

WITHOUT = """
import sys
for name in ("lightning_fabric", "tensorboard", "webdataset", "torchmetrics", "matplotlib", "jinja2", "ray"):
    sys.modules[name] = None
"""


@pytest.mark.parametrize(
    ("words", "library"),
    [
        (["train", "parser", "--data", "faces", "--out", "run"], "lightning_fabric"),
        (["weights", "export", "run"], "tensorboard"),
        (["bench", "--training"], "lightning_fabric"),
        (["evaluate", "reconstruction", "--data", "faces", "-o", "report.html"], "torchmetrics"),
    ],
)
def test_a_command_says_what_to_install(words, library, monkeypatch, capsys):
    monkeypatch.setattr("maskgan_studio.cli.extras.find_spec", lambda name: None)
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert library in line and "pip install 'maskgan-studio[" in line


def test_the_editor_and_the_commands_for_photos_need_no_extra(tmp_path, tiny_set):
    photo = tmp_path / "face.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)).save(photo)
    words = ["parse", str(photo), "--aligned", "-o", str(tmp_path / "masks"), "--weights", str(tiny_set)]
    code = (
        f"{WITHOUT}\nimport maskgan_studio.app.window.main_window\n"
        f"from maskgan_studio.cli import main\nmain({words!r})\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "masks" / "face.png").is_file()
