"""``bench --editor``: how quickly the canvas follows the pointer, measured offscreen with real events."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from maskgan_studio.app.rendering.throttle import MAX_WAIT_MS, REST_MS
from maskgan_studio.cli.bench.driven_window import DrivenWindow
from maskgan_studio.cli.bench.startup import measure_first_window, measure_open_mask_speedup
from maskgan_studio.document.face_edit import FaceEdit
from maskgan_studio.document.geometry.rasterize import Cover
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.operations.painting import paint_patch
from maskgan_studio.labels import part_named
from maskgan_studio.recoloring import Recoloring

_SCALE = 2.0
_MOVES = 20
_STROKES = 25
_MANY_STROKES = 1000
_MANY_LAYERS = 20
_PREVIEWS = 5
_MOUTH, _MOUTH_BRUSH = (256.0, 376.0), 26.0
#: Seconds to wait for an image before the measurement is given up.
_PATIENCE = 120.0


def measure_editor(weights: str, device: str, report: Callable[[str], None]) -> dict[str, Any]:
    """Measure the editor; Qt must not have been started in this process yet.

    Args:
        weights: name or folder of the set that the live renderer uses meanwhile.
        device: where it renders.
        report: called with what is being measured.

    Returns:
        ``pointer_to_pixels_ms`` {``median``, ``p95``} from a pointer event to the repainted pixels, a 512² mask at 2x
        with the live renderer running; ``growth_strokes`` (1,000 strokes later against the beginning) and
        ``growth_layers`` (20 layers against 2) as ratios of medians; ``preview_ms`` (medians) from a stroke's first
        change of the mask to the preview of it, ``at_rest`` and ``during_full``, while a full image is being made;
        ``preview_on_screen_ms`` and ``full_on_screen_ms`` from a stroke on the mouth until its first image and its full
        one are painted, ``slider_…`` and ``color_…`` the same from a new place of a slider and a new colour of the
        hair; ``undo_ms``; ``open_mask_speedup`` over a loop over all pixels; ``first_window_s`` from the start of
        Python to the first paint.
    """
    report("first window")
    first_window = measure_first_window()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from maskgan_studio.app.application import make_pipeline
    from maskgan_studio.app.common.settings import Settings
    from maskgan_studio.app.common.theme import Theme
    from maskgan_studio.app.platform_env import prepare_environment
    from maskgan_studio.app.window.main_window import MainWindow

    prepare_environment()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        settings = Settings(Path(folder) / "settings.ini")
        settings.set("tour/seen", True)  # measured is who paints, not who is shown around
        window = MainWindow(lambda chosen: make_pipeline(chosen, device), weights, settings, Theme(app, "dark"))
        window.resize(2400, 1300)
        window.show()
        bench = _Bench(app, window)
        report("painting")
        bench.open()
        start = bench.strokes(_STROKES)
        undo = bench.undo_ms()
        report(f"{_MANY_STROKES} strokes")
        bench.strokes_unseen(_MANY_STROKES)
        later = bench.strokes(_STROKES)
        report("previews")
        bench.open()
        previews = bench.previews(_PREVIEWS)
        bench.open()
        on_screen = bench.mouth_on_screen(_PREVIEWS)
        bench.open()
        sliders = bench.sliders_on_screen(_PREVIEWS)
        bench.open()
        few_layers = bench.strokes(_STROKES)
        bench.add_layers(_MANY_LAYERS - 2)
        many_layers = bench.strokes(_STROKES)
        window.workspace.open(None, None)
        window.close()
        report("opening a mask")
        speedup = measure_open_mask_speedup(Path(folder))
    return {
        "pointer_to_pixels_ms": {"median": median(start), "p95": float(np.percentile(start, 95))},
        "preview_ms": previews,
        **on_screen,
        **sliders,
        "growth_strokes": median(later) / median(start),
        "growth_layers": median(many_layers) / median(few_layers),
        "undo_ms": undo,
        "open_mask_speedup": speedup,
        "first_window_s": first_window,
    }


class _Bench(DrivenWindow):
    """Paints and edits, and stops the time until the pixels are there."""

    def __init__(self, app: Any, window: Any) -> None:
        super().__init__(app, window)
        self._number = 0

    def strokes(self, count: int) -> list[float]:
        """Paint strokes; returns the milliseconds from each pointer event to the repainted pixels."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        times = []
        for _ in range(count):
            self.window.workspace.choose_part(self._next_part())
            self.settle()
            for step, (x, y) in enumerate(self._path()):
                place = self.canvas.view.to_screen(QPointF(x, y), self.canvas.panes()[0].frame)
                kind = QEvent.Type.MouseMove if step else QEvent.Type.MouseButtonPress
                button = none if step else left
                event = QMouseEvent(kind, place, place, button, left, Qt.KeyboardModifier.NoModifier)
                start = time.perf_counter()
                self.wait_for_paint(partial(self.app.sendEvent, self.canvas, event))
                times.append((time.perf_counter() - start) * 1000)
            event = QMouseEvent(
                QEvent.Type.MouseButtonRelease, place, place, left, none, Qt.KeyboardModifier.NoModifier
            )
            self.app.sendEvent(self.canvas, event)
        return times

    def previews(self, count: int) -> dict[str, float]:
        """Median milliseconds from a change of the mask to its image: a preview, where this machine needs one."""
        at_rest, during_full = [], []
        for _ in range(count):
            self.wait_until(self.shows_full_image)
            at_rest.append(self._ms_to_image())
            self.wait(REST_MS + 2 * MAX_WAIT_MS)  # now the full image is being made
            during_full.append(self._ms_to_image())
        return {"at_rest": median(at_rest), "during_full": median(during_full)}

    def mouth_on_screen(self, count: int) -> dict[str, float]:
        """Median milliseconds from a stroke on the mouth until its first image, and its full one, is painted."""

        def paint(number: int) -> None:
            # Elsewhere and another part each time: the mask is one that was never drawn.
            part = part_named(("mouth", "u_lip")[number % 2]).index
            session = self.window.workspace.session
            session.begin_stroke("Brush", (_MOUTH[0] + 3 * number, _MOUTH[1]), _MOUTH_BRUSH, part)
            session.finish_edit()

        first, full = self._ms_on_screen(count, paint)
        return {"preview_on_screen_ms": first, "full_on_screen_ms": full}

    def sliders_on_screen(self, count: int) -> dict[str, float]:
        """The same from a new place of the smile's slider, and from a new colour of the hair."""

        def edit(values: dict[str, float], colors: dict[str, Recoloring]) -> None:
            self.window.workspace.session.face.set_edit("Face", FaceEdit(values, colors))

        smile = self._ms_on_screen(count, lambda number: edit({"smile": 0.2 + 0.1 * number}, {}))
        color = self._ms_on_screen(count, lambda number: edit({}, {"hair": Recoloring(f"#7a3b{16 + number:x}")}))
        return {
            "slider_on_screen_ms": smile[0],
            "slider_full_on_screen_ms": smile[1],
            "color_on_screen_ms": color[0],
            "color_full_on_screen_ms": color[1],
        }

    def _ms_on_screen(self, count: int, act: Callable[[int], None]) -> tuple[float, float]:
        """Medians from an edit until its first image, and its full one, are painted."""
        firsts, fulls = [], []
        for number in range(count):
            self.wait_until(self.shows_full_image)
            start = time.perf_counter()
            act(number)
            self.wait_until(self.shows_image, "no preview was shown")
            self.wait_for_paint(self.canvas.update)
            firsts.append((time.perf_counter() - start) * 1000)
            self.wait_until(self.shows_full_image)
            self.wait_for_paint(self.canvas.update)
            fulls.append((time.perf_counter() - start) * 1000)
        return median(firsts), median(fulls)

    def _ms_to_image(self) -> float:
        session, live = self.window.workspace.session, self.window.live
        shown: list[float] = []
        connection = live.shown.connect(lambda *_: shown.append(time.perf_counter()))
        self.wait(0)
        shown.clear()
        start = time.perf_counter()
        before, expected_mask = session.source_mask, session.source_mask
        while np.array_equal(expected_mask, before):  # painted over with the same part: nothing to draw
            place = (150.0 + 37 * (self._number % 7), 150.0 + 17 * (self._number % 19))
            session.begin_stroke("Brush", place, 24, self._next_part())
            session.finish_edit()
            expected_mask = session.source_mask
        self.wait_until(
            lambda: shown and np.array_equal(live.current.result.request.source_mask, expected_mask),
            "no preview was shown",
        )
        live.shown.disconnect(connection)
        return (shown[-1] - start) * 1000

    def strokes_unseen(self, count: int) -> None:
        """Paint strokes through the session alone."""
        session = self.window.workspace.session
        for _ in range(count):
            (x, y), *rest = self._path()
            session.begin_stroke("Brush", (x, y), 24, self._next_part())
            for point in rest:
                session.extend_stroke(point, 24)
            session.finish_edit()
        self.settle()

    def undo_ms(self) -> float:
        """Median time of undo to the repainted pixels."""
        times = []
        for _ in range(10):
            start = time.perf_counter()
            self.wait_for_paint(self.window.actions_["edit.undo"].trigger)
            times.append((time.perf_counter() - start) * 1000)
            self.settle()
        return median(times)

    def add_layers(self, count: int) -> None:
        """Add edit layers with something on each."""
        session = self.window.workspace.session
        for number in range(count):
            layer = session.layers.add(f"Layer {number}")
            rect = Rect(20 * number, 40, 20 * number + 60, 400)
            cover_mask = np.ones((rect.height, rect.width), bool)
            session.apply("Fill", paint_patch(session.stack, layer, Cover(rect, cover_mask), self._next_part()))
        self.settle()

    def _next_part(self) -> int:
        self._number += 1
        return (part_named("hair").index, part_named("skin").index, part_named("cloth").index)[self._number % 3]

    def _path(self) -> list[tuple[float, float]]:
        # A wave across the middle of the face, somewhere else each time.
        steps = np.linspace(0, 1, _MOVES)
        height = 160 + 23 * self._number % 190
        return [(150 + 210 * t, height + 18 * np.sin(9 * t)) for t in steps.tolist()]
