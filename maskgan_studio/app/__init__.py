"""The window. Importing it loads Qt when a name is used, and never torch."""

from __future__ import annotations

from pathlib import Path


def run(paths: list[Path], weights: str, device: str, new_window: bool = False) -> int:
    """Open the editor, with files if some are given, and return the exit status when its window is closed.

    Args:
        paths: photos, masks, a project or a folder of weights.
        weights: name or folder of the set to render with.
        device: "auto", "cpu", "cuda", "mps".
        new_window: also where a window is open that could take the files.
    """
    from maskgan_studio.app.application import run_application

    return run_application(paths, weights, device, new_window)
