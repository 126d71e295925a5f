"""Results by what they depend on, so that undo shows the earlier image at once."""

from __future__ import annotations

from collections import OrderedDict

from maskgan_studio.app.rendering.render_job import Rendered
from maskgan_studio.engine.requests import RenderRequest

DEFAULT_BUDGET = 40 * 2**20


class ResultCache:
    """LRU cache of results within a budget of bytes (the newest is always kept)."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self._budget = budget
        self._bytes = 0
        self._results: OrderedDict[RenderRequest, Rendered] = OrderedDict()

    def get(self, request: RenderRequest) -> Rendered | None:
        """Return the result of an equal request, None when there is none."""
        if request in self._results:
            self._results.move_to_end(request)
        return self._results.get(request)

    def put(self, rendered: Rendered) -> None:
        """Keep a result; those not used for longest make room."""
        request = rendered.result.request
        if request in self._results:
            return
        self._results[request] = rendered
        self._bytes += rendered.size_bytes
        while self._bytes > self._budget and len(self._results) > 1:
            _, oldest = self._results.popitem(last=False)
            self._bytes -= oldest.size_bytes

    def clear(self) -> None:
        """Forget everything."""
        self._results.clear()
        self._bytes = 0
