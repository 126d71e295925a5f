"""Bands of rows in which photos are worked through."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["split_into_bands"]

# As float32 colours, a and a half megabytes: what is made of a band meets it in the processor's cache.
_PIXELS = 2**17


def split_into_bands(top: int, bottom: int, width: int) -> Iterator[slice]:
    """The rows from ``top`` to ``bottom`` (exclusive) in bands of about as many pixels each.

    As float32, a face of a hundred megapixels would fill the memory.
    """
    rows = max(1, _PIXELS // max(1, width))
    for start in range(top, bottom, rows):
        yield slice(start, min(start + rows, bottom))
