"""What can be asked of a part's colour and style."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from maskgan_studio.errors import EditError
from maskgan_studio.labels import part_named

__all__ = [
    "COLORED_PARTS",
    "COLOR_NUMBERS",
    "PROPERTIES",
    "STYLED_PARTS",
    "Recoloring",
    "check_part",
    "check_styled_part",
    "parse_color",
]


def _classes(names: str) -> tuple[int, ...]:
    return tuple(part_named(name).index for name in names.split())


#: What can get another colour: the name that users give, and its classes.
COLORED_PARTS = {
    "hair": _classes("hair"),
    "brows": _classes("l_brow r_brow"),
    "lips": _classes("u_lip l_lip"),
    "iris": _classes("l_eye r_eye"),  # what of them is iris the photo says
    "skin": _classes("skin nose l_ear r_ear neck"),
    "eyeglasses": _classes("eye_g"),
    "hat": _classes("hat"),
    "clothes": _classes("cloth"),
    "background": _classes("background"),
}
#: What can take another photo's style alone, likewise.
STYLED_PARTS = {
    **{name: COLORED_PARTS[name] for name in ("hair", "brows", "lips", "skin", "eyeglasses", "hat")},
    "eyes": _classes("l_eye r_eye"),
}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
#: The numbers of a recolouring: lowest, highest, and what they say.
COLOR_NUMBERS = {
    "hue": (-180, 180, "degrees by which its hue turns"),
    "saturation": (-1, 1, "-1 takes all colour out, 1 doubles it"),
    "lightness": (-1, 1, "darker or lighter"),
    "strength": (0, 1, "how much of all this is seen"),
}


@dataclass(frozen=True)
class Recoloring:
    """How a part's colour changes; the defaults change nothing.

    Attributes:
        color: ``#rrggbb`` that the part has on average afterwards; None keeps its own.
        hue: degrees by which its hue turns, -180 to 180.
        saturation: -1 takes all colour out, 1 doubles it.
        lightness: -1 to 1, darker or lighter; black and white stay.
        strength: 0 to 1, how much of all this is seen.

    Raises:
        EditError: no such colour, or a number out of its range.
    """

    color: str | None = None
    hue: float = 0.0
    saturation: float = 0.0
    lightness: float = 0.0
    strength: float = 1.0

    def __post_init__(self) -> None:
        if self.color is not None and not (isinstance(self.color, str) and _HEX.fullmatch(self.color)):
            raise EditError("“{color}” is no colour such as #7a3b1d.", color=self.color)
        for name, (low, high, _) in COLOR_NUMBERS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise EditError(
                    "{name} goes from {low} to {high}, not to {value}.", name=name, low=low, high=high, value=value
                )

    @property
    def is_identity(self) -> bool:
        changes = self.color is not None or self.hue or self.saturation or self.lightness
        return not changes or self.strength == 0

    def with_property(self, name: str, value: object) -> Recoloring:
        """The same with one property, of ``PROPERTIES``, set from a text or number; raises EditError."""
        if name == "color":
            return replace(self, color=None if value is None else str(value))
        try:
            return replace(self, **{name: float(value)})  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise EditError("{name} takes a number, not “{text}”.", name=name, text=value) from error


#: What can be set of a part: ``hair.color``, ``hair.lightness``.
PROPERTIES = tuple(field.name for field in fields(Recoloring))


def check_part(name: str) -> None:
    """Raise EditError for a part that cannot get a colour."""
    if name not in COLORED_PARTS:
        names = ", ".join(COLORED_PARTS)
        raise EditError("“{name}” cannot get a colour; these can: {names}.", name=name, names=names)


def check_styled_part(name: str) -> None:
    """Raise EditError for a part that cannot take another photo's style."""
    if name not in STYLED_PARTS:
        names = ", ".join(STYLED_PARTS)
        raise EditError("“{name}” cannot take another style; these can: {names}.", name=name, names=names)


def parse_color(color: str) -> tuple[int, int, int]:
    """Red, green and blue of ``#rrggbb``, 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
