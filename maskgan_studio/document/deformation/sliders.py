"""The sliders of a face: their names, ranges, and what their numbers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maskgan_studio.errors import EditError
from maskgan_studio.gaze import Gaze, IrisMove

__all__ = [
    "GROUP_TITLES",
    "SIDE_SIGNS",
    "SLIDERS",
    "Slider",
    "check_values",
    "gaze_of",
    "reshaping_values",
    "scale_of",
    "side_value",
    "slider_named",
]


@dataclass(frozen=True)
class Slider:
    """One number that reshapes a face; 0 leaves it alone.

    Attributes:
        name: group and property, ``eyes.size``.
        title: what the window shows.
        low, high: range of the number.
        meaning: what the number says, in a few words; lengths are pixels of the 512² crop of a face of typical size.
        paired: left and right have one each: ``eyes.size.left`` is the person's left eye alone.
        scale: what 1 stands for, in the unit of the formula behind it (pixels, radians, or 1 for shares).
    """

    name: str
    title: str
    low: float
    high: float
    meaning: str
    paired: bool = False
    scale: float = 1.0

    @property
    def group(self) -> str:
        """What the panel lists it under, of ``GROUP_TITLES``."""
        group, dot, _ = self.name.partition(".")
        return group if dot else "mouth"

    @property
    def reshapes(self) -> bool:
        """It moves classes of the mask; a gaze moves what no mask knows, the irises in the picture."""
        return self.group != "gaze"

    @property
    def group_title(self) -> str:
        """What the window calls that group."""
        return GROUP_TITLES[self.group]


def _share(name: str, title: str, low: float, high: float, larger: str, paired: bool = False) -> Slider:
    return Slider(name, title, low, high, f"0.1 = 10 % {larger}", paired)


def _move(name: str, title: str, pixels: float, what: str, paired: bool = False, low: float = -1.0) -> Slider:
    return Slider(name, title, low, 1.0, f"1 = {pixels:g} px {what}", paired, pixels)


SLIDERS: tuple[Slider, ...] = (
    _share("eyes.size", "Size", -0.3, 0.5, "larger", True),
    _share("eyes.height", "Height", -0.5, 0.6, "higher", True),
    _share("eyes.width", "Width", -0.3, 0.4, "wider", True),
    Slider("eyes.tilt", "Tilt", -1.0, 1.0, "1 = outer corner up by 12 degrees", True, 0.2094),
    Slider("eyes.closed", "Closed", 0.0, 1.0, "1 = shut", True),
    _move("eyes.distance", "Distance", 10.0, "outwards, each eye", True),
    _move("gaze.x", "Left or right", 8.0, "to the image's right", True),
    _move("gaze.y", "Up or down", 5.0, "up", True),
    _share("gaze.size", "Iris", -0.25, 0.3, "larger", True),
    _move("brows.height", "Height", 28.0, "up", True),
    Slider("brows.tilt", "Tilt", -1.0, 1.0, "1 = outer end up by 15 degrees", True, 0.2618),
    _share("brows.thickness", "Thickness", -0.5, 0.8, "thicker", True),
    _share("nose.width", "Width", -0.35, 0.4, "wider"),
    _move("nose.length", "Length", 20.0, "longer"),
    _share("nose.bridge", "Bridge", -0.4, 0.4, "wider"),
    Slider("smile", "Smile", -1.0, 1.0, "1 = corners 15 px up and 9 px outwards", False, 15.0),
    _share("mouth.width", "Width", -0.3, 0.4, "wider"),
    _move("mouth.height", "Position", 16.0, "up"),
    _move("mouth.open", "Open", 36.0, "apart", low=0.0),
    _share("mouth.upper_lip", "Upper lip", -0.5, 0.8, "fuller"),
    _share("mouth.lower_lip", "Lower lip", -0.5, 0.8, "fuller"),
    _move("mouth.corner", "Corners", 16.0, "up", True),
    _share("face.width", "Width", -0.2, 0.2, "wider"),
    _share("face.jaw", "Jaw", -0.25, 0.25, "wider"),
    _move("face.chin", "Chin", 28.0, "longer"),
    _share("face.cheeks", "Cheeks", -0.2, 0.2, "wider"),
    _move("face.forehead", "Forehead", 28.0, "higher"),
    _move("face.hairline", "Hairline", 28.0, "up"),
    _share("ears.size", "Size", -0.4, 0.5, "larger", True),
    _share("hair.volume", "Volume", -0.3, 0.4, "farther from the head"),
)

#: The groups in the order of the panel, and what the window calls them.
GROUP_TITLES = {
    "mouth": "Mouth",
    "eyes": "Eyes",
    "gaze": "Gaze",
    "brows": "Brows",
    "nose": "Nose",
    "face": "Face",
    "ears": "Ears",
    "hair": "Hair",
}

_BY_NAME = {slider.name: slider for slider in SLIDERS}
#: The person's sides, and their sign in the formulas.
SIDE_SIGNS = {"left": 1, "right": -1}
_SIDE_NAMES = {sign: name for name, sign in SIDE_SIGNS.items()}
_ROUNDING = 1e-6  # how far beyond an end a sum of floats may lie


def slider_named(name: str) -> tuple[Slider, str]:
    """The slider of a name, and the side that it is meant for: ``left``, ``right`` or an empty string.

    Raises EditError for an unknown name.
    """
    if name in _BY_NAME:
        return _BY_NAME[name], ""
    stem, _, side = name.rpartition(".")
    slider = _BY_NAME.get(stem)
    if slider is None or not slider.paired or side not in SIDE_SIGNS:
        raise EditError("There is no slider “{name}”; `maskgan-studio sliders` lists them.", name=name)
    return slider, side


def check_values(values: Mapping[str, float]) -> dict[str, float]:
    """The values as plain numbers within their sliders' ranges.

    What lies beyond an end only by a rounding error (three times 0.2 is more than 0.6) becomes that end. Raises
    EditError for unknown names, for what lies further out and for what is no number.
    """
    checked = {}
    for name, value in values.items():
        slider, _ = slider_named(name)
        number = float(value)
        if not slider.low - _ROUNDING <= number <= slider.high + _ROUNDING:
            raise EditError(
                "{name} goes from {low} to {high}, not to {value}.",
                name=name,
                low=f"{slider.low:g}",
                high=f"{slider.high:g}",
                value=f"{number:g}",
            )
        checked[name] = min(max(number, slider.low), slider.high)
    return checked


def side_value(values: Mapping[str, float], name: str, side: int) -> float:
    """What a paired slider says about one side (1 is the person's left): its own number, or else that of both."""
    return values.get(f"{name}.{_SIDE_NAMES[side]}", values.get(name, 0.0))


def reshaping_values(values: Mapping[str, float]) -> dict[str, float]:
    """Those of the sliders that reshape the face, and are not 0."""
    return {name: value for name, value in values.items() if value and slider_named(name)[0].reshapes}


def gaze_of(values: Mapping[str, float]) -> Gaze:
    """How the irises are to move."""

    def move(side: int) -> IrisMove:
        right, up, size = (side_value(values, name, side) for name in ("gaze.x", "gaze.y", "gaze.size"))
        return IrisMove(right * scale_of("gaze.x"), up * scale_of("gaze.y"), 1 + size)

    return Gaze(left=move(SIDE_SIGNS["left"]), right=move(SIDE_SIGNS["right"]))


def scale_of(name: str) -> float:
    """What 1 stands for on a slider, see ``Slider.scale``."""
    return _BY_NAME[name].scale
