"""The terms of use in a model card."""

from __future__ import annotations

import re

__all__ = ["find_terms"]


def find_terms(card: str) -> str:
    """The section of a model card on its terms; the whole card where it has none, and nothing where there is none."""
    found = re.search(r"(?ims)^#+ *(?:terms|licen[cs]e)\b[^\n]*\n(.*?)(?=^#|\Z)", card)
    return (found[1] if found is not None else card).strip()
