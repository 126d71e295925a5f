"""What was asked of a face, apart from its photo, so that any face can get it: sliders, colours, what was painted.

As a file it is JSON:

    {"format": "maskgan-studio-face", "version": 2, "values": {"smile": 0.6}, "colors": {"hair": {"color": "#7a3b1d"}}}

and from version 3 on, as "painted", what ``PaintedEdit.record`` gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from maskgan_studio.atomic_write import atomic_write
from maskgan_studio.document.deformation.sliders import check_values, gaze_of, slider_named
from maskgan_studio.document.painted_edit import PaintedEdit
from maskgan_studio.errors import EditError, ProjectError
from maskgan_studio.gaze import Gaze
from maskgan_studio.recoloring import PROPERTIES, Recoloring, check_part

__all__ = ["FaceEdit", "colors_from_record", "colors_record", "load_preset", "save_preset"]

_FORMAT, _VERSION = "maskgan-studio-face", 3
_VERSION_WITHOUT_PAINT, _VERSION_WITHOUT_COLORS = 2, 1
_MAX_BYTES = 2**20


@dataclass(frozen=True)
class FaceEdit:
    """An edit that any face can get.

    Attributes:
        values: numbers by slider name; what is not named is 0.
        colors: by the names of ``recoloring.COLORED_PARTS``.
        painted: what was painted on a mask; None for nothing.
    """

    values: Mapping[str, float] = field(default_factory=dict)
    colors: Mapping[str, Recoloring] = field(default_factory=dict)
    painted: PaintedEdit | None = None

    def __post_init__(self) -> None:
        for part in self.colors:
            check_part(part)
        object.__setattr__(self, "values", check_values(self.values))

    @classmethod
    def from_words(cls, words: list[str]) -> FaceEdit:
        """Read ``NAME=VALUE`` words; raises EditError for anything else."""
        values: dict[str, float] = {}
        colors: dict[str, Recoloring] = {}
        for word in words:
            name, equals, text = word.partition("=")
            if not equals:
                raise EditError("“{word}” is no NAME=VALUE, such as smile=0.6.", word=word)
            part, _, what = name.rpartition(".")
            if what in PROPERTIES:
                check_part(part)
                colors[part] = colors.get(part, Recoloring()).with_property(what, text)
                continue
            slider_named(name)
            values[name] = _number(name, text)
        return cls(values, colors)

    @classmethod
    def from_json(cls, text: str | bytes) -> FaceEdit:
        """Read what ``to_json`` wrote; raises EditError for anything else."""
        try:
            content = json.loads(text)
            if content["format"] != _FORMAT or not isinstance(content["values"], dict):
                raise ValueError
            version, values = int(content["version"]), content["values"]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise EditError("This is no preset of a face; choose a file that this program has saved.") from error
        if version > _VERSION:
            raise EditError("This preset was made by a newer version of the program; update it to use the preset.")
        numbers = {str(name): _number(str(name), value) for name, value in values.items()}
        painted = PaintedEdit.from_record(content["painted"]) if "painted" in content else None
        return cls(numbers, colors_from_record(content.get("colors", {})), painted)

    def to_json(self) -> str:
        version = _VERSION_WITHOUT_PAINT if self.colors else _VERSION_WITHOUT_COLORS
        content: dict[str, object] = {"format": _FORMAT, "version": version, "values": dict(self.values)}
        if self.colors:
            content["colors"] = colors_record(self.colors)
        if self.painted is not None:
            content |= {"version": _VERSION, "painted": self.painted.record()}
        return json.dumps(content, indent=1)

    @property
    def gaze(self) -> Gaze:
        """How the irises move."""
        return gaze_of(self.values)

    @property
    def is_empty(self) -> bool:
        colors = any(not color.is_identity for color in self.colors.values())
        return not any(self.values.values()) and not colors and self.painted is None

    def with_strength(self, strength: float) -> FaceEdit:
        """The same edit, weaker or stronger (1 leaves it), as far as the sliders go."""
        scaled = {}
        for name, value in self.values.items():
            slider, _ = slider_named(name)
            scaled[name] = min(max(value * strength, slider.low), slider.high)
        colors = {
            part: replace(color, strength=min(max(color.strength * strength, 0.0), 1.0))
            for part, color in self.colors.items()
        }
        painted = self.painted and replace(self.painted, strength=self.painted.strength * strength)
        return FaceEdit(scaled, colors, painted)

    def then(self, other: FaceEdit) -> FaceEdit:
        """This edit with what another one names replaced by its numbers (both sides where it names no side),
        colours, and what it has painted."""
        kept = {name: value for name, value in self.values.items() if slider_named(name)[0].name not in other.values}
        painted = other.painted or self.painted
        return FaceEdit({**kept, **other.values}, {**self.colors, **other.colors}, painted)


def colors_record(colors: Mapping[str, Recoloring]) -> dict[str, dict[str, object]]:
    """Colours as JSON values: of each part what differs from leaving it alone."""
    usual = Recoloring()
    return {
        part: {name: value for name in PROPERTIES if (value := getattr(color, name)) != getattr(usual, name)}
        for part, color in colors.items()
    }


def colors_from_record(record: object) -> dict[str, Recoloring]:
    """Read what ``colors_record`` wrote; raises EditError for anything else."""
    colors = {}
    try:
        for part, properties in record.items():  # type: ignore[attr-defined]
            color = Recoloring()
            for name, value in properties.items():
                if name not in PROPERTIES:
                    raise EditError("A colour has no “{name}”; update the program.", name=name)
                color = color.with_property(name, value)
            check_part(part)
            colors[str(part)] = color
    except AttributeError as error:
        raise EditError("The colours of this edit are damaged.") from error
    return colors


def load_preset(path: str | Path) -> FaceEdit:
    """Read a preset file.

    Raises:
        ProjectError: the file cannot be read.
        EditError: it is no preset, or names what this program does not know.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ProjectError(
            "“{name}” could not be opened ({reason}); check that the file is there.", name=path.name, reason=reason
        ) from error
    try:
        return FaceEdit.from_json(text)
    except EditError as error:
        raise EditError("“{name}”: {problem}", name=path.name, problem=error) from error


def save_preset(path: str | Path, edit: FaceEdit) -> None:
    """Write a preset file; raises ProjectError where it cannot be written."""
    path = Path(path)
    try:
        with atomic_write(path) as file:
            file.write(edit.to_json().encode())
    except OSError as error:
        raise ProjectError(
            "“{name}” could not be saved ({reason}); choose another folder or free some space.",
            name=path.name,
            reason=error.strerror or error,
        ) from error


def _number(name: str, text: object) -> float:
    try:
        return float(text)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise EditError("{name} takes a number, not “{text}”.", name=name, text=text) from error
