"""The menu entry: it starts this program from any folder, and can be taken out again."""

from __future__ import annotations

import configparser
import shlex
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from maskgan_studio.cli import main
from maskgan_studio.cli.desktop import desktop_command

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="menu entries are for Linux desktops")


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(words))
    return stopped.value.code or 0


def test_install_writes_entry_type_and_icon_and_remove_takes_them_out(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run("desktop", "install") == 0
    path = tmp_path / "applications" / "maskgan-studio.desktop"
    assert capsys.readouterr().out.strip() == str(path)
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(path)
    assert shlex.split(entry["Desktop Entry"]["Exec"]) == [sys.executable, "-m", "maskgan_studio", "%F"]
    assert {"image/openraster", "image/jpeg"} <= set(entry["Desktop Entry"]["MimeType"].split(";"))
    assert ElementTree.parse(tmp_path / "mime" / "packages" / "maskgan-studio.xml").getroot().tag.endswith("mime-info")
    assert (tmp_path / "icons" / "hicolor" / "scalable" / "apps" / "maskgan-studio.svg").is_file()
    assert run("desktop", "install") == 0  # over itself
    assert run("desktop", "remove") == 0
    assert not list(tmp_path.rglob("maskgan-studio*"))
    assert run("desktop", "remove") == 0  # nothing left to do


def test_a_bundle_starts_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/maskgan-studio/maskgan-studio")
    run("desktop", "install")
    text = (tmp_path / "applications" / "maskgan-studio.desktop").read_text()
    assert 'Exec="/opt/maskgan-studio/maskgan-studio" %F\n' in text


def test_signs_with_a_meaning_are_quoted_as_the_specification_has_it():
    assert desktop_command(['a "b" $c `d` 50% \\']) == '"a \\\\"b\\\\" \\\\$c \\\\`d\\\\` 50%% \\\\\\\\"'


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch, capsys):
    blocked = Path(tmp_path / "file")
    blocked.write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    assert run("desktop", "install") == 1
    assert "cannot be written" in capsys.readouterr().err
