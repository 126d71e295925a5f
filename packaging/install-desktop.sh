#!/bin/sh
# Put MaskGAN Studio into the user's menu and let it open projects (.ora); --remove takes it out again.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/maskgan-studio.desktop
type=$data/mime/packages/maskgan-studio.xml
icon=$data/icons/hicolor/scalable/apps/maskgan-studio.svg

if [ "${1-}" = --remove ]; then
    rm -f "$entry" "$type" "$icon"
else
    mkdir -p "${entry%/*}" "${type%/*}" "${icon%/*}"
    # The entry starts this checkout; quoting as the Desktop Entry Specification has it.
    quoted=$(printf '%s' "$root/packaging/run.sh" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g; s/[&|\\]/\\&/g')
    sed "s|^Exec=.*|Exec=sh \"$quoted\" %F|" "$root/packaging/maskgan-studio.desktop" >"$entry"
    cp "$root/packaging/maskgan-studio-mime.xml" "$type"
    cp "$root/resources/icons/maskgan-studio.svg" "$icon"
fi
# Desktops without these tools read the folders themselves.
! command -v update-mime-database >/dev/null || update-mime-database "$data/mime"
! command -v update-desktop-database >/dev/null || update-desktop-database "$data/applications"
