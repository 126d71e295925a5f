"""One window per person and screen: a second start hands its files to the one that is open."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QAbstractSocket, QLocalServer, QLocalSocket

from maskgan_studio.app.common.settings import APP_NAME, state_dir

log = logging.getLogger(__name__)

_CONNECT_MS = 500
#: A window that is being built answers when it stands; one that hangs does not keep a second one away.
_ANSWER_MS = 8000
#: Longest time for which the window stands still to hear a start out.
_MESSAGE_MS = 500
_ANSWER = b"taken\n"
_LONGEST_MESSAGE = 1 << 20


def instance_name(platform: str, weights: str, device: str) -> str:
    """Name for the server of those starts that can share a window: same settings, screen, weights and device.

    Args:
        platform: Qt's name of the platform.
        weights, device: as given at the start.
    """
    screen = os.environ.get("WAYLAND_DISPLAY" if platform.startswith("wayland") else "DISPLAY", "")
    parts = (str(state_dir()), platform, screen, weights, device)
    name = f"{APP_NAME}-{hashlib.blake2b(json.dumps(parts).encode(), digest_size=8).hexdigest()}"
    if sys.platform == "win32":
        return name  # a named pipe
    # Both are folders where only this person can write.
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or state_dir()) / name)


class SingleInstance(QObject):
    """Finds the window that is open already, or makes this process the one to be found.

    Args:
        name: see ``instance_name``.
    """

    #: Paths (a list, empty where there are none) that a later start was given.
    files_arrived = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)

    def claim(self, paths: Sequence[Path]) -> bool:
        """Hand files to the window that is open, or wait for those of later starts from now on.

        Returns:
            whether this process is to open a window: True too where nothing can be handed over.
        """
        if self._hand_over(paths):
            return False
        if os.sep in self._name:
            try:
                Path(self._name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                log.warning("no folder for %s: %s", self._name, error)
        if not self._server.listen(self._name):
            if self._server.serverError() == QAbstractSocket.SocketError.AddressInUseError:
                # Nobody answered: what is there was left behind by a crash.
                QLocalServer.removeServer(self._name)
                self._server.listen(self._name)
            if not self._server.isListening():
                log.warning("later starts will not find this window: %s", self._server.errorString())
        return True

    def close(self) -> None:
        """Take no more files; the next start opens a window of its own."""
        self._server.close()

    def _hand_over(self, paths: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        # Links keep the names that the person chose.
        absolute = [os.path.abspath(path) for path in paths]  # noqa: PTH100
        socket.write(json.dumps(absolute).encode() + b"\n")
        answer = b""
        while not answer.endswith(_ANSWER) and socket.waitForReadyRead(_ANSWER_MS):
            answer += bytes(socket.readAll().data())
        return answer.endswith(_ANSWER)

    def _receive(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            message = b""
            # A start sends its message at once and whole.
            while not message.endswith(b"\n") and len(message) < _LONGEST_MESSAGE:
                if not socket.bytesAvailable() and not socket.waitForReadyRead(_MESSAGE_MS):
                    break
                message += bytes(socket.readAll().data())
            paths = _paths_in(message)
            if paths is not None:
                socket.write(_ANSWER)
                socket.waitForBytesWritten(_MESSAGE_MS)
            socket.disconnectFromServer()
            socket.deleteLater()
            if paths is not None:
                self.files_arrived.emit(paths)


def _paths_in(message: bytes) -> list[Path] | None:
    """The paths of a message; None where it is none of ours."""
    try:
        names = json.loads(message)
    except ValueError:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    return [Path(name) for name in names]
