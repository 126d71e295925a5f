"""All tools, by name."""

from __future__ import annotations

from collections.abc import Callable

from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.app.tools.base import Tool
from maskgan_studio.app.tools.brush import BrushTool, EraserTool
from maskgan_studio.app.tools.picker import PickerTool
from maskgan_studio.app.tools.shapes import EllipseTool, FillTool, LassoTool, PolygonTool, RectangleTool
from maskgan_studio.app.tools.symmetry import SymmetryTool
from maskgan_studio.app.tools.transform import TransformTool
from maskgan_studio.app.tools.warp import WarpTool


class ToolRegistry:
    """One instance of each tool.

    Attributes:
        alternate: the tool that takes over while Alt is held: picks, and sizes the brush when dragged.
    """

    def __init__(self, workspace: Workspace, choose_part: Callable[[int], None]) -> None:
        plain = (
            BrushTool,
            EraserTool,
            LassoTool,
            PolygonTool,
            RectangleTool,
            EllipseTool,
            FillTool,
            TransformTool,
            WarpTool,
            SymmetryTool,
        )
        tools: list[Tool] = [*(kind(workspace) for kind in plain), PickerTool(workspace, choose_part)]
        self._tools = {tool.name: tool for tool in tools}
        self.alternate = PickerTool(workspace, choose_part, sizes_brush=True)
        workspace.document_changed.connect(self._reset)

    def _reset(self) -> None:
        for tool in self._tools.values():
            tool.reset()

    def __getitem__(self, name: str) -> Tool:
        return self._tools[name]
