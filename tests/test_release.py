"""What a release is made of says the same everywhere, and the recipes are whole."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maskgan_studio import __version__

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "packaging" / "bundle"

pytestmark = pytest.mark.skipif(not BUNDLE.is_dir(), reason="only in a checkout")
needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell")


def test_changelog_and_readme_name_this_version():
    assert re.search(rf"(?m)^## {re.escape(__version__)} \(\d{{4}}-\d\d-\d\d\)$", (ROOT / "CHANGELOG.md").read_text())
    named = set(re.findall(r"maskgan[-_]studio[-_](\d+\.\d+\.\d+)", (ROOT / "README.md").read_text()))
    assert named == {__version__}


@needs_sh
@pytest.mark.parametrize("script", sorted(ROOT.glob("packaging/**/*.sh")), ids=lambda path: path.name)
def test_scripts_are_shell(script):
    run = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_the_recipe_is_python_and_starts_the_command_line():
    ast.parse((BUNDLE / "maskgan-studio.spec").read_text())
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    run = subprocess.run(
        [sys.executable, BUNDLE / "start.py", "--version"], env=environment, capture_output=True, text=True
    )
    assert run.stdout.strip() == f"maskgan-studio {__version__}", run.stderr


def test_the_bundle_has_what_the_editor_depends_on():
    """Everything in pyproject.toml's dependencies is in the environment that is frozen, at a version known to work."""
    wanted = re.search(r"(?ms)^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text())
    assert wanted is not None
    names = {name.lower() for name in re.findall(r'(?m)^\s+"([\w-]+)', wanted[1])}
    names = {name.replace("opencv-python", "opencv-python-headless") for name in names}
    frozen = {line.lower() for line in (BUNDLE / "requirements.txt").read_text().splitlines() if line[:1] != "#"}
    assert names <= frozen
    pinned = (ROOT / "packaging" / "constraints.txt").read_text().lower().replace("_", "-")
    assert [name for name in frozen if f"\n{name}==" not in f"\n{pinned}"] == []


def test_child_programs_do_not_see_the_bundles_libraries(monkeypatch):
    monkeypatch.syspath_prepend(str(BUNDLE))
    import start

    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/own")
    monkeypatch.setenv("DYLD_LIBRARY_PATH", "/bundle")
    monkeypatch.delenv("DYLD_LIBRARY_PATH_ORIG", raising=False)
    start.restore_library_paths()
    import os

    assert os.environ["LD_LIBRARY_PATH"] == "/own"
    assert "DYLD_LIBRARY_PATH" not in os.environ and "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_licences_are_found_for_all_that_an_installed_program_uses(monkeypatch):
    monkeypatch.syspath_prepend(str(BUNDLE))
    import licences
    import numpy
    import PySide6

    found = {each.name.lower(): each for each in licences.find_components([Path(numpy.__file__), Path(ast.__file__)])}
    assert {"numpy", "python"} <= set(found) and "BSD" in found["numpy"].licence
    assert any("Copyright" in text for text in found["numpy"].texts.values())
    assert any("pyside6" in each.name.lower() for each in licences.find_components([Path(PySide6.__file__)]))
    with pytest.raises(LookupError):
        licences.find_components([Path("/nowhere/libunknown.so")])


def test_the_man_page_has_every_command(monkeypatch):
    monkeypatch.syspath_prepend(str(BUNDLE))
    import man_page

    from maskgan_studio.cli.commands import command_names

    page = man_page.format_man_page().replace("\\-", "-")
    groups = {"data", "desktop", "evaluate", "plugins", "weights"}
    assert not [name for name in command_names() - groups if f"\n.B {name}\n" not in page]
    assert "\n.B weights add\n" in page
