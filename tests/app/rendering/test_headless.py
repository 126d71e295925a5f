"""The worker thread and its renderer need no display, nor the libraries that one needs: a GPU machine has neither."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.engine.synthetic_face import draw_sample_crop
from maskgan_studio.photo.files.loading import Photo

def work(pipeline):
    target = pipeline.prepare(Photo.from_pixels(draw_sample_crop()), aligned=True)
    return pipeline.render(target.mask, pipeline.style(target))

def end(outcome):
    print(getattr(outcome, "shape", outcome))
    app.quit()

app = QCoreApplication([])
worker = PipelineThread(lambda weights: Pipeline(weights, "cpu"), sys.argv[1])
worker.submit(Priority.FULL, work, end, end)
app.exec()
worker.stop()
print([name for name in ("PySide6.QtGui", "PySide6.QtWidgets") if name in sys.modules])
"""


def test_the_worker_renders_without_a_display(tiny_set):
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-c", PROGRAM, str(tiny_set)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert run.stdout.splitlines() == ["(512, 512, 3)", "[]"], run.stderr
