"""Pictures of what could be done to the open face, for tiles to click: drawn one by one in idle time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.engine.requests import ShouldContinue
from maskgan_studio.engine.target import Target

__all__ = ["Tiles"]

#: The hand has to rest so long before a picture is drawn, in milliseconds.
_IDLE_MS = 700

#: Draws a picture uint8 (h, w, 3) on the worker's thread; may raise RenderCancelled.
Work = Callable[[AnyPipeline, Target, StyleChoice, ShouldContinue], np.ndarray]
#: A group of tiles, and the name of one of them.
_Tile = tuple[str, str]


class Tiles(QObject):
    """Draws the tiles of the panels that are seen.

    Signal: ``drawn`` (group, name, uint8 (h, w, 3) or None for nothing yet).
    """

    drawn = Signal(str, str, object)

    def __init__(self, workspace: Workspace, worker: PipelineThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._worker = workspace, worker
        self._works: dict[_Tile, Work] = {}
        self._to_draw: list[_Tile] = []
        self._seen: set[str] = set()
        self._is_asked = False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._draw_next)
        for signal in (workspace.document_changed, workspace.target_changed):
            signal.connect(self._draw_all)
        workspace.mask_changed.connect(lambda _rect: self._wait())

    def offer(self, group: str, works: Mapping[str, Work]) -> None:
        """Draw these tiles of a group, by name, and no others of it any more; anew for every document."""
        self._works = {tile: work for tile, work in self._works.items() if tile[0] != group}
        self._works |= {(group, name): work for name, work in works.items()}
        self._to_draw = [tile for tile in self._to_draw if tile[0] != group]
        self._begin([(group, name) for name in works])

    def set_seen(self, group: str, seen: bool) -> None:
        """Tiles are drawn while they are visible."""
        (self._seen.add if seen else self._seen.discard)(group)
        self._wait()

    def _draw_all(self) -> None:
        self._to_draw = []
        self._begin(list(self._works))

    def _begin(self, tiles: list[_Tile]) -> None:
        self._worker.drop(Priority.TILE)
        self._to_draw += tiles
        for tile in tiles:
            self.drawn.emit(*tile, None)
        self._wait()

    def _waiting(self) -> _Tile | None:
        return next((tile for tile in self._to_draw if tile[0] in self._seen), None)

    def _wait(self) -> None:
        if self._waiting() is not None and self._workspace.target is not None:
            self._idle.start()

    def _draw_next(self) -> None:
        target, tile, choice = self._workspace.target, self._waiting(), self._workspace.style.choice
        if target is None or tile is None or self._is_asked:
            return
        work = self._works[tile]

        def draw(pipeline: AnyPipeline) -> np.ndarray:
            return work(pipeline, target, choice, lambda: not self._worker.has_higher_priority(Priority.TILE))

        arrived = partial(self._arrived, target, tile, work)
        self._is_asked = True
        self._worker.submit(Priority.TILE, draw, arrived, partial(self._failed, tile), partial(self._ended, tile))

    def _arrived(self, target: object, tile: _Tile, work: Work, pixels: object) -> None:
        if target is self._workspace.target and tile in self._to_draw and self._works.get(tile) is work:
            self._to_draw.remove(tile)
            self.drawn.emit(*tile, pixels)

    def _failed(self, tile: _Tile, _problem: object) -> None:
        if tile in self._to_draw:
            self._to_draw.remove(tile)  # the others may be possible

    def _ended(self, tile: _Tile) -> None:
        self._is_asked = False
        if tile in self._to_draw:  # it was dropped, or gave way to what somebody waits for
            self._wait()
        elif not self._idle.isActive():  # else the hand is at work again
            self._draw_next()
