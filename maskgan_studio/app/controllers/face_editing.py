"""The sliders of the face in the window: what is asked for becomes steps of the document."""

from __future__ import annotations

from PySide6.QtCore import QObject

from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.state.style import COLORED_TITLES
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.changes import Title
from maskgan_studio.document.deformation.sliders import SIDE_SIGNS, SLIDERS, side_value, slider_named
from maskgan_studio.errors import Translatable
from maskgan_studio.recoloring import Recoloring


class FaceEditing(QObject):
    """Changes the sliders of the open document."""

    def __init__(self, workspace: Workspace, reporter: Reporter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._reporter = workspace, reporter

    def set_value(self, name: str, value: float, drag: int) -> None:
        """Set a slider; what is set in the same drag is one step of the history."""
        values = self._values()
        slider, side = slider_named(name)
        if side:  # both sides have their own number from now on
            for other, sign in SIDE_SIGNS.items():
                values.setdefault(f"{slider.name}.{other}", side_value(values, slider.name, sign))
            values.pop(slider.name, None)
        else:
            for other in SIDE_SIGNS:
                values.pop(f"{slider.name}.{other}", None)
        values[name] = value
        title = {"group": Translatable(slider.group_title), "slider": Translatable(slider.title)}
        self._set(Translatable("{group}: {slider}", title), values, ("face", name, drag))

    def join_sides(self, group: str) -> None:
        """Give left and right of a group the same numbers, those in the middle of both."""
        values, before = self._values(), self._values()
        for slider in SLIDERS:
            if slider.group == group and any(f"{slider.name}.{side}" in values for side in SIDE_SIGNS):
                values[slider.name] = sum(side_value(before, slider.name, sign) for sign in SIDE_SIGNS.values()) / 2
                for side in SIDE_SIGNS:
                    values.pop(f"{slider.name}.{side}", None)
        if values != before:
            self._set("Left and right together", values)

    def reset(self) -> None:
        """All sliders back to 0."""
        self._set("Reset the face", {})

    def set_color(self, part: str, what: str, value: object, drag: int = 0) -> None:
        """Set a property of a part's colour; what is set in the same drag is one step of the history."""
        if (session := self._workspace.session) is not None:
            color = session.face.setting.edit.colors.get(part, Recoloring())
            merge_key = ("color", part, what, drag) if drag else None
            title = Translatable("{part}: colour", {"part": _make_title(part)})
            self._reporter.attempt(
                lambda: session.face.set_color(title, part, color.with_property(what, value), merge_key)
            )

    def reset_color(self, part: str) -> None:
        """Give a part its own colour back."""
        if (session := self._workspace.session) is not None:
            title = Translatable("{part}: own colour", {"part": _make_title(part)})
            self._reporter.attempt(session.face.set_color, title, part, Recoloring())

    def carry_photo(self, carries: bool) -> None:
        """Let the photo's own pixels move along with the mask, or not."""
        if (session := self._workspace.session) is not None:
            self._reporter.attempt(session.face.carry_photo, carries)

    def bake(self) -> None:
        """Keep what the sliders did, and start them at 0 again."""
        if (session := self._workspace.session) is not None:
            self._reporter.attempt(session.face.bake)

    def _values(self) -> dict[str, float]:
        session = self._workspace.session
        return {} if session is None else dict(session.face.setting.edit.values)

    def _set(self, title: Title, values: dict[str, float], merge_key: object = None) -> None:
        if (session := self._workspace.session) is not None:
            self._reporter.attempt(session.face.set_values, title, values, merge_key)


def _make_title(part: str) -> Translatable:
    message = COLORED_TITLES[part]
    return Translatable(message)
