"""Live rendering: which render to request, when, and which results are still current."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from maskgan_studio.app.common.i18n import translate_message
from maskgan_studio.app.common.pipeline import AnyPipeline
from maskgan_studio.app.rendering.jobs import Priority
from maskgan_studio.app.rendering.live_state import LiveState
from maskgan_studio.app.rendering.other_faces import Finished, OtherFaces, WaitingFace, request_face
from maskgan_studio.app.rendering.preview_blend import render_preview
from maskgan_studio.app.rendering.progress import RenderProgress
from maskgan_studio.app.rendering.render_job import FaceViews, Rendered, full_resolution_composite, render
from maskgan_studio.app.rendering.result_cache import ResultCache
from maskgan_studio.app.rendering.throttle import RenderTimes, Throttle
from maskgan_studio.app.rendering.worker import PipelineThread
from maskgan_studio.app.state.style import StyleChoice
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.face_group import FaceGroup
from maskgan_studio.engine.requests import RenderRequest, RenderResult
from maskgan_studio.engine.target import Target
from maskgan_studio.errors import StudioError

T = TypeVar("T")

#: Size of a preview, and the full size, in pixels.
PREVIEW_SIZE = 256
FULL_SIZE = 512
_UNKNOWN_MS = 1000.0  # expected of the first full image


class LiveRenderer(QObject):
    """Keeps the result up to date with the document.

    Signals: ``shown`` (Rendered to show or None, whether to fade), ``state_changed`` (LiveState), ``progress_changed``
    (0 to 1, or None when up to date), ``failed`` (StudioError).
    """

    shown = Signal(object, bool)
    state_changed = Signal(object)
    progress_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, worker: PipelineThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._worker = workspace, worker
        self.state = LiveState()
        self.current: Rendered | None = None
        #: The full result that was shown last, which previews are laid into.
        self._good: Rendered | None = None
        # Both are the open document's: what was made for one before it is of no use, and its photo may be large.
        self._cache, self._views = ResultCache(), FaceViews()
        self._group: FaceGroup | None = None
        self._finished: Finished = {}
        self._paused = self._wants_network_image = False
        self._serial = self._shown_serial = 0
        self._times = RenderTimes()
        self._previewed = ""
        self._pending_request: RenderRequest | None = None
        self._given_up = Event()
        self._throttle = Throttle(parent=self)
        self._throttle.fired.connect(self._ask)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._ask_full)
        self._progress = RenderProgress(self)
        self._progress.changed.connect(self.progress_changed)
        workspace.mask_changed.connect(lambda _rect: self._throttle.trigger())
        for changed in (workspace.layers_changed, workspace.style.changed):
            changed.connect(self._throttle.trigger)
        workspace.document_changed.connect(self._document_changed)
        workspace.target_changed.connect(self._target_changed)
        worker.state_changed.connect(self._worker_state)
        worker.weights_changed.connect(self._weights_changed)

    @property
    def others(self) -> OtherFaces:
        """What is made of the photo's other faces."""
        return self._views.others

    @property
    def paused(self) -> bool:
        """Whether results are only made when asked for."""
        return self._paused

    def set_paused(self, paused: bool) -> None:
        """Stop following the edits, or follow them again."""
        self._paused = paused
        if paused:
            self._rest.stop()
            self._set_state("paused")
        else:
            self._throttle.trigger()

    def want_network_image(self, wanted: bool) -> None:
        """Whether the network's own image is looked at, and not only the photo with the edit in it."""
        self._wants_network_image = wanted
        self._throttle.trigger()

    def render_now(self) -> None:
        """Render at full size, paused or not."""
        if self._request() is not None:
            self._ask_full()

    def request_result(self, priority: Priority, use: Callable[[Rendered], None]) -> None:
        """Hand the full-size result of the present mask and weights to ``use``, whatever is changed meanwhile, with the
        network's own image."""
        self._make(priority, lambda _pipeline, _target, _choice, rendered: rendered, use, True)

    def request_composite(self, priority: Priority, use: Callable[[np.ndarray], None]) -> None:
        """Hand the photo with the present edit, uint8 (H, W, 3) of its own size, to ``use``."""
        self._make(priority, full_resolution_composite, use)

    def _make(
        self,
        priority: Priority,
        product: Callable[[AnyPipeline, Target, StyleChoice, Rendered], T],
        use: Callable[[T], None],
        with_network_image: bool = False,
    ) -> None:
        """Make something of the full-size result for a command, apart from the live requests."""
        request, target, choice = self._request(), self._workspace.target, self._workspace.style.choice
        if request is not None and with_network_image:
            request = replace(request, network_image=True)
        if request is None or target is None:
            return
        cache, views = self._cache, self._views
        known = cache.get(request)

        def work(pipeline: AnyPipeline) -> tuple[Rendered, T]:
            rendered = known or render(pipeline, target, choice, request, views)
            return rendered, product(pipeline, target, choice, rendered)

        def done(made: tuple[Rendered, T]) -> None:
            cache.put(made[0])
            use(made[1])

        self._worker.submit(priority, work, done, self.failed.emit)

    def _weights_changed(self) -> None:
        self._times = RenderTimes()
        self._pending_request = None  # also the same name may stand for other weights now
        if self._workspace.others:
            self._finished = {}
            self._cache, self._views = ResultCache(), self._see_others(None)
        self._throttle.trigger()

    def _document_changed(self) -> None:
        session, last = self._workspace.session, self.current
        group = None if session is None else session.group
        if group is not self._group:
            self._group, self._finished = group, {}
        self._cache, self._views = ResultCache(), self._see_others(None if last is None else last.result)
        self._target_changed()

    def _see_others(self, last: RenderResult | None) -> FaceViews:
        """Views of the photo with what is made of its other faces, which is drawn when the first of them is."""
        others = [WaitingFace(face, self._worker.weights, last) for face in self._workspace.others]
        return FaceViews(OtherFaces(others, self._finished))

    def _target_changed(self) -> None:
        self._serial += 1
        self._shown_serial = self._serial
        self._pending_request = self.current = self._good = None
        self.shown.emit(None, False)
        self._progress.finish()
        if self._workspace.target is None:
            self._set_state("off")
        elif not self._paused:
            if self.state.kind == "off":
                self._set_state("live")
            self._ask_full()

    def _request(self) -> RenderRequest | None:
        face = self._workspace.active_face
        return None if face is None else request_face(face, self._worker.weights, FULL_SIZE, self._wants_network_image)

    def _ask(self) -> None:
        request = self._request()
        if request is None:
            return
        cached = self._cache.get(request)
        if cached is not None:
            self._rest.stop()
            self._show(cached, self._next_serial(), fade=False)
        elif self._paused:
            return
        elif self._is_slow(request):
            # A full image of an older mask that still waits would only hold the preview up.
            self._worker.drop(Priority.FULL)
            self._given_up.set()  # nor may one that is being made
            self._rest.start(self._times.rest_ms())
            self._submit(Priority.PREVIEW, request.resized(PREVIEW_SIZE))
        else:
            self._ask_full()

    def _is_slow(self, request: RenderRequest) -> bool:
        """Whether a preview comes first; as long as nobody knows, where one can be had without the network."""
        return request.moved is not None if self._times.full_ms is None else self._times.is_slow()

    def _ask_full(self) -> None:
        self._rest.stop()
        self._submit(Priority.FULL, self._request())

    def _submit(self, priority: Priority, request: RenderRequest | None) -> None:
        target = self._workspace.target
        if request is None or target is None or request == self._pending_request:
            return
        cached = self._cache.get(request)
        if cached is not None:
            self._show(cached, self._next_serial(), fade=True)
            return
        self._pending_request = request
        given_up = Event()
        is_full = request.size == FULL_SIZE
        if is_full:
            self._given_up = given_up
        make = render if is_full else partial(render_preview, good=self._good)
        self._worker.submit(
            priority,
            partial(
                make,
                target=target,
                choice=self._workspace.style.choice,
                request=request,
                views=self._views,
                should_continue=lambda: not given_up.is_set(),
            ),
            partial(self._arrived, self._cache, self._next_serial()),
            self._render_failed,
            partial(self._ended, request),
        )
        self._progress.start(self._times.full_ms or _UNKNOWN_MS)

    def _ended(self, request: RenderRequest) -> None:
        if self._pending_request is request:
            self._pending_request = None  # also where it was dropped: an equal one is asked for again

    def _next_serial(self) -> int:
        self._serial += 1
        return self._serial

    def _arrived(self, cache: ResultCache, serial: int, rendered: Rendered) -> None:
        request, target = rendered.result.request, self._workspace.target
        if request.size == FULL_SIZE:
            cache.put(rendered)
            self._times.remember(rendered.result.milliseconds, request.mask_digest == self._previewed)
        else:
            self._previewed = request.mask_digest
        of_this = cache is self._cache and request.weights == self._worker.weights
        is_current = of_this and target is not None and request.style_key == self._workspace.style.choice.key(target)
        if is_current and serial > self._shown_serial:
            # A preview answers the hand; what replaces it comes softly.
            self._show(rendered, serial, fade=request.size == FULL_SIZE)

    def _show(self, rendered: Rendered, serial: int, fade: bool) -> None:
        self._shown_serial = serial
        self.current = rendered
        if rendered.result.request.size == FULL_SIZE:
            self._good = rendered
        self.shown.emit(rendered, fade)
        if serial == self._serial:
            self._pending_request = None
            if rendered.result.request.size == FULL_SIZE:
                self._progress.finish()
        result = rendered.result
        kind = "paused" if self._paused else "live"
        self._set_state(kind, result.milliseconds, result.device, rendered.weights)

    def _render_failed(self, problem: StudioError) -> None:
        self._pending_request = None
        self._progress.finish()
        self._set_state("error", problem=translate_message(problem))
        self.failed.emit(problem)

    def _worker_state(self, state: str) -> None:
        if state == "loading":
            self._set_state("loading")
        elif state == "idle" and self.state.kind == "loading" and self._workspace.target is None:
            self._set_state("off")  # loaded ahead of the first photo

    def _set_state(
        self, kind: str, milliseconds: float | None = None, device: str = "", weights: str = "", problem: str = ""
    ) -> None:
        known = self.state
        self.state = LiveState(
            kind,
            known.milliseconds if milliseconds is None else milliseconds,
            device or known.device,
            weights or known.weights,
            problem,
        )
        self.state_changed.emit(self.state)
