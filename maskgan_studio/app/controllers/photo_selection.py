"""Regions of the photo that a tool asks for, found beside the window's thread: the hand goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from maskgan_studio.app.common.i18n import tr
from maskgan_studio.app.common.messages import Reporter
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.worker import FileThread
from maskgan_studio.app.state.activities import Activities
from maskgan_studio.app.state.workspace import Workspace


class PhotoSelection(QObject):
    """Does what ``Workspace.find_region`` asks for. It takes no network, so it leaves that thread to the result."""

    def __init__(
        self,
        workspace: Workspace,
        files: FileThread,
        activities: Activities,
        reporter: Reporter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._files, self._activities, self._reporter = files, activities, reporter
        workspace.region_wanted.connect(self._find)

    def _find(self, work: Callable[[], np.ndarray], done: Callable[[np.ndarray], None]) -> None:
        activity = self._activities.begin(tr("Following the edges in the photo…"))
        report = self._reporter

        def arrived(region: np.ndarray) -> None:
            report.attempt(done, region)

        self._files.submit(Priority.MASKS, lambda _nothing: work(), arrived, report.report, activity.end)
