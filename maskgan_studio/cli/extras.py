"""Commands whose libraries are installed by choice."""

from __future__ import annotations

from importlib.util import find_spec

from maskgan_studio.errors import StudioError
from maskgan_studio.paths import is_bundle

#: The extras of pyproject.toml that commands need, with the modules that show that they are installed.
_MODULES = {
    "training": ("lightning_fabric", "tensorboard", "webdataset"),
    "cluster": ("ray",),
    "evaluation": ("torchmetrics", "matplotlib", "jinja2"),
}
#: Those that an option of a command needs, not all of it.
_OPTIONS = {"cluster": "--cluster"}


def require_extra(name: str) -> None:
    """Raise StudioError with what to install where the libraries of an extra are missing."""
    what = _OPTIONS.get(name, "This command")
    missing = [module for module in _MODULES[name] if find_spec(module) is None]
    if missing and is_bundle():
        raise StudioError(
            "{what} is not part of the program that you installed, which is for editing alone; the way is Python: "
            "pip install 'maskgan-studio[{extra}]'",
            what=what,
            extra=name,
        )
    if missing:
        raise StudioError(
            "{what} needs {libraries}, which an editor does without: pip install 'maskgan-studio[{extra}]'",
            what=what,
            libraries=", ".join(missing),
            extra=name,
        )
