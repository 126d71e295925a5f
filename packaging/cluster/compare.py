"""The same batch by the local pool and on a Ray cluster of two nodes, one of which is killed in the middle.

``python packaging/cluster/compare.py FACES WORK --count 1000 --kill`` labels the first faces of a folder of aligned
crops and renders each in the shape of the next one, with two processes: with ``--workers 2``, and with ``--cluster`` on
two nodes of one core each, all on this machine. It prints as JSON whether all results are there and the same, byte by
byte, and how long each way took. On a machine that others use as well, ``--together`` lets both ways run at the same
time, so that what disturbs one disturbs the other.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

#: A lost node is noticed after ten seconds; Ray's own default is half a minute.
_CONFIG = {"health_check_period_ms": 1000, "health_check_failure_threshold": 10}
_STORE = 100 * 2**20
_ATTEMPTS = 5
_SUFFIXES = (".webp", ".jpg", ".png")


def main() -> None:
    """Run the comparison; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", type=Path, help="folder of aligned crops")
    parser.add_argument("work", type=Path, help="folder for the results")
    parser.add_argument("--count", type=int, default=100, help="number of faces")
    parser.add_argument("--weights", default="studio", help="set of weights")
    parser.add_argument("--kill", action="store_true", help="kill a node in the middle of both steps; another joins")
    parser.add_argument(
        "--steps", nargs="+", default=["parse", "render"], help="of these two, the later needs the first"
    )
    parser.add_argument("--together", action="store_true", help="both ways at the same time")
    options = parser.parse_args()
    photos = sorted(file for file in options.faces.rglob("*") if file.suffix in _SUFFIXES)[: options.count]
    if len(photos) < options.count:
        sys.exit(f"{options.faces} holds {len(photos)} faces only.")
    faces = options.work / "faces"
    faces.mkdir(parents=True, exist_ok=True)
    for number, photo in enumerate(photos):  # those of different folders may have the same name
        link = faces / f"{number:06d}{photo.suffix}"
        link.unlink(missing_ok=True)
        link.symlink_to(photo.resolve())
    # Ray's workers would wait behind all others, and see no program but an installed one.
    root = str(Path(__file__).resolve().parents[2])
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0", "PYTHONPATH": root}
    with _start_cluster() as nodes:
        cluster = Way("Ray", ["--cluster", nodes.address, "--cores", "1"], nodes if options.kill else None)
        ways = [Way("pool", ["--workers", "2"]), cluster]
        threads = [threading.Thread(target=way.run, args=(faces, options)) for way in ways]
        for thread in threads:
            thread.start()
            if not options.together:
                nodes.look_after(thread)
        for thread in threads:
            nodes.look_after(thread)
    print(json.dumps(_describe(ways, options.work, options.count), indent=1))


class Way:
    """A batch of two steps by one back end.

    Attributes:
        name: of the back end.
        done: seconds from the beginning to each result.
        steps: seconds that each step took.
    """

    def __init__(self, name: str, words: list[str], nodes: _Nodes | None = None) -> None:
        self.name, self._words, self._nodes = name, words, nodes
        self.done: list[float] = []
        self.steps: dict[str, float] = {}

    def run(self, faces: Path, options: argparse.Namespace) -> None:
        """Do the steps."""
        begun = time.perf_counter()
        folder = options.work / self.name
        for step in options.steps:
            start = time.perf_counter()
            command = [*_command(step, faces, folder), "--weights", options.weights, *self._words]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            for number, _ in enumerate(process.stdout, 1):
                self.done.append(time.perf_counter() - begun)
                if self._nodes is not None and number == options.count // 2:
                    self._nodes.one_dies.set()
            if process.wait():
                print(f"{self.name} failed.", file=sys.stderr)
                return
            self.steps[step] = time.perf_counter() - start


def _describe(ways: list[Way], work: Path, count: int) -> dict[str, object]:
    found = [_read(work / way.name) for way in ways]
    # Where both run at once, the second has the machine to itself when the first is done.
    first = min(way.done[-1] for way in ways)
    then = [sum(second <= first for second in way.done) for way in ways]
    together = sum(way.done[-1] for way in ways) > 1.5 * max(way.done[-1] for way in ways)
    return {
        "faces": count,
        "complete": all(len(files) == 3 * count for files in found),
        "identical": found[0] == found[1],
        "seconds": {way.name: {step: round(value, 1) for step, value in way.steps.items()} for way in ways},
        "results when the first was done": dict(zip([way.name for way in ways], then, strict=True)),
        "Ray / pool": round(ways[1].done[-1] / ways[0].done[-1], 3),
    } | ({"Ray / pool, until the first was done": round(then[0] / then[1], 3)} if together else {})


def _command(step: str, faces: Path, folder: Path) -> list[str]:
    program = [sys.executable, "-m", "maskgan_studio", step]
    if step == "parse":
        return [*program, str(faces), "--aligned", "-o", str(folder / "masks")]
    photos = sorted(faces.absolute().iterdir())
    table = folder / "pairs.csv"
    with table.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("photo", "mask", "target_mask", "name"))
        for photo, shape in zip(photos, [*photos[1:], photos[0]], strict=True):
            masks = [folder.absolute() / "masks" / f"{face.stem}.png" for face in (shape, photo)]
            writer.writerow((photo, *masks, photo.stem))
    return [*program, "--pairs", str(table), "--aligned", "-o", str(folder / "results")]


class _Nodes:
    """A head and a second node, of a core each."""

    def __init__(self, cluster: Any) -> None:
        self._cluster = cluster
        self._add(include_dashboard=False, _system_config=_CONFIG)
        self.address: str = cluster.address
        self._second = self._add()
        self.one_dies = threading.Event()

    def _add(self, **options: Any) -> Any:
        for _ in range(_ATTEMPTS):
            before = _list_children()
            try:
                return self._cluster.add_node(num_cpus=1, object_store_memory=_STORE, **options)
            except Exception as error:  # Ray raises no narrower one where a busy machine lets it wait for half a minute
                print(f"A node did not start: {error}", file=sys.stderr, flush=True)
                for process in _list_children() - before:  # it must not come up later
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
        raise SystemExit("No node starts on this machine.")

    def look_after(self, thread: threading.Thread) -> None:
        """Wait for a thread; where ``one_dies`` is set, kill the second node and start another. Ray wants that to be
        done by the main thread."""
        while thread.is_alive():
            if self.one_dies.wait(0.2):
                self.one_dies.clear()
                self._cluster.remove_node(self._second, allow_graceful=False)
                print("A node has been killed.", file=sys.stderr, flush=True)
                self._second = self._add()


def _list_children() -> set[int]:
    """Processes that this thread has started."""
    return {int(name) for name in Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()}


@contextmanager
def _start_cluster() -> Iterator[_Nodes]:
    try:
        from ray.cluster_utils import Cluster
    except ModuleNotFoundError as error:
        raise SystemExit(f"This script needs Ray ({error}): pip install 'maskgan-studio[cluster]'") from error
    cluster = Cluster()
    try:
        yield _Nodes(cluster)
    finally:
        cluster.shutdown()


def _read(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix != ".csv"]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


if __name__ == "__main__":
    main()
