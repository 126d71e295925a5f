"""``maskgan-studio train``: from ``--data`` and a recipe to a folder of trained stages."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from lightning_fabric import Fabric
from torch import nn

from maskgan_studio.batch import Backend
from maskgan_studio.engine.cpu_renderer import has_native_bfloat16
from maskgan_studio.engine.malloc_tuning import keep_freed_memory
from maskgan_studio.errors import TrainingError
from maskgan_studio.networks.face_parser import FaceParser
from maskgan_studio.outputs import refuse_inside
from maskgan_studio.photo.datasets import Source, open_source, with_attributes
from maskgan_studio.photo.files.loading import READER
from maskgan_studio.training.checkpoint import checkpoints
from maskgan_studio.training.data.labelling import label_source
from maskgan_studio.training.data.memory import parse_memory
from maskgan_studio.training.data.validation import validate_source
from maskgan_studio.training.loop import position_of, train_stage
from maskgan_studio.training.recipe import Recipe, load_recipe
from maskgan_studio.training.reporting import Reporter
from maskgan_studio.training.run_record import record_run
from maskgan_studio.training.signals import stop_on_signal
from maskgan_studio.training.stages.attributes import AttributesStage, known_attributes
from maskgan_studio.training.stages.base import Stage
from maskgan_studio.training.stages.completion import CompletionStage
from maskgan_studio.training.stages.dmn import DenseMappingStage
from maskgan_studio.training.stages.ebst import EditingBehaviorStage
from maskgan_studio.training.stages.losses import PerceptualLoss
from maskgan_studio.training.stages.mask_vae import MaskVAEStage
from maskgan_studio.training.stages.parser import ParserStage
from maskgan_studio.training.trained_networks import trained_networks

#: What a stage starts from when it was not given a set: the results of earlier stages in the same run.
_NEEDS = {
    "parser": (),
    "mask-vae": (),
    "dmn": (),
    "ebst": ("dmn", "mask-vae"),
    "completion": ("mask-vae", "dmn", "ebst"),
    "attributes": (),
}

_ADVERSARIAL = {"dmn": DenseMappingStage, "ebst": EditingBehaviorStage, "completion": CompletionStage}


@dataclass(frozen=True)
class Job:
    """Everything that ``maskgan-studio train`` was asked to do.

    Attributes:
        stages: stages to run in order.
        data: ``--data`` arguments.
        recipe: name or file.
        out: the run's folder; every stage has a folder in it.
        resume: go on where an earlier run into ``out`` stopped.
        init: name or folder of a set of weights to start from.
        steps: number of steps of every stage instead of the recipe's.
        perceptual: weights of the perceptual loss's network.
        device: "auto", "cpu" or "cuda".
        devices: number of devices, "auto" for all; under torchrun that decides.
        precision: Fabric's precision name instead of the recipe's.
        on_bad_data: "stop" refuses data with unusable files, "skip" names them and trains without, "mend" reads masks
            as they were probably meant where that can be told, and skips the rest.
        attributes: table of attributes for data folders that have none of their own.
        seed: of every stage instead of the recipe's.
        memory: what decoded images may fill, as "4G"; a quarter of what is free by default.
        cluster: address of a Ray cluster that labels images without masks; "auto" for this machine's own.
        micro_batch: images in memory at a time instead of the recipe's number; 0 for whole batches.
        compile: compile the networks' passes first.
    """

    stages: Sequence[str]
    data: Sequence[str]
    recipe: str
    out: Path
    resume: bool = False
    init: str | None = None
    steps: int | None = None
    perceptual: Path | None = None
    device: str = "auto"
    devices: str = "auto"
    precision: str | None = None
    on_bad_data: str = "stop"
    attributes: Path | None = None
    seed: int | None = None
    memory: str | None = None
    cluster: str | None = None
    micro_batch: int | None = None
    compile: bool = False


def train(job: Job) -> None:
    """Run the job's stages one after the other.

    Raises:
        TrainingError, DataError, WeightsError: with one sentence; finished stages and checkpoints stay.
        OutputError: the run's folder lies among the data.
    """
    parse_memory(job.memory)
    recipe = load_recipe(job.recipe)
    if job.seed is not None:
        recipe = recipe.with_seed(job.seed)
    if job.micro_batch is not None:
        recipe = recipe.with_micro_batch(job.micro_batch)
    found = [open_source(argument, recipe.data["validation"], job.out / "cache" / "shards") for argument in job.data]
    # Sample grids and masks of the run would be found as images by the next one.
    refuse_inside(job.out, [folder for source in found for folder in source.searched])
    skip, mend = job.on_bad_data != "stop", job.on_bad_data == "mend"
    sources = [validate_source(source, skip, job.out / "cache", mend) for source in found]
    for name in job.stages:
        run_stage(job, recipe, sources, name)


def run_stage(job: Job, recipe: Recipe, sources: Sequence[Source], name: str) -> None:
    """Train one stage of a job to its end; does nothing when it is complete and the job resumes."""
    out = job.out / name
    if checkpoints(out) and not job.resume:
        raise TrainingError(f"{out} already holds a training run; go on with --resume or choose another --out.")
    settings = recipe.stage(name)
    devices, machines = _processes(job)
    precision = cast(Any, job.precision or settings["precision"])
    if torch.cuda.is_available() and job.device != "cpu":
        torch.set_float32_matmul_precision("high")  # before Fabric sees the device and advises it
    fabric = Fabric(accelerator=job.device, devices=devices, num_nodes=machines, precision=precision)
    fabric.launch()
    if fabric.device.type == "cpu":
        keep_freed_memory()
    else:
        # A phase's shapes stay the same for thousands of steps: trying every algorithm once pays.
        torch.backends.cudnn.benchmark = True
    torch.manual_seed(settings["seed"])
    initial = load_initial_networks(job, name)
    if name == "attributes":
        sources = [with_attributes(source, job.attributes) for source in sources]
    elif name != "parser" or settings.optional("label_confidence", 0.0):
        confidence = settings["label_confidence"] if name == "parser" else 0.0
        with fabric.rank_zero_first(local=job.cluster is None):
            sources = [_labelled(job, source, fabric, confidence) for source in sources]
    stage = _make_stage(name, job, recipe, fabric, initial, sources)
    stage.memory = parse_memory(job.memory)
    if job.compile:
        stage.compile()
    if fabric.is_global_zero:
        _print_plan(stage, recipe, sources, job)
        _warn_of_restarts()
        record_run(out, name, recipe, job.data, job.init, job.resume, fabric)
    quiet = not fabric.is_global_zero
    with stop_on_signal(quiet) as should_stop:
        train_stage(
            stage,
            recipe,
            sources,
            out,
            resume=job.resume,
            steps=job.steps,
            reporter=Reporter(quiet),
            should_stop=should_stop,
        )
        if should_stop():  # during the last validation
            raise TrainingError(f"Stopped after {name} was complete; go on with --resume.")


def _processes(job: Job) -> tuple[Any, int]:
    """Devices (or processes) per machine, and machines."""
    if "TORCHELASTIC_RUN_ID" in os.environ:  # started by torchrun, which has decided
        per_machine = int(os.environ["LOCAL_WORLD_SIZE"])
        return per_machine, int(os.environ["WORLD_SIZE"]) // per_machine
    if job.devices == "auto":
        # All GPUs there are; on the CPU one process, whose operations use all cores.
        return "auto" if torch.cuda.is_available() and job.device != "cpu" else 1, 1
    return int(job.devices), 1


def _warn_of_restarts() -> None:
    """Say what torchrun needs so that a restart after a lost process does not wait for ever."""
    restarts = os.environ.get("TORCHELASTIC_MAX_RESTARTS", "0") != "0"
    if restarts and os.environ.get("TORCH_DISABLE_SHARE_RDZV_TCP_STORE") != "1":
        print(
            "torchrun may restart this run: set TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1 for it, or restarted processes "
            "may wait for those before them.",
            file=sys.stderr,
            flush=True,
        )


def _make_stage(
    name: str, job: Job, recipe: Recipe, fabric: Fabric, initial: dict[str, nn.Module], sources: Sequence[Source]
) -> Stage:
    settings = recipe.stage(name)
    if name == "attributes":
        return AttributesStage(settings, fabric, initial, known_attributes(sources))
    if name == "parser":
        return ParserStage(settings, fabric, initial)
    if name == "mask-vae":
        return MaskVAEStage(settings, fabric, initial)
    perceptual = None
    if settings["perceptual_weight"]:
        if job.perceptual is None:
            raise TrainingError(
                f"Recipe '{recipe.name}' uses the perceptual loss: give the weights of VGG-19 or SqueezeNet 1.0 with "
                "--perceptual FILE, or set perceptual_weight = 0 in a recipe of your own."
            )
        perceptual = PerceptualLoss(job.perceptual)
    return _ADVERSARIAL[name](settings, fabric, initial, perceptual)


def load_initial_networks(job: Job, name: str) -> dict[str, nn.Module]:
    """What a stage starts from: earlier stages of the same run, else the ``--init`` set, else nothing.

    A network trained earlier in this run is newer than the set that the run began with.
    """
    found: dict[str, nn.Module] = {}
    if job.init is not None:
        from maskgan_studio.weights import find_set

        given = find_set(job.init)
        found = {role: given.load(role) for role in given.roles}
    for earlier in _NEEDS[name]:
        if checkpoints(job.out / earlier):
            found.update(trained_networks(job.out / earlier))
    return found


def _labelled(job: Job, source: Source, fabric: Fabric, confidence: float) -> Source:
    """Give the images of a source without masks those that the run's parser, or the initial set's, finds; the parser
    itself learns what the one before it was sure of (self-training)."""
    if source.labelled:
        return source
    if not confidence and checkpoints(job.out / "parser"):
        parser = trained_networks(job.out / "parser")["parser"]
    else:
        from maskgan_studio.weights import DEFAULT_SET, find_set

        parser = find_set(job.init or DEFAULT_SET).load("parser")
    key = hashlib.sha256(os.fsencode(f"{READER} {source.root.resolve()}")).hexdigest()[:12]
    folder = job.out / "labels" / (f"teacher-{key}" if confidence else key)
    return label_source(
        source, cast(FaceParser, parser), folder, fabric.device, confidence, Backend(cluster=job.cluster)
    )


def _print_plan(stage: Stage, recipe: Recipe, sources: Sequence[Source], job: Job) -> None:
    """Say on stderr what is about to happen; the time is estimated by the progress lines after a few steps."""
    images = sum(len(source.samples) for source in sources)
    held_out = sum(sample.split == "validation" for source in sources for sample in source.samples)
    phases = recipe.phases(stage.name)
    steps = job.steps if job.steps is not None else sum(phase.steps for phase in phases)
    parameters = ", ".join(
        f"{role} {sum(p.numel() for p in network.parameters()) / 1e6:.1f} M" for role, network in stage.networks.items()
    )
    sizes = ", ".join(f"{phase.steps} x {phase.batch} at {phase.size}²" for phase in phases)
    precision = job.precision or recipe.stage(stage.name)["precision"]
    print(
        f"{stage.name}: {images} images ({held_out} held out), {steps} steps, "
        f"{position_of(phases, steps).samples_before} samples ({sizes}); "
        f"parameters: {parameters}; {stage.fabric.device} in {precision}, {stage.fabric.world_size} process(es); "
        f"into {job.out / stage.name}",
        file=sys.stderr,
        flush=True,
    )
    if precision.startswith("bf16") and stage.fabric.device.type == "cpu" and not has_native_bfloat16():
        print("This processor has no bfloat16: --precision 32-true is several times as fast.", file=sys.stderr)
