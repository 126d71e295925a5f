"""Label maps as text for JSON files: compressed, in Base64."""

from __future__ import annotations

import base64
import zlib

import numpy as np

__all__ = ["pack_labels", "unpack_labels"]


def pack_labels(labels: np.ndarray) -> str:
    """Pack a (H, W) uint8 label map."""
    return base64.b64encode(zlib.compress(np.ascontiguousarray(labels, np.uint8).tobytes(), 9)).decode()


def unpack_labels(text: str, shape: tuple[int, int]) -> np.ndarray:
    """Return a label map of a shape (H, W), uint8 of any value; raises ValueError for what ``pack_labels`` did not make
    of such a one."""
    size = shape[0] * shape[1]
    try:
        # Damaged or hostile text may unpack to far more.
        values = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), size + 1)
    except zlib.error as error:
        raise ValueError("no packed label map") from error
    return np.frombuffer(values, np.uint8).reshape(shape).copy()
