"""The Tools menu, and a key for each of the favourite parts."""

from __future__ import annotations

from maskgan_studio.app.actions.spec import Action
from maskgan_studio.labels import PARTS, Part


def _tool(name: str, text: str, icon: str, key: str, section: int, tip: str) -> Action:
    return Action(
        id=f"tool.{name}",
        text=text,
        run=lambda context: context.editor.tools.choose(name),
        icon=icon,
        keys=(key,),
        menu="tool",
        section=section,
        tip=tip,
        choice="tool",
        checked=lambda context: context.editor.tools.active.name == name,
    )


def _part(part: Part) -> Action:
    return Action(
        id=f"part.{part.name}",
        text=f"Paint {part.title.lower()}",
        run=lambda context: context.editor.workspace.choose_part(part.index),
        keys=(part.shortcut,) if part.shortcut else (),
    )


ACTIONS = (
    _tool("brush", "Brush", "brush", "B", 0, "brush · drag to paint, Shift draws straight lines, Alt picks, [ ] size"),
    _tool("eraser", "Eraser", "eraser", "E", 0, "eraser · drag to let the layer below through, [ ] size"),
    _tool("lasso", "Lasso", "lasso", "L", 1, "lasso · draw around what is to be painted"),
    _tool("polygon", "Polygon", "vector-polygon", "P", 1, "polygon · click the corners, double click or Return closes"),
    _tool("rectangle", "Rectangle", "rectangle-outline", "R", 1, "rectangle · drag, Shift makes a square"),
    _tool("ellipse", "Ellipse", "ellipse-outline", "O", 1, "ellipse · drag, Shift makes a circle"),
    _tool("fill", "Fill", "format-color-fill", "G", 1, "fill · click an area to give it the active part"),
    _tool(
        "select",
        "Select in the photo",
        "auto-fix",
        "Q",
        1,
        "selection · scribble over hair or a hat, Shift marks what is not; Return paints it, Esc drops it",
    ),
    _tool(
        "transform",
        "Transform a part",
        "cursor-move",
        "T",
        2,
        "transform · click a part, Shift adds; drag inside moves, handles scale, outside turns; Return keeps, Esc not",
    ),
    _tool("warp", "Warp", "gesture-swipe", "W", 2, "warp · drag to pull along what lies in the circle, [ ] size"),
    _tool(
        "freeze",
        "Freeze",
        "snowflake",
        "F",
        2,
        "freeze · paint over what no tool is to change, Shift thaws, [ ] size",
    ),
    _tool(
        "symmetry",
        "Symmetry axis",
        "flip-horizontal",
        "Shift+S",
        2,
        "symmetry axis · drag to move, its lower handle to turn, double click finds it from the face",
    ),
    _tool("picker", "Picker", "eyedropper", "I", 0, "picker · click a part to paint with it"),
)
PART_ACTIONS = tuple(_part(part) for part in PARTS)
