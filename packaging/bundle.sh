#!/bin/sh
# Make what a release offers, in dist/: wheel, sdist, a Linux folder with its own Python (tar.xz), a Debian package of the
# same, a list of the licences inside, SHA-256 sums. Needs Python 3.11 or newer, xz, and dpkg-deb for the package.
#   sh packaging/bundle.sh
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
. "$root/packaging/environment.sh"
venv=$root/build/bundle-environment
python=$venv/bin/python
work=$root/build/bundle-work
folder=$root/build/bundle/maskgan-studio

make_environment() {
    # Its own environment: what is not in it cannot get into the bundle.
    wanted=$(cat pyproject.toml packaging/constraints.txt packaging/bundle/requirements.txt | cksum)
    [ "$(cat "$venv/ready" 2>/dev/null)" = "$wanted" ] && return
    found=$(find_python) || exit 1
    say "Making the environment $venv with $found ..."
    "$found" -m venv --clear "$venv"
    if [ "$(uname -s)" = Linux ]; then
        install_into --no-deps --extra-index-url https://download.pytorch.org/whl/cpu "$(grep '^torch==' packaging/constraints.txt)"
    fi
    install_into --constraint packaging/constraints.txt --requirement packaging/bundle/requirements.txt
    printf '%s\n' "$wanted" >"$venv/ready"
}

install_into() {
    "$python" -m pip install --quiet --disable-pip-version-check "$@" >&2 || fail "the installation failed (see above)."
}

make_environment
rm -rf dist build/bundle "$work"
say "Wheel and sdist ..."
"$python" -m build --no-isolation --outdir dist . >/dev/null
# The bundle is made of the wheel, as somebody else would install it.
install_into --no-deps --force-reinstall dist/*.whl
version=$(cd / && "$python" -c 'import maskgan_studio; print(maskgan_studio.__version__)')

say "Freezing ..."
"$venv/bin/pyinstaller" --noconfirm --log-level WARN packaging/bundle/maskgan-studio.spec \
    --distpath build/bundle --workpath "$work"
"$python" packaging/bundle/licences.py "$work/maskgan-studio/inside.json" "$folder/THIRD-PARTY-LICENCES.txt"
cp LICENSE "$folder/LICENSE.txt"
cp packaging/bundle/start.sh "$folder/start.sh"
chmod 755 "$folder/start.sh"
mkdir -p "$work/pages"
for shell in bash zsh fish; do
    (cd / && _MASKGAN_STUDIO_COMPLETE=source_$shell "$venv/bin/maskgan-studio") >"$work/pages/completion.$shell"
done
"$python" packaging/bundle/man_page.py >"$work/pages/maskgan-studio.1"
say "Trying it ..."
in_bundle() {
    (cd / && env -i HOME="$work/home" PATH=/usr/bin:/bin QT_QPA_PLATFORM=offscreen "$folder/maskgan-studio" "$@")
}
[ "$(in_bundle --version)" = "maskgan-studio $version" ] || fail "the bundle does not start."
in_bundle doctor >&2 || fail "the bundle is not whole (see above)."

say "Packing (minutes) ..."
name=maskgan-studio-$version-linux-$(uname -m)
ln -sfn "$folder" "build/bundle/$name"
tar --directory build/bundle --dereference --owner 0 --group 0 --sort name --create "$name" |
    xz -T0 "-${XZ_LEVEL:-6}" >"dist/$name.tar.xz"
if command -v dpkg-deb >/dev/null 2>&1; then
    sh packaging/bundle/debian.sh "$folder" "$work" "$version" dist
else
    say "No dpkg-deb here: no Debian package."
fi
cp "$folder/THIRD-PARTY-LICENCES.txt" dist/
(cd dist && sha256sum -- * >SHA256SUMS)
largest=$((350 * 1024 * 1024))
for file in dist/*; do
    size=$(wc -c <"$file")
    printf '%7.1f MiB  %s\n' "$(echo "$size" | awk '{ print $1 / 1048576 }')" "$file"
    [ "$size" -le "$largest" ] || fail "$file is larger than 350 MiB."
done
