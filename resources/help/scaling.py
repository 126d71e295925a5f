"""What many portraits cost: the simulation behind scaling.md.

Plain Python, nothing to install: ``python scaling.py`` prints the tables. Measured rates stand in ``Rates``, what is
assumed in ``Prices``; change either for your own machines.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Sequence
from dataclasses import dataclass

SIZES = (30_000, 300_000, 1_000_000, 10_000_000, 50_000_000, 400_000_000)
_GB, _HOUR = 1e9, 3600.0
#: More events than this say nothing new.
_MOST_CHUNKS = 50_000


@dataclass(frozen=True)
class Rates:
    """Measured on one core of a 2-core machine (AVX2), at 512 x 512, with the set `studio`.

    Attributes:
        parse_s: core seconds to find a mask (the parser with its views), reading and writing included.
        edit_s: core seconds of an edit: style, rendering, completion, compositing at the crop's size.
        decode_image_s, decode_mask_s: core seconds to decode a JPEG and an index PNG.
        start_s: seconds until a worker has its networks.
        worker_bytes: memory of a worker.
        jpeg_bytes, mask_bytes, tar_bytes: of a face in a shard; the last for headers, padding and JSON.
        sample_bytes: memory of a sample's entry in the list that every training process keeps.
        step_tflop: of a training step of `paper`'s stage I (dmn), per image, counted.
        step_s: core seconds of the same.
        paper_images: that `paper`'s stage I sees (604,600 steps of 8).
    """

    parse_s: float = 0.89
    edit_s: float = 1.02
    decode_image_s: float = 0.0041
    decode_mask_s: float = 0.0020
    start_s: float = 10.0
    worker_bytes: float = 0.6 * _GB
    jpeg_bytes: float = 38_000
    mask_bytes: float = 4_400
    tar_bytes: float = 2_600
    sample_bytes: float = 1_020
    step_tflop: float = 1.13
    step_s: float = 52.0
    paper_images: float = 604_600 * 8

    @property
    def decoded_bytes(self) -> float:
        """A decoded face in the cache: image and mask."""
        return 512 * 512 * 4

    @property
    def packed_bytes(self) -> float:
        """A face in a shard."""
        return self.jpeg_bytes + self.mask_bytes + self.tar_bytes


@dataclass(frozen=True)
class Prices:
    """Assumed, not measured: dollars, and what a data-centre GPU really computes of what it could."""

    core_hour: float = 0.04
    gpu_hour: float = 2.5
    gigabyte_month: float = 0.02
    gpu_tflops: float = 100.0
    #: Hours that a rented machine lasts on average before it is taken away.
    machine_life_h: float = 24.0
    cores_per_machine: int = 32


@dataclass(frozen=True)
class BatchRun:
    """How a batch went: hours until the last result, and core hours of work that was lost with machines."""

    hours: float
    lost_core_hours: float
    machines_lost: int


def simulate_batch(
    count: int,
    seconds: float,
    machines: int,
    workers: int,
    *,
    chunk: int = 8,
    life_h: float = 24.0,
    back_s: float = 120.0,
    start_s: float = 10.0,
    seed: int = 0,
) -> BatchRun:
    """Play a batch through: workers take chunks, machines die, their chunks are done again.

    Args:
        count: number of jobs.
        seconds: core seconds of a job; they vary by a fifth.
        machines, workers: machines, and workers on each.
        chunk: jobs given out at a time; larger where there are too many to play each.
        life_h: mean hours until a machine dies, exponentially distributed.
        back_s: seconds until it is noticed and another has taken its place.
        start_s: seconds until a worker is ready.
        seed: of chance.
    """
    rng = random.Random(seed)
    chunk = max(chunk, -(-count // _MOST_CHUNKS))
    left = -(-count // chunk)
    deaths = [rng.expovariate(1 / (life_h * _HOUR)) for _ in range(machines)]
    free = [(start_s, machine) for machine in range(machines) for _ in range(workers)]
    heapq.heapify(free)
    end = lost = 0.0
    died = 0
    while left:
        now, machine = heapq.heappop(free)
        if now > deaths[machine]:  # it died while idle, or while the worker that comes next was busy
            died += 1
            deaths[machine] = now + back_s + rng.expovariate(1 / (life_h * _HOUR))
            now += back_s
        needed = chunk * seconds * rng.uniform(0.8, 1.2)
        if now + needed > deaths[machine]:
            lost += max(0.0, deaths[machine] - now)
            heapq.heappush(free, (deaths[machine] + back_s + start_s, machine))
            continue
        left -= 1
        end = max(end, now + needed)
        heapq.heappush(free, (now + needed, machine))
    return BatchRun(end / _HOUR, lost / _HOUR, died)


def simulate_queue(per_second: float, seconds: float, servers: int, count: int = 20_000, seed: int = 0) -> float:
    """Seconds within which 95 of 100 edits are answered: they come at random, and wait for the first free worker."""
    rng = random.Random(seed)
    free = [0.0] * servers
    now = 0.0
    answered = []
    for _ in range(count):
        now += rng.expovariate(per_second)
        begun = max(now, heapq.heappop(free))
        done = begun + seconds * rng.uniform(0.8, 1.2)
        heapq.heappush(free, done)
        answered.append(done - now)
    return sorted(answered)[int(0.95 * count)]


def print_tables(rates: Rates | None = None, prices: Prices | None = None) -> None:
    """Print the tables of scaling.md."""
    rates, prices = rates or Rates(), prices or Prices()
    _print_table("Storage and memory", ("faces", "shards", "a month", "decoded cache", "list, each process"), [
        (f"{n:,}", _bytes(n * rates.packed_bytes), _money(n * rates.packed_bytes / _GB * prices.gigabyte_month),
         _bytes(n * rates.decoded_bytes), _bytes(n * rates.sample_bytes)) for n in SIZES
    ])  # fmt: skip
    rows = []
    for n in SIZES:
        machines = max(1, min(100, n // 100_000))
        cores = prices.cores_per_machine
        run = simulate_batch(n, rates.parse_s, machines, cores, life_h=prices.machine_life_h, start_s=rates.start_s)
        cost = run.hours * machines * cores * prices.core_hour
        core_hours = n * rates.parse_s / _HOUR
        rows.append(
            (f"{n:,}", f"{core_hours:,.0f}", f"{machines}", _hours(run.hours), f"{run.machines_lost}", _money(cost))
        )
    _print_table("Labelling", ("faces", "core hours", "machines", "takes", "of them lost", "costs"), rows)
    rows = []
    for n in SIZES:
        seen = max(rates.paper_images, n)
        gpu_hours = seen * rates.step_tflop / prices.gpu_tflops / _HOUR
        gpus = 8 if n <= 1_000_000 else 64
        rows.append(
            (
                f"{n:,}",
                f"{seen / 1e6:,.1f} M",
                f"{gpu_hours:,.0f}",
                f"{gpus}",
                _hours(gpu_hours / gpus),
                _money(gpu_hours * prices.gpu_hour),
            )
        )
    _print_table("Training stage I of `paper`", ("faces", "images seen", "GPU hours", "GPUs", "takes", "costs"), rows)
    rate = prices.gpu_tflops / rates.step_tflop
    decode = rate * (rates.decode_image_s + 2 * rates.decode_mask_s)
    read = rate * 5 * 512**2 / 1e6
    print(f"A GPU takes {rate:.0f} images/s; shards need {decode:.1f} cores to decode them, a cache {read:.0f} MB/s.")
    print(f"On one core of a CPU the same step takes {rates.step_s:.0f} s per image.\n")
    rows = []
    for load in (0.5, 0.7, 0.9):
        for servers in (1, 8, 32):
            answered = simulate_queue(load * servers / rates.edit_s, rates.edit_s, servers)
            per_million = 1e6 * rates.edit_s / load / _HOUR * prices.core_hour
            rows.append(
                (
                    f"{load:.0%}",
                    f"{servers}",
                    f"{load * servers / rates.edit_s:.1f}",
                    f"{answered:.1f} s",
                    _bytes(servers * rates.worker_bytes),
                    _money(per_million),
                )
            )
    _print_table("Serving edits", ("busy", "cores", "edits/s", "95 % within", "memory", "a million edits"), rows)


def _print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print(f"**{title}**\n")
    for row in (heads, ["---:"] * len(heads), *rows):
        print(f"| {' | '.join(row)} |")
    print()


def _bytes(number: float) -> str:
    for unit, size in (("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number:.0f} B"


def _money(dollars: float) -> str:
    return f"${dollars:,.0f}" if dollars >= 10 else f"${dollars:.2f}"


def _hours(hours: float) -> str:
    return f"{hours / 24:.1f} d" if hours > 48 else f"{hours:.1f} h"


if __name__ == "__main__":
    print_tables()
