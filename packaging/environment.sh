# Sourced by run.sh and test.sh: makes .venv beside the sources hold this package and all it needs.
# Expects $root, the checkout. POSIX sh.

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "MaskGAN Studio: $*"
    exit 1
}

# The first Python that is new enough and able to make environments.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer with pip and venv is needed (Debian, Ubuntu: apt install python3 python3-pip python3-venv)."
}

has_nvidia_driver() {
    [ -e /proc/driver/nvidia/version ] || command -v nvidia-smi >/dev/null 2>&1
}

# What the environment depends on; where it has not changed, there is nothing to install.
fingerprint() {
    { printf '%s\n' "$root"; has_nvidia_driver && echo nvidia; cat "$root/pyproject.toml" "$root/packaging/constraints.txt"; } | cksum
}

# Install the package with the given extras ("training,evaluation", "dev,training,evaluation"), unless that has been done.
prepare() {
    wanted=$(fingerprint)
    extras=$(echo "$1" | tr , ' ')
    for extra in $extras; do
        if [ "$(cat "$root/.venv/installed-$extra" 2>/dev/null)" != "$wanted" ]; then
            install_packages "$1"
            for installed in $extras; do
                printf '%s\n' "$wanted" >"$root/.venv/installed-$installed"
            done
            break
        fi
    done
    if [ ! -e "$root/.venv/qt-ready" ]; then
        if install_qt_libraries; then
            : >"$root/.venv/qt-ready"
        fi
    fi
}

install_packages() {
    if ! "$root/.venv/bin/python" -c '' 2>/dev/null; then
        python=$(find_python) || exit 1
        say "Making the environment $root/.venv with $python ..."
        "$python" -m venv --clear "$root/.venv" || fail "the environment could not be made (see above)."
    fi
    say "Installing MaskGAN Studio [$1]; this takes a few minutes the first time ..."
    if [ "$(uname -s)" = Linux ] && ! has_nvidia_driver; then
        # The ordinary Linux build brings gigabytes of CUDA. A local version like 2.13.0+cpu counts as the pinned one and
        # is preferred; where the index with the CPU builds is out of reach, the ordinary build follows below.
        pip_install --no-deps --retries 1 --timeout 15 --extra-index-url https://download.pytorch.org/whl/cpu \
            "$(grep '^torch==' "$root/packaging/constraints.txt")" || say "No CPU build of torch to be had; taking the ordinary one."
    fi
    pip_install --constraint "$root/packaging/constraints.txt" --editable "$root[$1]" ||
        fail "the installation failed (see above); with the network back, run this command again."
}

pip_install() {
    "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >&2
}

# Succeeds when every library is there.
install_qt_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    packages=$("$root/.venv/bin/python" "$root/packaging/qt_libraries.py")
    [ -n "$packages" ] || return 0
    if command -v apt-get >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ]; then
            as_root=
        elif sudo -n true 2>/dev/null; then
            as_root="sudo -n"
        else
            say "The window needs system libraries; please run:  sudo apt-get install $packages"
            return 1
        fi
        say "Installing Qt's system libraries: $packages"
        # shellcheck disable=SC2086 # one word per package
        { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends $packages; } >&2 && return 0
        say "They could not be installed; please run:  apt-get install $packages"
    else
        say "The window needs the libraries that Debian calls: $packages"
    fi
    return 1
}
