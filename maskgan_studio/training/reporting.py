"""Progress of a run: a progress bar on a terminal, plain lines elsewhere, scalars for TensorBoard and as JSON lines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from maskgan_studio.training.eta import ThroughputMeter, format_duration
from maskgan_studio.training.recipe import Phase

if TYPE_CHECKING:
    from rich.progress import Progress
    from torch.utils.tensorboard import SummaryWriter

#: Seconds between two plain lines where stderr is no terminal.
_LINE_EVERY = 30.0
#: Measured steps after which the remaining time is estimated.
_ESTIMATE_AFTER = 3


class Reporter:
    """Reports one stage of a run. In a run of several processes only the first one speaks."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._writer: SummaryWriter | None = None
        self._log: IO[str] | None = None
        self._progress: Progress | None = None

    def start(self, stage: str, phases: Sequence[Phase], total: int, step: int, out: Path) -> None:
        """Begin reporting ``stage``, which stands at ``step`` of ``total``."""
        from torch.utils.tensorboard import SummaryWriter

        self._name, self._total = stage, total
        self._pace = ThroughputMeter(phases, total)
        self._has_estimated = False
        self._values: dict[str, float] = {}
        self._last_line = time.monotonic()
        if self._quiet:
            return
        out.mkdir(parents=True, exist_ok=True)
        self._writer = SummaryWriter(str(out / "tensorboard"), purge_step=step)
        self._log = (out / "log.jsonl").open("a", encoding="utf-8")
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._progress = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[values]}", markup=False),
                console=Console(stderr=True),
            )
            self._task = self._progress.add_task(stage, total=total, completed=step, values="")
            self._progress.start()

    def step(self, step: int, phase: Phase, seconds: float) -> None:
        """Count one step; shows the speed and the time left."""
        self._pace.step(phase, seconds)
        if self._quiet:
            return
        left = self._pace.seconds_left(step)
        if left is not None and not self._has_estimated and self._pace.measured >= _ESTIMATE_AFTER:
            self._has_estimated = True
            self._say(f"{self._name}: the remaining {self._total - step} steps will take about {format_duration(left)}")
        losses = "  ".join(f"{name} {value:.3f}" for name, value in self._values.items())
        text = f"{phase.size}²  {self._pace.images_per_second:.2f} images/s  {losses}"
        if left is not None:
            text += f"  {format_duration(left)} left"
        if self._progress is not None:
            self._progress.update(self._task, completed=step, values=text)
        elif time.monotonic() - self._last_line > _LINE_EVERY or step == self._total:
            self._last_line = time.monotonic()
            self._say(f"{self._name} {step}/{self._total}  {text}")

    def _say(self, line: str) -> None:
        if self._progress is not None:
            self._progress.console.print(line, markup=False, highlight=False)
        else:
            print(line, file=sys.stderr, flush=True)

    def scalars(self, step: int, values: dict[str, float]) -> None:
        """Record losses."""
        self._values = values
        self._write("loss", step, values)

    def record_metrics(self, step: int, values: dict[str, float]) -> None:
        """Record validation metrics and show the main ones."""
        self._write("validation", step, values)
        if not self._quiet:
            main = "  ".join(f"{name} {value:.4f}" for name, value in values.items() if not name.startswith("f1_"))
            self._say(f"{self._name} {step}: {main}")

    def _write(self, group: str, step: int, values: dict[str, float]) -> None:
        if self._writer is not None and self._log is not None:
            for name, value in values.items():
                self._writer.add_scalar(f"{group}/{name}", value, step)
            self._log.write(
                json.dumps({"step": step, group: values, "images_per_s": self._pace.images_per_second}) + "\n"
            )
            self._log.flush()

    def finish(self) -> None:
        """End the stage's report, however it ended."""
        if self._progress is not None:
            self._progress.stop()
        if self._writer is not None and self._log is not None:
            self._writer.close()
            self._log.close()
