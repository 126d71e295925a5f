"""The chosen style as data kept with a document: what is written, and read where one is opened or a step undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeVar
from weakref import WeakKeyDictionary

from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.engine.fit import FIT_NAME, Fit
from maskgan_studio.engine.reference import (
    PART_REFERENCE_NAMES,
    REFERENCE_NAME,
    reference_from_bytes,
    reference_to_bytes,
)
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import StudioError

__all__ = ["MIX_NAME", "style_from_extras", "style_to_extras"]

#: How much of the second photo's style is used: apart from the photo, so that a step of the history is small.
MIX_NAME = "style-mix.json"

T = TypeVar("T")

# Each change of the style asks for all of it.
_written: WeakKeyDictionary[Target | Fit, bytes] = WeakKeyDictionary()


def style_to_extras(choice: StyleChoice) -> dict[str, bytes | None]:
    """All of the names that a style may have, and what belongs there; None for what there is not."""
    reference, parts = choice.reference, dict(choice.parts)
    mix = None if reference is None or choice.mix == 1 else json.dumps(round(choice.mix, 3)).encode()
    data = {name: _write(parts.get(part)) for name, part in PART_REFERENCE_NAMES.items()}
    return {REFERENCE_NAME: _write(reference), MIX_NAME: mix, **data, FIT_NAME: _write(choice.fit)}


def style_from_extras(extras: Mapping[str, bytes]) -> tuple[StyleChoice, tuple[StudioError, ...]]:
    """Return the style that a document keeps, and what of it is damaged."""
    damaged: list[StudioError] = []

    def read(name: str, decode: Callable[[bytes], T]) -> T | None:
        if (data := extras.get(name)) is None:
            return None
        try:
            return decode(data)
        except StudioError as problem:
            damaged.append(problem)
            return None

    reference, mix = read(REFERENCE_NAME, reference_from_bytes) or (None, 0.0)
    if reference is not None and MIX_NAME in extras:
        mix = _read_mix(extras[MIX_NAME], mix)  # else as earlier versions wrote it, beside the photo
    parts = ((part, read(name, reference_from_bytes)) for name, part in PART_REFERENCE_NAMES.items())
    of_parts = tuple((part, found[0]) for part, found in parts if found is not None)
    return StyleChoice(reference, mix, read(FIT_NAME, Fit.from_bytes), of_parts), tuple(damaged)


def _read_mix(data: bytes, otherwise: float) -> float:
    try:
        mix = float(json.loads(data))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return otherwise
    return mix if 0 <= mix <= 1 else otherwise


def _write(source: Target | Fit | None) -> bytes | None:
    if source is None:
        return None
    if source not in _written:
        _written[source] = source.to_bytes() if isinstance(source, Fit) else reference_to_bytes(source, 1.0)
    return _written[source]
