"""What live rendering is doing, as the status bar shows it."""

from __future__ import annotations

from dataclasses import dataclass

from maskgan_studio.app.common.i18n import tr


@dataclass(frozen=True)
class LiveState:
    """State of live rendering for the status bar.

    Attributes:
        kind: "off" (nothing to render), "loading", "live", "paused", "error".
        milliseconds: time of the last render, None before the first.
        device, weights: names, empty before the first render.
        problem: what went wrong.
    """

    kind: str = "off"
    milliseconds: float | None = None
    device: str = ""
    weights: str = ""
    problem: str = ""


def describe_state(state: LiveState) -> str:
    """Format the state for the status bar."""
    words = {
        "off": tr("no photo"),
        "loading": tr("loading the network…"),
        "live": tr("live"),
        "paused": tr("paused (F5 renders)"),
        "error": tr("the network failed"),
    }[state.kind]
    # What needed no network took no time worth a number.
    if state.kind == "live" and state.milliseconds is not None and round(state.milliseconds) > 0:
        words += f" {state.milliseconds:.0f} ms"
    return " · ".join(part for part in (f"● {words}", state.device, state.weights) if part)
