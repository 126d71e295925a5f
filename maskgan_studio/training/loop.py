"""The training loop. It reads from top to bottom; everything that differs between stages is in the stage."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from lightning_fabric import Fabric

from maskgan_studio.errors import TrainingError
from maskgan_studio.photo.datasets import Source
from maskgan_studio.training.checkpoint import load_checkpoint, save_checkpoint
from maskgan_studio.training.data.batches import BatchSource, decode_images
from maskgan_studio.training.data.dataset import DecodedImages, split_samples
from maskgan_studio.training.recipe import Phase, Recipe
from maskgan_studio.training.reporting import Reporter
from maskgan_studio.training.stages.base import Stage, save_image


@dataclass(frozen=True)
class Position:
    """Where step number ``step`` of a stage stands: its phase, the step within it, and the samples seen before."""

    phase: Phase
    index: int
    step_in_phase: int
    samples_before: int


def position_of(phases: Sequence[Phase], step: int) -> Position:
    """Locate a global step in the phases; the last phase has no end."""
    seen = 0
    for index, phase in enumerate(phases):
        if step < phase.steps or index == len(phases) - 1:
            return Position(phase, index, step, seen + step * phase.batch)
        step -= phase.steps
        seen += phase.steps * phase.batch
    raise AssertionError("a stage has at least one phase")


def train_stage(
    stage: Stage,
    recipe: Recipe,
    sources: Sequence[Source],
    out: Path,
    *,
    resume: bool,
    steps: int | None,
    reporter: Reporter,
    should_stop: Callable[[], bool] = lambda: False,
) -> None:
    """Train one stage to its end and leave checkpoints, sample grids and scalars in ``out``.

    Args:
        stage: networks and step, fresh or loaded from a shipped set.
        recipe: gives the phases and intervals.
        sources: training data.
        out: the stage's folder.
        resume: go on from the newest checkpoint in ``out``.
        steps: stop after this many steps in all, instead of the recipe's number.
        reporter: progress, scalars.
        should_stop: asked after every step (of several processes, every ``log_steps``); a true answer ends the run with
            a checkpoint.

    Raises:
        TrainingError: checkpoint of another recipe, a loss that is not a number, a disk that is full, or the run was
            asked to stop. The last good checkpoint is intact.
        DataError: a data folder is unusable or vanished.
    """
    try:
        _train_stage(stage, recipe, sources, out, resume, steps, reporter, should_stop)
    except OSError as error:
        raise TrainingError(
            f"The run could not write to {out}: {error}. Free some space and go on with --resume; the last good "
            "checkpoint is intact."
        ) from None
    finally:
        reporter.finish()


def _train_stage(
    stage: Stage,
    recipe: Recipe,
    sources: Sequence[Source],
    out: Path,
    resume: bool,
    steps: int | None,
    reporter: Reporter,
    should_stop: Callable[[], bool],
) -> None:
    fabric: Fabric = stage.fabric
    settings = recipe.stage(stage.name)
    phases = recipe.phases(stage.name)
    for phase in phases:
        if phase.batch % fabric.world_size:
            raise TrainingError(
                f"A batch of {phase.batch} cannot be shared by {fabric.world_size} processes evenly; choose "
                "--devices or the recipe's batch so that it can."
            )
        share = phase.batch // fabric.world_size
        if stage.micro_batch and share % stage.micro_batch:
            raise TrainingError(
                f"The {share} images of a step cannot be taken {stage.micro_batch} at a time; choose a --micro-batch "
                "that divides them."
            )
    total = steps if steps is not None else sum(phase.steps for phase in phases)
    seed = settings["seed"]
    step = 0
    if resume and (state := load_checkpoint(out)) is not None:
        if state["digest"] != recipe.digest(stage.name):
            raise TrainingError(
                f"The checkpoint in {out} was made by another recipe ('{state['recipe']}') or seed; resume with the "
                "same or choose another --out."
            )
        stage.load_state(state["stage"])
        step = state["step"]

    def checkpoint() -> None:
        in_parts = settings.optional("sharded_checkpoints", False)
        if in_parts or fabric.is_global_zero:
            state = {
                "step": step,
                "recipe": recipe.name,
                "digest": recipe.digest(stage.name),
                "stage": stage.state(),
            }
            save_checkpoint(out, step, state, fabric if in_parts else None)
        fabric.barrier()

    source: BatchSource | None = None
    held_out = _held_out(stage, sources, settings["validation_size"], out.parent / "cache")
    reporter.start(stage.name, phases, total, step, out)
    while step < total:
        at = position_of(phases, step)
        if source is None or source.phase != at.phase:
            source = stage.open_batches(sources, at.phase, out.parent / "cache", source)
        share = at.phase.batch // fabric.world_size
        first = at.samples_before + fabric.global_rank * share

        began = time.perf_counter()
        stage.set_learning_rate(at.phase.rate_at(at.step_in_phase))
        # Reseeding each step makes a resumed run draw what the uninterrupted one would have drawn.
        torch.manual_seed((seed * 1_000_003 + step) * 64 + fabric.global_rank)
        losses = stage.step(source.batch(first, share))
        for role, average in stage.averages.items():
            # Of the phase: another size asks for other weights, so the average starts to follow again.
            average.update(stage.networks[role], at.step_in_phase)
        step += 1

        log = step % settings["log_steps"] == 0 or step == total
        stopping = (log or fabric.world_size == 1) and _agreed(fabric, should_stop())
        save = step % settings["checkpoint_steps"] == 0 or step == total or stopping
        if log or save:
            values = _mean_over_processes(fabric, losses)
            if not all(math.isfinite(value) for value in values.values()):
                raise TrainingError(
                    f"The loss is no longer a number at step {step} of {stage.name} ({_named(values)}); resume from "
                    "the last checkpoint with a lower learning rate or in fp32."
                )
            reporter.scalars(step, values)
        # Here a GPU has been waited for every log_steps, so that the times add up to what really passed.
        reporter.step(step, at.phase, time.perf_counter() - began)
        if save:
            checkpoint()
        if stopping:
            raise TrainingError(
                f"Stopped after step {step} of {total} of {stage.name}; go on from its checkpoint with --resume."
            )
        sample = step % settings["sample_steps"] == 0 or step == total
        if held_out is not None and fabric.is_global_zero and sample:
            save_image(stage.sample_grid(held_out), out / "samples" / f"{step:08d}.png")
            metrics = stage.validate(held_out)
            reporter.record_metrics(step, metrics)
            held_out.release()
            (out / "figures.json").write_text(json.dumps({"step": step, **metrics}, indent=1), encoding="utf-8")


def _held_out(stage: Stage, sources: Sequence[Source], size: int, cache: Path) -> DecodedImages | None:
    samples, _, _ = split_samples(sources, "validation", stage.attributes)
    limit = stage.settings["validation_images"]
    return decode_images(stage, samples[:limit], size, cache) if samples else None


def _agreed(fabric: Fabric, stop: bool) -> bool:
    """Whether any process wants to stop; all of them get the same answer."""
    if fabric.world_size == 1:
        return stop
    wishes = fabric.all_reduce(torch.tensor(float(stop), device=fabric.device), reduce_op="sum")
    return cast(torch.Tensor, wishes).item() > 0


def _mean_over_processes(fabric: Fabric, losses: dict[str, torch.Tensor]) -> dict[str, float]:
    values = torch.stack([value.float() for value in losses.values()])
    if fabric.world_size > 1:
        values = cast(torch.Tensor, fabric.all_reduce(values, reduce_op="mean"))
    return dict(zip(losses, values.tolist(), strict=True))


def _named(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3g}" for name, value in values.items())
