#!/bin/sh
# Prove the Debian package where nothing is installed: in a bare Debian without Python, install it with apt, open photos in
# its window by argument and by their type, paint a stroke with the mouse, export, look at the export; install it over
# itself, and remove it without leaving a file. Needs root, debootstrap, Xvfb, xdotool and ImageMagick; takes minutes.
#   sh packaging/try_bundle.sh DEB [PICTURES]        PICTURES: folder for screenshots, build/try-bundle by default
# BARE=FOLDER keeps the bare system for the next time. SCREEN=:N takes another X display, SUITE= and MIRROR= another Debian.
set -eu
deb=$(readlink -f -- "$1")
pictures=${2:-build/try-bundle}
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
screen=${SCREEN:-:84}
bare=${BARE:-}
root=$(mktemp -d)/root
[ "$(id -u)" = 0 ] || { echo "Run this as root: it makes a Debian system in a folder." >&2; exit 1; }
mkdir -p "$pictures"
xserver='' editor=''

clean_up() {
    [ -z "$xserver" ] || kill "$xserver" 2>/dev/null || :
    end_programs
    for place in proc dev tmp/.X11-unix; do
        mountpoint -q "$root/$place" && umount "$root/$place" || :
    done
    if ! mountpoint -q "$root/proc" && ! mountpoint -q "$root/dev"; then
        rm -rf "${root%/root}"
    fi
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# Those that run in the bare system, and no others.
end_programs() {
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root" 2>/dev/null)" != "$root" ] || kill "${process#/proc/}" 2>/dev/null || :
    done
}

say() { printf '%s\n' "== $*"; }
fail() { picture failed || :; printf '%s\n' "FAILED: $*" >&2; exit 1; }
in_root() { chroot "$root" /bin/sh -c "$1"; }
# As a person with a screen; nothing of this machine's environment comes along.
as_person() {
    chroot "$root" /usr/bin/env -i HOME=/home/tester USER=tester LANG=C.UTF-8 PATH=/usr/bin:/bin DISPLAY="$screen" \
        XDG_RUNTIME_DIR=/home/tester/run su tester --preserve-environment --command "cd && $1"
}
on_screen() { DISPLAY=$screen "$@"; }
picture() { on_screen import -window root "$pictures/$1.png"; }
# Wait for a condition, at most so many seconds.
wait_for() {
    patience=$1
    shift
    while ! "$@" >/dev/null 2>&1; do
        patience=$((patience - 1))
        [ "$patience" -gt 0 ] || return 1
        sleep 1
    done
}
window_named() { on_screen xdotool search --onlyvisible --name "$1"; }
# The window stands still: two pictures of the screen in a row are the same.
is_still() {
    on_screen import -window root -crop "100%x93%+0+0" "$root/../now.png"
    cmp -s "$root/../now.png" "$root/../before.png" && return 0
    mv "$root/../now.png" "$root/../before.png"
    return 1
}
no_program_left() { [ -z "$(in_root 'find / -xdev \( -path /proc -o -path /home -o -path /tmp \) -prune -o -iname "*maskgan*" -print')" ]; }

say "A bare Debian ($suite) ..."
if [ -n "$bare" ] && [ -d "$bare/usr" ]; then
    cp -a "$bare" "$root"
else
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$pictures/debootstrap.log"
    [ -z "$bare" ] || cp -a "$root" "$bare"
fi
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix"
! in_root 'command -v python3 || command -v python' || fail "there is a Python already."
cp "$deb" "$root/tmp/package.deb"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

say "Installing with apt ..."
in_root 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends /tmp/package.deb' \
    >"$pictures/apt.log" 2>&1 || { tail -5 "$pictures/apt.log"; fail "apt cannot install the package."; }
! in_root 'command -v python3 || command -v python' || fail "the package brought a Python of the system along."
in_root 'dpkg -L maskgan-studio' | sort >"$pictures/files.txt"
in_root 'useradd --create-home tester && mkdir -p /home/tester/run && chmod 700 /home/tester/run'
# People that do not exist, drawn by the program's own networks.
samples=$(grep '/samples/.*\.png$' "$pictures/files.txt" | head -2)
first=/home/tester/first.png second=/home/tester/second.png
cp "$root$(echo "$samples" | sed -n 1p)" "$root$first"
cp "$root$(echo "$samples" | sed -n 2p)" "$root$second"
in_root 'chown -R tester: /home/tester'
as_person 'maskgan-studio --version'
in_root 'test -s /usr/share/man/man1/maskgan-studio.1.gz'
in_root 'test -s /usr/share/bash-completion/completions/maskgan-studio'

say "A window by argument ..."
Xvfb "$screen" -screen 0 1600x1000x24 >"$pictures/xvfb.log" 2>&1 &
xserver=$!
wait_for 20 on_screen xdotool getdisplaygeometry || fail "no Xvfb."
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
# What every desktop has: it knows which program opens which type of file.
in_root 'DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends desktop-file-utils shared-mime-info \
    libglib2.0-bin' >>"$pictures/apt.log" 2>&1
as_person 'maskgan-studio doctor' || fail "doctor is not content."
as_person 'mkdir -p .config/maskgan-studio && printf "[tour]\nseen=true\n" >.config/maskgan-studio/settings.ini' || :
for round in warm-up timed; do
    start=$(date +%s%N)
    as_person "exec maskgan-studio $first" >"$pictures/editor.log" 2>&1 &
    editor=$!
    until window_named 'MaskGAN Studio' >/dev/null 2>&1; do
        sleep 0.05
        kill -0 "$editor" || { cat "$pictures/editor.log"; fail "the editor ended."; }
    done
    say "the window stands after $((($(date +%s%N) - start) / 1000000)) ms ($round)"
    [ "$round" = timed ] || { end_programs; wait "$editor" || :; }
done
wait_for 120 window_named '^first' || fail "the photo given as an argument did not open."
wait_for 60 is_still || :
picture 1-by-argument

say "Another photo by its type, into the same window ..."
as_person "gio mime image/png" | grep -q 'maskgan-studio.desktop' || fail "photos are not opened with the program."
as_person "gio mime image/openraster" | grep -q 'maskgan-studio.desktop' || fail "projects are not opened with the program."
as_person "gio open $second"
wait_for 120 window_named '^second' || fail "the photo opened by its type did not arrive."
[ "$(on_screen xdotool search --onlyvisible --name 'MaskGAN Studio' | wc -l)" = 1 ] || fail "there is a second window."
wait_for 60 is_still || :
picture 2-by-type

say "A stroke with the mouse ..."
window=$(window_named '^second' | head -1)
on_screen xdotool windowfocus --sync "$window" key --window "$window" b
# Hair beside the head in the left picture: key and place as in the window's first arrangement.
on_screen xdotool key 9 mousemove ${STROKE_FROM:-420 300} mousedown 1
for step in 1 2 3 4 5 6 7 8 9 10 11 12; do
    on_screen xdotool mousemove_relative 8 1
done
on_screen xdotool mouseup 1
wait_for 60 window_named '^second.*\*' || fail "the stroke changed nothing."
wait_for 60 is_still || :
picture 3-stroke

say "Export ..."
on_screen xdotool key ctrl+e
wait_for 30 window_named '^Export$' || fail "there is no dialog to export."
options=$(window_named '^Export$' | head -1)
picture 4-options
on_screen xdotool windowfocus --sync "$options" key Return
# The dialog that asks for the file has the same title.
file_dialog() { window_named '^Export$' | grep -v "^$options\$"; }
wait_for 30 file_dialog || fail "nobody asked where to export to."
on_screen xdotool windowfocus --sync "$(file_dialog | head -1)" key ctrl+a type --delay 20 /home/tester/edited.png
picture 4-dialog
on_screen xdotool key Return
wait_for 90 test -s "$root/home/tester/edited.png" || fail "nothing was exported."
wait_for 60 is_still || :
picture 5-exported
cp "$root/home/tester/edited.png" "$pictures/export.png"
changed=$(compare -metric AE -fuzz 4% "$root$second" "$pictures/export.png" null: 2>&1 | cut -d. -f1) || :
pixels=$(identify -format '%[fx:w*h]' "$root$second")
say "$changed of $pixels pixels differ from the photo"
[ "$changed" -gt 300 ] && [ "$changed" -lt $((pixels / 2)) ] || fail "the export is not the photo with a stroke."

say "Closing ..."
window=$(window_named '^second' | head -1)
on_screen xdotool windowfocus --sync "$window" key ctrl+q
wait_for 20 window_named 'Unsaved changes' || fail "nobody asked about unsaved work."
on_screen xdotool windowfocus --sync "$(window_named 'Unsaved changes' | head -1)" key Tab space
wait_for 30 sh -c "! kill -0 $editor" || fail "the window does not close."

say "The command line, over itself, and away ..."
as_person "maskgan-studio parse $first -o masks" || fail "parse failed."
in_root 'DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --reinstall /tmp/package.deb' >>"$pictures/apt.log" 2>&1 ||
    fail "it cannot be installed over itself."
in_root 'dpkg -L maskgan-studio' | sort | cmp - "$pictures/files.txt" || fail "the files are others after that."
in_root 'cd / && dpkg --verify maskgan-studio' | grep . && fail "files were changed by using the program."
as_person 'maskgan-studio --version'
in_root 'DEBIAN_FRONTEND=noninteractive apt-get purge -qq -y maskgan-studio' >>"$pictures/apt.log" 2>&1
rm "$root/tmp/package.deb"
no_program_left || { in_root 'find / -xdev -iname "*maskgan*" | head'; fail "files were left behind."; }
say "All is well; look at the pictures in $pictures."
