"""What the training loop knows of a stage."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.optim import Optimizer

from maskgan_studio.errors import TrainingError
from maskgan_studio.photo.datasets import Source
from maskgan_studio.training.data.augmentation import Augmentation
from maskgan_studio.training.data.batches import BatchSource
from maskgan_studio.training.data.dataset import DecodedImages
from maskgan_studio.training.recipe import Phase, Settings
from maskgan_studio.training.stages.ema import MovingAverage

#: The stage that trains a role in a run, by its name on the command line.
_STAGE_OF = {"dmn": "dmn", "mask_vae": "mask-vae"}


def require_networks(initial: dict[str, nn.Module], roles: Sequence[str], title: str) -> None:
    """Check that a stage has the trained networks that it starts from.

    Args:
        initial: trained networks by role.
        roles: those that are needed.
        title: the stage, as the beginning of a sentence.

    Raises:
        TrainingError: one is missing.
    """
    for role in roles:
        if role not in initial:
            raise TrainingError(
                f"{title} starts from a trained {role}: run 'train {_STAGE_OF[role]}' into the same folder first, or "
                "give a set with --init."
            )


class Stage(ABC):
    """One training stage of the paper: its networks, their optimisers and what one step does.

    Attributes:
        name: the stage's name on the command line.
        networks: every trained network by its role in a set of weights.
        averages: moving averages of those that have one; these are exported in place of the raw weights.
        optimizers: by name.
        augmentation: of the backbone's image and mask.
        two_views: the style encoder sees another view of the pair than the backbone has to draw, so that the style
            cannot carry geometry (our extension; off in the paper).
        attributes: names of what is to be classified; empty for a stage that trains on masks.
        memory: bytes that decoded images may fill, on each machine; None for a quarter of what is free.
        micro_batch: images that are in memory at a time with what is computed of them, where the stage can take a batch
            in parts; 0 for the whole batch.
    """

    name: str

    def __init__(self, settings: Settings, fabric: Fabric) -> None:
        self.settings = settings
        self.fabric = fabric
        self.networks: dict[str, nn.Module] = {}
        self.averages: dict[str, MovingAverage] = {}
        self.optimizers: dict[str, Optimizer] = {}
        self.augmentation = Augmentation(settings["augmentation"])
        self.two_views = False
        self.attributes: tuple[str, ...] = ()
        self.memory: int | None = None
        self.micro_batch: int = settings.optional("micro_batch", 0)

    def place(self, network: nn.Module) -> nn.Module:
        """Move a network to the training device, channels-last, which convolutions prefer."""
        return cast(Any, self.fabric.to_device(network)).to(memory_format=torch.channels_last)

    def prepare(self, optimizer: Optimizer) -> Optimizer:
        """Let Fabric take over an optimiser; it then steps as the precision requires."""
        return cast(Optimizer, self.fabric.setup_optimizers(optimizer))

    def open_batches(
        self, sources: Sequence[Source], phase: Phase, cache: Path, before: BatchSource | None
    ) -> BatchSource:
        """Make the source of a phase's batches; ``before`` is that of the phase before it, whose images may serve."""
        return BatchSource(self, sources, phase, cache, self.settings["seed"], before)

    def compile(self, backend: str = "inductor") -> None:
        """Let PyTorch compile the trained networks' passes; averages, which draw samples of other shapes, stay."""
        for network in self.networks.values():
            network.compile(dynamic=False, backend=backend)

    @abstractmethod
    def step(self, batch: Any) -> dict[str, Tensor]:
        """One optimiser step on a batch; returns the losses as detached scalars, without waiting for the device."""

    @abstractmethod
    def validate(self, images: DecodedImages) -> dict[str, float]:
        """Metrics of the averaged networks on images that training never sees."""

    @abstractmethod
    def sample_grid(self, images: DecodedImages) -> Tensor:
        """An image (3, H, W) in [0, 1] of the fixed samples that are looked at during a run."""

    def update(self, loss: Tensor | Iterable[Tensor], optimizer: Optimizer, networks: Iterable[nn.Module]) -> None:
        """Backward, average the gradients over all processes, and step.

        Args:
            loss: the batch's, or its terms one after the other: each is gone backward through before the next is asked
                for, and their gradients add up.
            optimizer: steps.
            networks: whose gradients are averaged.
        """
        optimizer.zero_grad(set_to_none=True)
        for term in (loss,) if isinstance(loss, Tensor) else loss:
            self.fabric.backward(term)
        if self.fabric.world_size > 1:
            average_gradients(self.fabric, networks)
        if largest := self.settings.optional("gradient_norm", 0.0):
            for network in networks:
                self.fabric.clip_gradients(network, optimizer, max_norm=largest, error_if_nonfinite=False)
        optimizer.step()

    def set_learning_rate(self, rate: float) -> None:
        """Set the rate of every optimiser."""
        for optimizer in self.optimizers.values():
            for group in optimizer.param_groups:
                group["lr"] = rate

    def state(self) -> dict[str, object]:
        """Everything that changes during training, for a checkpoint."""
        return {
            # A checkpoint describes itself: its networks can be rebuilt without recipe or code of the stage.
            "arguments": {role: network.arguments for role, network in self.networks.items()},
            "networks": {role: network.state_dict() for role, network in self.networks.items()},
            "averages": {role: average.average.state_dict() for role, average in self.averages.items()},
            "optimizers": {name: optimizer.state_dict() for name, optimizer in self.optimizers.items()},
            # The factor that keeps float16's gradients from vanishing; nothing in other precisions.
            "precision": self.fabric.strategy.precision.state_dict(),
        }

    def load_state(self, state: dict) -> None:
        """Take back what :meth:`state` gave."""
        for role, network in self.networks.items():
            network.load_state_dict(state["networks"][role])
        for role, average in self.averages.items():
            average.average.load_state_dict(state["averages"][role])
        for name, optimizer in self.optimizers.items():
            optimizer.load_state_dict(state["optimizers"][name])
            _match_layout(optimizer)
        # Absent from older checkpoints, and empty where the run went on from another precision.
        if scaling := state.get("precision"):
            self.fabric.strategy.precision.load_state_dict(scaling)


def _match_layout(optimizer: Optimizer) -> None:
    """Lay moments out in memory as their parameters are: fused optimisers pair elements by place, and a checkpoint
    holds plain contiguous tensors."""
    for parameter, moments in getattr(optimizer, "optimizer", optimizer).state.items():
        for name, value in moments.items():
            if isinstance(value, Tensor) and value.shape == parameter.shape:
                moments[name] = torch.empty_like(parameter, dtype=value.dtype).copy_(value)


def average_gradients(fabric: Fabric, networks: Iterable[nn.Module]) -> None:
    """Replace every gradient by its mean over the processes, in one exchange.

    Explicit instead of DistributedDataParallel because a step has several phases over shared networks (Algorithm 1),
    in which each wrapper would have to be told what to expect.
    """
    gradients = [p.grad for network in networks for p in network.parameters() if p.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    flat = cast(Tensor, fabric.all_reduce(flat, reduce_op="mean"))
    offset = 0
    for gradient in gradients:
        gradient.copy_(flat[offset : offset + gradient.numel()].view_as(gradient))
        offset += gradient.numel()


def grid(rows: Sequence[Sequence[Tensor]]) -> Tensor:
    """Lay images (3, H, W) in [0, 1] out as rows."""
    return torch.cat([torch.cat([picture.cpu().float() for picture in row], dim=2) for row in rows], dim=1).clamp(0, 1)


def save_image(picture: Tensor, file: Path) -> None:
    """Write an image (3, H, W) in [0, 1] as a file."""
    from PIL import Image

    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((picture * 255).round().byte().permute(1, 2, 0).numpy()).save(file)
