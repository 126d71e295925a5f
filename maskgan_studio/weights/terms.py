"""The terms of use in a model card."""

from __future__ import annotations

import re

__all__ = ["AUTHORS_TERMS", "OWN_TERMS", "find_terms"]

#: Of weights that were trained with this program.
OWN_TERMS = (
    "The weights are for non-commercial research only: CelebAMask-HQ, which they were trained on, is available for "
    "non-commercial research purposes only and must not be redistributed. The code that made them is under the MIT "
    "licence."
)
#: Of the checkpoints of MaskGAN's authors.
AUTHORS_TERMS = (
    "The authors' weights were trained on CelebAMask-HQ, which is for non-commercial research and educational purposes "
    "only; the same holds for these."
)


def find_terms(card: str) -> str:
    """The section of a model card on its terms; the whole card where it has none, and nothing where there is none."""
    found = re.search(r"(?ims)^#+ *(?:terms|licen[cs]e)\b[^\n]*\n(.*?)(?=^#|\Z)", card)
    return (found[1] if found is not None else card).strip()
