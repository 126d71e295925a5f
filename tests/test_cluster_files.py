"""The scripts and manifests for clusters are what their own linters accept."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "packaging" / "cluster"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="only in a checkout")


def lint(*command: str, suffix: str) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    files = sorted(map(str, FOLDER.glob(f"*{suffix}")))
    assert files
    for file in files:
        run = subprocess.run([*command, file], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr


def test_scripts_are_bash():
    lint("bash", "-n", suffix=".sh")


def test_scripts_pass_shellcheck():
    lint("shellcheck", suffix=".sh")


def test_manifests_are_yaml():
    lint("yamllint", "-d", "{extends: default, rules: {line-length: {max: 130}}}", suffix=".yaml")


def test_what_torchrun_runs_resumes():
    """A restarted process without --resume would refuse the run's folder."""
    for name in ("train.slurm.sh", "train.kubernetes.yaml"):
        text = (FOLDER / name).read_text()
        assert "--resume" in text and "TORCH_DISABLE_SHARE_RDZV_TCP_STORE" in text
