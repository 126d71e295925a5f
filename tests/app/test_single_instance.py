"""A second start hands its files to the window that is open, whatever became of the one before."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from maskgan_studio.app.single_instance import SingleInstance, instance_name

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to a Unix socket")

SECOND_START = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from maskgan_studio.app.single_instance import SingleInstance
application = QCoreApplication([])
second = SingleInstance(sys.argv[1])
print(json.dumps(second.claim([Path(word) for word in sys.argv[2:]])))
"""


@pytest.fixture
def instance(qapp) -> Iterator[Callable[[str], SingleInstance]]:
    """Makes instances that end with the test."""
    made: list[SingleInstance] = []

    def make(name: str) -> SingleInstance:
        made.append(SingleInstance(name))
        return made[-1]

    yield make
    for each in made:
        each.close()
        each.deleteLater()


@pytest.fixture
def name(tmp_path_factory) -> str:
    return str(tmp_path_factory.mktemp("run") / "own" / "window")


def start_again(name: str, folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SECOND_START, name, *words], cwd=folder, stdout=subprocess.PIPE, text=True
    )


def test_a_second_start_hands_over_its_files_and_opens_nothing(qtbot, instance, name, tmp_path):
    first = instance(name)
    assert first.claim([])
    with qtbot.waitSignal(first.files_arrived, timeout=60_000) as arrived:
        second = start_again(name, tmp_path, "ä photo.png", "/elsewhere/b.ora")
    assert arrived.args == [[tmp_path / "ä photo.png", Path("/elsewhere/b.ora")]]
    assert json.loads(second.communicate(timeout=60)[0]) is False


def test_a_start_without_files_shows_the_window_that_is_open(qtbot, instance, name, tmp_path):
    first = instance(name)
    assert first.claim([Path("shown.png")])
    with qtbot.waitSignal(first.files_arrived, timeout=60_000) as arrived:
        second = start_again(name, tmp_path)
    assert arrived.args == [[]]
    assert json.loads(second.communicate(timeout=60)[0]) is False


def test_what_a_crash_left_behind_keeps_nobody_away(qtbot, instance, name):
    Path(name).parent.mkdir()
    left = socket.socket(socket.AF_UNIX)
    left.bind(name)
    left.close()  # the file stays, and nobody listens
    now = instance(name)
    assert now.claim([])
    later = QLocalSocket()
    later.connectToServer(name)
    assert later.waitForConnected(1000)


def test_after_the_window_is_closed_the_next_start_opens_one(qtbot, instance, name):
    first = instance(name)
    assert first.claim([])
    first.close()
    assert instance(name).claim([])


def test_a_window_that_hangs_does_not_keep_the_next_away(qtbot, instance, name, monkeypatch):
    monkeypatch.setattr("maskgan_studio.app.single_instance._ANSWER_MS", 50)
    Path(name).parent.mkdir()
    hanging = socket.socket(socket.AF_UNIX)
    hanging.bind(name)
    hanging.listen()
    assert instance(name).claim([Path("a.png")])
    hanging.close()


@pytest.mark.parametrize("message", [b"nonsense\n", b'{"a": 1}\n', b"[1, 2]\n"])
def test_a_message_that_is_none_is_dropped(qtbot, instance, name, message):
    first = instance(name)
    first.claim([])
    arrived = []
    first.files_arrived.connect(arrived.append)
    client = QLocalSocket()
    client.connectToServer(name)
    client.write(message)
    qtbot.waitUntil(lambda: client.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert arrived == []


def test_only_starts_on_the_same_screen_with_the_same_weights_share_a_window(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":1")
    here = instance_name("xcb", "studio", "auto")
    assert here == instance_name("xcb", "studio", "auto")
    others = {instance_name("xcb", "authors", "auto"), instance_name("xcb", "studio", "cpu")}
    monkeypatch.setenv("DISPLAY", ":2")
    others.add(instance_name("xcb", "studio", "auto"))
    assert len(others | {here}) == 4
