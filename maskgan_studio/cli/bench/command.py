"""``bench``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from maskgan_studio.cli.extras import require_extra
from maskgan_studio.cli.options import Device, Weights


def bench(
    editor: Annotated[bool, typer.Option("--editor", help="Time the editor's canvas instead, offscreen.")] = False,
    training: Annotated[bool, typer.Option("--training", help="Time stage I of the training instead.")] = False,
    memory: Annotated[
        bool, typer.Option("--memory", help="Measure the memory that training on 30,000 images takes instead.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    weights: Weights = "studio",
    device: Device = "auto",
) -> None:
    """Time one edit against the authors' way of rendering, and compare the images."""
    if editor:
        from maskgan_studio.cli.bench.editor import measure_editor
        from maskgan_studio.cli.console import print_status

        figures = measure_editor(weights, device, lambda step: print_status(f"measuring: {step}"))
        typer.echo(json.dumps(figures, indent=2) if as_json else "\n".join(f"{k}: {v}" for k, v in figures.items()))
        return
    if training:
        require_extra("training")
        from maskgan_studio.cli.bench.training import describe as describe_training
        from maskgan_studio.cli.bench.training import measure_training
        from maskgan_studio.engine.device import choose_device

        speeds = measure_training(choose_device(device))
        typer.echo(json.dumps(speeds, indent=2) if as_json else describe_training(speeds))
        return
    if memory:
        require_extra("training")
        from maskgan_studio.cli.bench.memory import describe as describe_memory
        from maskgan_studio.cli.bench.memory import measure_memory

        found = measure_memory()
        typer.echo(json.dumps(found, indent=2) if as_json else describe_memory(found))
        return
    from maskgan_studio.cli.bench.rendering import describe, measure_rendering
    from maskgan_studio.engine.device import choose_device
    from maskgan_studio.weights import find_set

    result = measure_rendering(find_set(weights), choose_device(device))
    typer.echo(json.dumps(result, indent=2) if as_json else describe(result))
