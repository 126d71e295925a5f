"""The wheel carries what the program needs, and the two scripts install once and pass their words on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maskgan_studio.paths import models_dir

ROOT = Path(__file__).resolve().parents[1]

needs_checkout = pytest.mark.skipif(not (ROOT / "packaging").is_dir(), reason="only in a checkout")
needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell")


@pytest.fixture(scope="module")
def installed_wheel(tmp_path_factory) -> Path:
    """A folder with the package as installed from a wheel built of this checkout; nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", folder / "site", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "site"


def run_installed(site: Path, words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, site / "bin" / "maskgan-studio", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@needs_checkout
def test_the_wheel_lists_the_shipped_weights_in_an_empty_folder(installed_wheel, tmp_path):
    run = run_installed(installed_wheel, ["weights", "list"], tmp_path)
    assert run.returncode == 0, run.stderr
    shipped = sorted(manifest.parent.name for manifest in models_dir().glob("*/manifest.json"))
    assert [line.split()[0] for line in run.stdout.splitlines()] == shipped
    for line in run.stdout.splitlines():
        assert str(installed_wheel) in line
    assert list(tmp_path.iterdir()) == []


@needs_checkout
def test_the_wheel_carries_resources_and_recipes(installed_wheel):
    package = installed_wheel / "maskgan_studio"
    tracked = subprocess.run(["git", "ls-files", "resources"], cwd=ROOT, capture_output=True, text=True)
    for name in tracked.stdout.split():
        assert (package / name).is_file(), name
    assert {path.name for path in (package / "training" / "recipes").iterdir()} >= {"studio.toml", "tiny.toml"}


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout whose environment holds a Python that only writes down what it is asked."""
    root = tmp_path / "check out"
    shutil.copytree(ROOT / "packaging", root / "packaging")
    shutil.copy(ROOT / "pyproject.toml", root)
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\n[ "$1" = -c ] && exit\n'
        'case "$1" in *qt_libraries.py) cat "$LOG.missing" 2>/dev/null; exit 0;; esac\n'
        'for word; do printf "%s|" "$word"; done >>"$LOG"; echo >>"$LOG"\n'
    )
    python.chmod(0o755)
    return root


def start(checkout: Path, *words: str, **environment: str) -> tuple[list[list[str]], str]:
    """Run run.sh from another folder; returns the calls of Python and what was said."""
    log = checkout / "log"
    log.unlink(missing_ok=True)
    run = subprocess.run(
        ["sh", checkout / "packaging" / "run.sh", *words],
        cwd=checkout.parent,
        env={**os.environ, "LOG": str(log), **environment},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return [line.split("|")[:-1] for line in log.read_text().splitlines()], run.stderr


@needs_checkout
@needs_sh
def test_the_first_start_installs_and_the_second_does_not(checkout):
    calls, _ = start(checkout, "parse", "my photo.jpg")
    assert calls[-1] == ["-m", "maskgan_studio", "parse", "my photo.jpg"]
    assert any("--constraint" in call and f"{checkout}[training,evaluation]" in call for call in calls[:-1])
    assert start(checkout, "edit")[0] == [["-m", "maskgan_studio", "edit"]]


@needs_checkout
@needs_sh
def test_a_changed_constraint_installs_again(checkout):
    start(checkout)
    with (checkout / "packaging" / "constraints.txt").open("a") as constraints:
        constraints.write("another==1\n")
    assert any("--constraint" in call for call in start(checkout)[0])


@needs_checkout
@needs_sh
def test_libraries_that_may_not_be_installed_are_named_at_every_start(checkout, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, answer in {"apt-get": "exit 1", "id": "echo 1000", "sudo": "exit 1"}.items():
        (tools / name).write_text(f"#!/bin/sh\n{answer}\n")
        (tools / name).chmod(0o755)
    Path(f"{checkout / 'log'}.missing").write_text("libxcb-cursor0 libegl1\n")
    for _ in range(2):
        calls, said = start(checkout, PATH=f"{tools}:{os.environ['PATH']}")
        assert "sudo apt-get install libxcb-cursor0 libegl1" in said
        assert calls[-1] == ["-m", "maskgan_studio"]
