#!/bin/sh
# Start MaskGAN Studio from this folder, wherever it lies; says what is missing where the window cannot open.
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
screen=$here/_internal/PySide6/Qt/plugins/platforms/libqxcb.so
missing=$(LD_LIBRARY_PATH=$here/_internal:$here/_internal/PySide6/Qt/lib ldd "$screen" 2>/dev/null |
    awk '/not found/ && !seen[$1]++ { print $1 }' | tr '\n' ' ')
if [ -n "$missing" ]; then
    message="MaskGAN Studio needs libraries of the system that are not installed: $missing"
    printf '%s\n' "$message" >&2
    # Started by a click, nobody reads a terminal.
    [ -t 2 ] || notify-send "MaskGAN Studio" "$message" 2>/dev/null || :
fi
exec "$here/maskgan-studio" "$@"
