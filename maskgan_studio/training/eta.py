"""How fast a stage is and how long it will take."""

from __future__ import annotations

from collections.abc import Sequence

from maskgan_studio.training.recipe import Phase

#: Steps of each phase that are not measured: the first ones warm caches up.
_WARM_UP = 2


class ThroughputMeter:
    """Measures steps and foretells the time that the remaining ones take.

    A step costs about as much as it has pixels, so phases of different sizes are weighed by batch x size². What a pixel
    costs is measured again in every phase: small images keep a device less busy than large ones.

    Args:
        phases: of the stage.
        total: number of steps of the stage; the last phase has no end.
    """

    def __init__(self, phases: Sequence[Phase], total: int) -> None:
        self._phases = phases
        self._total = total
        self._phase: Phase | None = None
        self._seconds_per_pixel: float | None = None
        self._start(None)

    def _start(self, phase: Phase | None) -> None:
        self._phase = phase
        self._seen = 0
        self._seconds = 0.0
        self._images = 0

    def step(self, phase: Phase, seconds: float) -> None:
        """Count one step of ``phase`` that took ``seconds``."""
        if phase is not self._phase:
            self._start(phase)
        self._seen += 1
        if self._seen > _WARM_UP:
            self._seconds += seconds
            self._images += phase.batch
            self._seconds_per_pixel = self._seconds / (self._images * phase.size**2)

    @property
    def measured(self) -> int:
        """Number of measured steps of the current phase."""
        return max(0, self._seen - _WARM_UP)

    @property
    def images_per_second(self) -> float:
        """Speed in the current phase, over all processes; 0 as long as nothing was measured."""
        return self._images / self._seconds if self._seconds else 0.0

    def seconds_left(self, done: int) -> float | None:
        """Estimated time of the steps after the first ``done``; None as long as nothing was measured."""
        if self._seconds_per_pixel is None:
            return None
        pixels, first = 0, 0
        for index, phase in enumerate(self._phases):
            last = self._total if index == len(self._phases) - 1 else min(self._total, first + phase.steps)
            pixels += max(0, last - max(done, first)) * phase.batch * phase.size**2
            first += phase.steps
        return pixels * self._seconds_per_pixel


def format_duration(seconds: float) -> str:
    """A time span for users: seconds, minutes, or hours and minutes."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"
