"""A batch on a Ray cluster of two nodes of this machine: what local work makes, though a node dies in the middle."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from maskgan_studio.batch import Backend
from maskgan_studio.cli import main
from maskgan_studio.errors import StudioError
from maskgan_studio.networks import FaceParser
from maskgan_studio.photo.datasets import open_source
from maskgan_studio.training.data.labelling import LabelJob, LabelSettings

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra [cluster] is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    patch = pytest.MonkeyPatch()
    patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    from ray.cluster_utils import Cluster

    small = {"num_cpus": 1, "object_store_memory": 80 * 2**20, "include_dashboard": False}
    # A lost node is noticed after three seconds.
    small["_system_config"] = {"health_check_period_ms": 1000, "health_check_failure_threshold": 3}
    found = Cluster(initialize_head=True, head_node_args=small)
    yield found
    found.shutdown()
    patch.undo()


@pytest.fixture
def settings() -> LabelSettings:
    import torch

    torch.manual_seed(0)
    return LabelSettings(FaceParser(width=4), "cpu")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@needs_ray
def test_a_node_that_dies_gives_its_work_back(cluster, settings, faces, tmp_path, capsys):
    samples = open_source(str(faces / "CelebA-HQ-img")).samples
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"no picture")
    samples = [*samples, replace(samples[0], name="bad", image=bad)]
    here = [LabelJob(sample, tmp_path / "here") for sample in samples]
    assert sum(problem is not None for _, problem in Backend().run(here, settings)) == 1

    second = cluster.add_node(num_cpus=1, object_store_memory=80 * 2**20)
    backend = Backend(cluster=cluster.address, cores=1)
    done = {}
    for job, problem in backend.run([LabelJob(sample, tmp_path / "there") for sample in samples], settings):
        done[job.about] = problem
        if second is not None and len(done) > 2:
            cluster.remove_node(second, allow_graceful=False)
            second = None
    assert len(done) == len(samples)
    (failure,) = [(about, problem) for about, problem in done.items() if problem is not None]
    assert failure[0] == bad and isinstance(failure[1], StudioError) and "bad.jpg" in str(failure[1])
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert capsys.readouterr().out == ""  # Ray tells much about a lost node, but the answer stands alone


@needs_ray
def test_a_network_that_cannot_be_made_is_one_error(cluster, tiny_set, faces, tmp_path, capsys):
    photos = sorted((faces / "CelebA-HQ-img").glob("*.jpg"))[:2]
    words = ["parse", *photos, "-o", tmp_path, "--weights", tiny_set, "--device", "cuda:7", "--aligned"]
    with pytest.raises(SystemExit) as end:
        main([*map(str, words), "--cluster", cluster.address])
    assert end.value.code == 1
    assert "No node of the cluster can work" in capsys.readouterr().err


@needs_ray
def test_no_cluster_is_one_sentence(tmp_path, settings, faces):
    job = LabelJob(open_source(str(faces / "CelebA-HQ-img")).samples[0], tmp_path)
    with pytest.raises(StudioError, match=r"no Ray cluster at 127.0.0.1:1 .*ray start --head"):
        list(Backend(cluster="127.0.0.1:1").run([job], settings))


def test_without_the_extra_a_sentence_says_what_to_install(faces, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("maskgan_studio.cli.extras.find_spec", lambda name: None)
    with pytest.raises(SystemExit) as end:
        main(["parse", str(faces / "CelebA-HQ-img"), "-o", str(tmp_path), "--cluster", "auto"])
    assert end.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "--cluster needs ray" in line and "pip install 'maskgan-studio[cluster]'" in line


def test_nothing_loads_ray_unless_asked():
    code = "import sys, maskgan_studio.cli.commands, maskgan_studio.batch; print('ray' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@needs_ray
@pytest.mark.parametrize(("protocol", "others"), [("style-copy", ["pool", "Ray"]), ("parser", ["Ray"])])
def test_pictures_of_an_evaluation_have_the_figures_of_one_process(
    protocol, others, cluster, tiny_set, faces, tmp_path
):
    backends = {"here": [], "pool": ["--workers", "2"], "Ray": ["--cluster", cluster.address, "--cores", "1"]}
    judge = [] if protocol == "parser" else ["--judge", str(tiny_set)]
    figures = []
    for name in ["here", *others]:
        report = tmp_path / name / "report.html"
        words = ["evaluate", protocol, "--data", faces, "-o", report, "--weights", tiny_set, "--count", 2]
        with pytest.raises(SystemExit) as end:
            main([*map(str, words), *backends[name], *judge, "--pictures", "0", "--device", "cpu"])
        assert end.value.code in (0, None)
        figures.append(json.loads(report.with_suffix(".json").read_text())["figures"])
        assert not list(report.parent.glob(".pictures*"))  # nothing is left of what was rendered ahead
    assert figures[0] and all(found == figures[0] for found in figures)
