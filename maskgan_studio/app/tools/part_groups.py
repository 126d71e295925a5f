"""Parts that belong together, for tools that take several at once."""

from __future__ import annotations

from maskgan_studio.labels import part_named

_FEATURES = (
    ("l_eye", "r_eye"),
    ("l_brow", "r_brow"),
    ("l_ear", "r_ear", "ear_r"),
    ("mouth", "u_lip", "l_lip"),
)
_ALONE = ("skin", "nose", "eye_g")
_GROUPS = tuple(frozenset(part_named(name).index for name in names) for names in _FEATURES)
_FACE = frozenset(part_named(name).index for name in _ALONE).union(*_GROUPS)


def group_of(part: int, takes: str) -> frozenset[int]:
    """Return the classes that are taken with one, itself among them; ``takes`` is one of ``tool_options.TAKES``."""
    if takes == "face" and part in _FACE:
        return _FACE
    alone = frozenset({part})
    return alone if takes == "part" else next((group for group in _GROUPS if part in group), alone)
