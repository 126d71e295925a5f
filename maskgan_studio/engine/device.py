"""Which device computes."""

from __future__ import annotations

import torch

from maskgan_studio.errors import StudioError


def choose_device(name: str = "auto") -> torch.device:
    """Turn ``auto``, ``cpu``, ``cuda``, ``cuda:1`` or ``mps`` into a device of this machine.

    Args:
        name: ``auto`` takes CUDA, then Apple's MPS, then the CPU.

    Raises:
        StudioError: the name is unknown, or this machine has no such device.
    """
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda", torch.cuda.current_device())
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise StudioError("There is no device {name}; choose auto, cpu, cuda or mps.", name=repr(name)) from error
    if device.type == "cpu":
        return torch.device("cpu")
    if device.type == "cuda" and torch.cuda.is_available() and (device.index or 0) < torch.cuda.device_count():
        return torch.device("cuda", device.index or 0)
    if device.type == "mps" and torch.backends.mps.is_available():
        return device
    raise StudioError(
        "This machine has no device {name} that torch {version} can use; choose auto or cpu.",
        name=repr(name),
        version=torch.__version__,
    )


def device_title(device: torch.device) -> str:
    """Name of a device for users: ``CPU``, ``MPS`` or the graphics card's own name."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type.upper()
