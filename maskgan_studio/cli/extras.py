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


def require_extra(name: str) -> None:
    """Raise StudioError with what to install where the libraries of an extra are missing."""
    missing = [module for module in _MODULES[name] if find_spec(module) is None]
    if missing and is_bundle():
        raise StudioError(
            "This command is not part of the program that you installed, which is for editing alone; the way to train "
            "and evaluate is Python: pip install 'maskgan-studio[{extra}]'",
            extra=name,
        )
    if missing:
        raise StudioError(
            "This command needs {libraries}, which an editor does without; install them with: "
            "pip install 'maskgan-studio[{extra}]'",
            libraries=", ".join(missing),
            extra=name,
        )
