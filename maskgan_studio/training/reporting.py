"""What a run tells: a progress bar on a terminal, plain lines elsewhere, scalars for TensorBoard and as JSON lines."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from torch import Tensor

from maskgan_studio.training.recipe import Phase

if TYPE_CHECKING:
    from maskgan_studio.training.stage import Stage

#: Seconds between two plain lines where stderr is no terminal.
_LINE_EVERY = 30.0
#: Steps that are left out of the measured speed: the first ones warm caches up.
_WARM_UP = 2


class Reporter:
    """Reports one stage of a run. In a run of several processes only the first one speaks."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet

    def start(self, stage: Stage, total: int, step: int, out: Path) -> None:
        """Begin reporting ``stage``, which stands at ``step`` of ``total``."""
        from torch.utils.tensorboard import SummaryWriter

        self._name, self._total, self._first = stage.name, total, step
        self._values: dict[str, float] = {}
        self._seconds, self._images, self._steps = 0.0, 0, 0
        self._last_line = time.monotonic()
        self._progress = None
        if self._quiet:
            self._writer, self._log = None, None
            return
        out.mkdir(parents=True, exist_ok=True)
        self._writer = SummaryWriter(str(out / "tensorboard"), purge_step=step)
        self._log = (out / "log.jsonl").open("a", encoding="utf-8")
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                TextColumn("{task.fields[values]}"),
                console=Console(stderr=True),
            )
            self._task = self._progress.add_task(stage.name, total=total, completed=step, values="")
            self._progress.start()

    @property
    def images_per_second(self) -> float:
        """Measured speed of this process's steps."""
        return self._images / self._seconds if self._seconds else 0.0

    def step(self, step: int, phase: Phase, losses: dict[str, Tensor], seconds: float) -> None:
        """Count one step; shows the speed and the time left."""
        if step - self._first > _WARM_UP:
            self._seconds += seconds
            self._images += phase.batch
            self._steps += 1
        if self._quiet:
            return
        text = f"{phase.size}²  {self.images_per_second:.2f} images/s  " + "  ".join(
            f"{name} {value:.3f}" for name, value in self._values.items()
        )
        if self._progress is not None:
            self._progress.update(self._task, completed=step, values=text)
        elif time.monotonic() - self._last_line > _LINE_EVERY or step == self._total:
            self._last_line = time.monotonic()
            left = (self._total - step) * self._seconds / max(1, self._steps)
            print(f"{self._name} {step}/{self._total}  {text}  {left / 60:.0f} min left", file=sys.stderr, flush=True)

    def scalars(self, step: int, values: dict[str, float]) -> None:
        """Record losses."""
        self._values = values
        self._write("loss", step, values)

    def figures(self, step: int, values: dict[str, float]) -> None:
        """Record validation figures and show the main ones."""
        self._write("validation", step, values)
        if not self._quiet:
            main = "  ".join(f"{name} {value:.4f}" for name, value in values.items() if not name.startswith("f1_"))
            text = f"{self._name} {step}: {main}"
            if self._progress is not None:
                self._progress.console.print(text)
            else:
                print(text, file=sys.stderr, flush=True)

    def _write(self, group: str, step: int, values: dict[str, float]) -> None:
        if self._writer is not None and self._log is not None:
            for name, value in values.items():
                self._writer.add_scalar(f"{group}/{name}", value, step)
            self._log.write(json.dumps({"step": step, group: values, "images_per_s": self.images_per_second}) + "\n")
            self._log.flush()

    def finish(self) -> None:
        """End the stage's report."""
        if self._progress is not None:
            self._progress.stop()
        if self._writer is not None and self._log is not None:
            self._writer.close()
            self._log.close()
