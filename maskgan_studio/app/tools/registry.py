"""All tools, and which of them is in use."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.app.tools.base import Tool
from maskgan_studio.app.tools.brush import BrushTool, EraserTool
from maskgan_studio.app.tools.freeze import FreezeTool
from maskgan_studio.app.tools.picker import PickerTool
from maskgan_studio.app.tools.select import SelectTool
from maskgan_studio.app.tools.shapes import EllipseTool, FillTool, LassoTool, PolygonTool, RectangleTool
from maskgan_studio.app.tools.symmetry import SymmetryTool
from maskgan_studio.app.tools.transform import TransformTool
from maskgan_studio.app.tools.warp import WarpTool

_KINDS: tuple[type[Tool], ...] = (
    BrushTool,
    EraserTool,
    LassoTool,
    PolygonTool,
    RectangleTool,
    EllipseTool,
    FillTool,
    SelectTool,
    TransformTool,
    WarpTool,
    FreezeTool,
    SymmetryTool,
    PickerTool,
)


class ToolRegistry(QObject):
    """One instance of each tool, by name. Signal: ``changed`` (another tool is in use).

    Attributes:
        active: the tool in use.
        alternate: the tool that takes over while Alt is held: picks, and sizes the brush when dragged.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = {kind.name: kind(workspace) for kind in _KINDS}
        self.active: Tool = self._tools[BrushTool.name]
        self.alternate: Tool = PickerTool(workspace, sizes_brush=True)
        workspace.document_changed.connect(self._reset)
        self._options = workspace.options
        workspace.mask_changed.connect(lambda _rect: self.active.follow_mask())
        workspace.options.changed.connect(lambda: self.active.follow_options())

    def __getitem__(self, name: str) -> Tool:
        return self._tools[name]

    def choose(self, name: str) -> None:
        """Use a tool from now on."""
        self.active = self._tools[name]
        if "size" in self.active.settings:
            self._options.use_tool(name)
        self.changed.emit()

    def _reset(self) -> None:
        for tool in self._tools.values():
            tool.reset()
