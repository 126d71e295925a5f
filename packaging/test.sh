#!/bin/sh
# Install MaskGAN Studio with its tools into .venv, then check style, types and import contracts and run all tests.
#   sh packaging/test.sh [PYTEST ARGUMENT...]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/environment.sh"
prepare dev,training,evaluation
cd "$root"
export QT_QPA_PLATFORM=offscreen
.venv/bin/python -m ruff check .
.venv/bin/python -m ruff format --check .
.venv/bin/lint-imports --no-cache
.venv/bin/python -m mypy
# A process for each core, which then needs no threads of its own; a file's tests share what they set up. Programs that
# the tests start find the program compiled.
PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 .venv/bin/python -m pytest -n auto --dist loadfile "$@"
