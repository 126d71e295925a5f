"""A crash leaves a log, and the next start offers to show it."""

from __future__ import annotations

import faulthandler
import logging
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from maskgan_studio import __version__

log = logging.getLogger(__name__)


class CrashLog:
    """Collects uncaught exceptions and fatal signals of one run in ``folder/crash.log``.

    A run that ends well removes its file; one found at the start means that a run crashed.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "crash.log"
        self.previous_path = folder / "crash.previous.log"
        self._file: TextIO | None = None
        self._report: Callable[[str], None] | None = None

    def start(self, report: Callable[[str], None] | None = None) -> bool:
        """Begin to listen; returns whether the previous run crashed (its log is then at ``previous_path``).

        Args:
            report: called with one sentence when an uncaught exception was logged and the program continues.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        crashed = self.path.exists() and self.path.stat().st_size > 0
        if crashed:
            self.path.replace(self.previous_path)
        self._report = report
        self._file = self.path.open("w", encoding="utf-8")
        faulthandler.enable(self._file)
        sys.excepthook = self._uncaught
        return crashed

    def stop(self) -> None:
        """The run ends well: nothing to report next time."""
        sys.excepthook = sys.__excepthook__
        faulthandler.disable()
        if self._file is not None:
            self._file.close()
            self._file = None
            self.path.unlink(missing_ok=True)

    def _uncaught(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value, trace)
            return
        sys.__excepthook__(kind, value, trace)
        if self._file is not None:
            stamp = datetime.now(UTC).isoformat(timespec="seconds")
            self._file.write(f"{stamp} maskgan-studio {__version__}, Python {sys.version.split()[0]}\n")
            self._file.write("".join(traceback.format_exception(kind, value, trace)))
            self._file.flush()
        if self._report is not None:
            self._report(str(value) or kind.__name__)
