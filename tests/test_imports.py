"""What may be loaded by what: the window shows before torch is loaded, and inference needs no Qt."""

from __future__ import annotations

import json
import subprocess
import sys

IMPORT_ALL = """
import importlib, json, pkgutil, sys
for name in {names!r}:
    module = importlib.import_module(name)
    if {deep}:
        for found in pkgutil.walk_packages(module.__path__, name + "."):
            importlib.import_module(found.name)
print(json.dumps(sorted(sys.modules)))
"""


def modules_after_importing(*names: str, deep: bool = False) -> set[str]:
    program = IMPORT_ALL.format(names=names, deep=deep)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_the_window_is_there_before_torch():
    packages = [f"maskgan_studio.{room}" for room in ("app", "document", "photo")]
    assert "torch" not in modules_after_importing(*packages, deep=True)


def test_describing_work_does_not_load_torch():
    names = ["engine", "engine.requests", "engine.target", "networks", "weights", "weights.catalog", "cli.commands"]
    assert "torch" not in modules_after_importing(*(f"maskgan_studio.{name}" for name in names))


def test_inference_loads_no_qt():
    loaded = modules_after_importing("maskgan_studio.engine", "maskgan_studio.weights", deep=True)
    assert "torch" in loaded
    assert not [name for name in loaded if name.startswith("PySide6")]


def test_document_and_photo_load_neither_qt_nor_torch():
    loaded = modules_after_importing("maskgan_studio.document", "maskgan_studio.photo", deep=True)
    assert not [name for name in loaded if name.split(".")[0] in {"PySide6", "torch"}]


LOAD_ALL = """
import sys
from maskgan_studio.weights import find_set
found = find_set("studio")
for role in found.roles:
    found.load(role)
print(sorted({name.split(".")[1] for name in sys.modules if name.startswith("torch._dynamo")}))
"""


def test_loading_networks_does_not_load_the_compiler():
    run = subprocess.run([sys.executable, "-c", LOAD_ALL], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stdout + run.stderr
