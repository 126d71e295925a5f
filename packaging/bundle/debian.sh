#!/bin/sh
# Make the Debian package of a frozen folder; bundle.sh calls it.
#   sh debian.sh FOLDER WORK VERSION OUTPUT
set -eu
folder=$1 work=$2 version=$3 output=$4
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
tree=$work/debian
architecture=$(dpkg --print-architecture)
rm -rf "$tree"
umask 022
share=$tree/usr/share
mkdir -p "$tree/DEBIAN" "$tree/opt" "$tree/usr/bin" "$share/applications" "$share/mime/packages" "$share/man/man1" \
    "$share/icons/hicolor/scalable/apps" "$share/doc/maskgan-studio" "$share/bash-completion/completions" \
    "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"
cp -a "$folder" "$tree/opt/maskgan-studio"
ln -s /opt/maskgan-studio/maskgan-studio "$tree/usr/bin/maskgan-studio"
cp "$root/resources/desktop/maskgan-studio.desktop" "$share/applications/"
cp "$root/resources/desktop/maskgan-studio.xml" "$share/mime/packages/"
cp "$root/resources/icons/maskgan-studio.svg" "$share/icons/hicolor/scalable/apps/"
gzip -9n <"$work/pages/maskgan-studio.1" >"$share/man/man1/maskgan-studio.1.gz"
cp "$work/pages/completion.bash" "$share/bash-completion/completions/maskgan-studio"
cp "$work/pages/completion.zsh" "$share/zsh/vendor-completions/_maskgan-studio"
cp "$work/pages/completion.fish" "$share/fish/vendor_completions.d/maskgan-studio.fish"
gzip -9n <"$root/CHANGELOG.md" >"$share/doc/maskgan-studio/changelog.gz"
{
    echo "MaskGAN Studio"
    echo
    cat "$root/LICENSE"
    echo
    echo "What others made and is inside: /opt/maskgan-studio/THIRD-PARTY-LICENCES.txt"
    echo "Terms of the weights: /opt/maskgan-studio/_internal/maskgan_studio/models/studio/README.md"
} >"$share/doc/maskgan-studio/copyright"
depends=$(python3 "$root/packaging/bundle/debian_depends.py" "$folder")
cat >"$tree/DEBIAN/control" <<CONTROL
Package: maskgan-studio
Version: $version
Architecture: $architecture
Maintainer: The MaskGAN Studio developers <maskgan-studio@localhost>
Section: graphics
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f1)
Depends: $depends
Recommends: desktop-file-utils, shared-mime-info
Description: editor for portraits by their face masks
 Paint the parts of a face, and a neural network re-renders it in the photo's
 own style while you paint. The edit is laid back into the untouched photo at
 its full size. Editor and command line; brings its own Python.
CONTROL
(cd "$tree" && find opt usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
dpkg-deb --root-owner-group -Zxz "-z${XZ_LEVEL:-6}" --threads-max="$(nproc)" --build "$tree" \
    "$output/maskgan-studio_${version}_$architecture.deb" >/dev/null
