"""The plug-ins for other programs: where they go, and that they start this program."""

from __future__ import annotations

import ast
import sys

import pytest

from maskgan_studio.cli import main

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders as Linux has them")


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["plugins", *words])
    return stopped.value.code or 0


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_both_are_installed_start_this_program_and_are_removed(home, capsys):
    (home / "config" / "GIMP" / "3.0").mkdir(parents=True)
    (home / "config" / "GIMP" / "3.2").mkdir()
    (home / "config" / "GIMP" / "2.10").mkdir()
    assert run("install") == 0
    krita = home / "data" / "krita" / "pykrita"
    gimp = home / "config" / "GIMP" / "3.2" / "plug-ins" / "maskgan-studio" / "maskgan-studio.py"
    assert (krita / "maskgan_studio.desktop").is_file()
    assert gimp.stat().st_mode & 0o111  # GIMP runs nothing else
    for path in (krita / "maskgan_studio.py", gimp):
        command = next(
            node.value
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "COMMAND"
        )
        assert sys.executable in ast.unparse(command)
    assert run("remove") == 0
    assert not [path for path in home.rglob("*maskgan*") if path.is_file()]
    assert not gimp.parent.exists() and gimp.parent.parent.is_dir()


def test_only_those_named_are_installed(home, capsys):
    assert run("install", "krita") == 0
    assert "Python Plugin Manager" in capsys.readouterr().err
    assert not list(home.rglob("maskgan-studio.py"))
