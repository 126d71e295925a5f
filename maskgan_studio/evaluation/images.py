"""Images inside an HTML file: thumbnails and plots as data URLs."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import Image

from maskgan_studio.evaluation.bootstrap import Estimate
from maskgan_studio.labels import color_table


def encode_data_url(image: np.ndarray, size: int) -> str:
    """An image uint8 (H, W, 3) at size x size, as a JPEG data URL."""
    thumbnail = Image.fromarray(image).resize((size, size), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    thumbnail.save(stream, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def color_labels(mask: np.ndarray) -> np.ndarray:
    """A label map in the dataset's colours, uint8 (H, W, 3)."""
    return color_table()[mask]


def draw_bar_chart(title: str, estimates: Mapping[str, Estimate]) -> str:
    """Bars of one column by method with their intervals, as SVG."""
    figure = Figure(figsize=(6, 0.5 + 0.42 * len(estimates)), layout="constrained")
    axes = figure.add_subplot()
    names = list(estimates)[::-1]
    values = [estimates[name].value for name in names]
    errors = [
        [max(0.0, value - _or(estimates[name].low, value)) for name, value in zip(names, values, strict=True)],
        [max(0.0, _or(estimates[name].high, value) - value) for name, value in zip(names, values, strict=True)],
    ]
    axes.barh(names, values, xerr=errors, color="#5b7db1", ecolor="#222222", capsize=3)
    axes.set_title(title, fontsize=10, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    return _svg(figure)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def draw_histogram(title: str, values: Mapping[str, Sequence[float]]) -> str:
    """How a column's values spread over the pairs, a line per method, as SVG."""
    figure = Figure(figsize=(6, 2.4), layout="constrained")
    axes = figure.add_subplot()
    for name, of_method in values.items():
        axes.hist(of_method, bins=20, histtype="step", label=name, linewidth=1.5)
    axes.set_title(f"{title}, pairs", fontsize=10, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    stream = io.StringIO()
    # Text as text: as outlines it is most of the file.
    with rc_context({"svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
