#!/bin/sh
# Start MaskGAN Studio; the first time, install it into .venv beside the sources.
#   sh packaging/run.sh [PHOTO]        any further words go to maskgan-studio
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/packaging/environment.sh"
prepare training,evaluation
exec "$root/.venv/bin/python" -m maskgan_studio "$@"
