"""Small safetensors files that projects keep, as bytes. Knows no torch."""

from __future__ import annotations

import json

import numpy as np

__all__ = ["read_safetensors_bytes"]


def read_safetensors_bytes(data: bytes) -> tuple[dict[str, str], dict[str, np.ndarray]]:
    """Metadata and arrays of a safetensors file, whose own reader leaves the metadata out.

    Raises:
        SafetensorError, ValueError, KeyError: it is none, or has no metadata.
    """
    from safetensors.numpy import load

    arrays = load(data)
    length = int.from_bytes(data[:8], "little")
    return json.loads(data[8 : 8 + length])["__metadata__"], arrays
