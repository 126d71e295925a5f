"""Fit to photo: find the style in which the network draws one photo as it is, at the photo's own mask.

Optimised are the style vector and a style map (see ``style_map``); the weights stay, so that masks mean what they
meant. Everything before the first layer that the optimised style reaches is computed once. The loss is the mean
absolute difference of image and photo and of their gradients at four resolutions; it needs no further network.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.engine.fit import Fit
from maskgan_studio.engine.target import Target
from maskgan_studio.engine.tensors import image_to_tensor, labels_to_tensor
from maskgan_studio.errors import StudioError
from maskgan_studio.networks import DenseMappingNetwork
from maskgan_studio.networks.backbone import Backbone, one_hot
from maskgan_studio.networks.blocks import EPSILON, instance_norm

#: Called before each step with the share done (0 to 1) and the seconds left; False stops the fit.
Report = Callable[[float, float], bool]

_RANK = 12
_RATE = 0.12
_SCALES = 4
# Until here the steps are as long as at the start, from there they shrink to nothing.
_STEADY = 0.6


@dataclass(frozen=True)
class Plan:
    """How much is fitted.

    Attributes:
        steps: at most.
        seconds: after which it ends with what it has; None takes all steps.
        whole_vector: fit all of the style vector, not only what the last two levels take.
    """

    steps: int
    seconds: float | None
    whole_vector: bool


PRESETS = {"quick": Plan(60, 45.0, False), "full": Plan(240, None, True)}


def fit_style(
    network: DenseMappingNetwork,
    target: Target,
    vector: Tensor,
    weights: str,
    mode: str,
    device: torch.device,
    report: Report | None = None,
) -> Fit | None:
    """Fit a style to a photo.

    Args:
        network: an own copy; it is not changed.
        target: the photo.
        vector: where to start, (1, S): the style as the encoder reads it.
        weights: digest of the network, kept with the fit.
        mode: ``quick`` or ``full``, see ``PRESETS``.
        device: where to work.
        report: progress callback; may stop the fit.

    Returns:
        the fit; None where it was stopped.

    Raises:
        StudioError: the generator is of a form that cannot be fitted.
    """
    if not isinstance(network.backbone, Backbone) or len(network.backbone.up) < 2:
        raise StudioError("These weights cannot be fitted to a photo; choose another set, such as studio.")
    plan = PRESETS[mode]
    with torch.inference_mode(False), torch.enable_grad():
        fitting = _Fitting(network.backbone, target, vector, plan.whole_vector, device)
        begun = time.monotonic()
        share = 0.0
        for step in range(plan.steps):
            passed = time.monotonic() - begun
            # The time that is left decides as the steps do, so that a slow machine gets the short steps at the end too.
            share = max(step / plan.steps, passed / plan.seconds if plan.seconds else 0.0)
            if share >= 1:
                break
            left = passed / share * (1 - share) if step else float("inf")
            if report is not None and not report(share, left):
                return None
            fitting.step(1.0 if share < _STEADY else (1 - share) / (1 - _STEADY))
        return fitting.result(target, weights, mode)


class _Fitting:
    """The optimisation with what it is about."""

    def __init__(
        self, backbone: Backbone, target: Target, vector: Tensor, whole_vector: bool, device: torch.device
    ) -> None:
        self._backbone = backbone.to(device).requires_grad_(False)
        for convolution in (backbone.up[-1], backbone.head):  # where the time goes; channels-last is faster there
            convolution.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._photo = image_to_tensor(target.crop, device)
        planes = one_hot(labels_to_tensor(target.mask, device))
        self._noise = backbone.draw_noise(1, *target.mask.shape)
        pieces = [piece.clone() for piece in vector.to(device).split(backbone.style_pieces, dim=1)]
        late = min(2, max(0, len(pieces) - 2 * len(backbone.blocks)))  # AdaIN of the last two levels, where there is
        self._first = 0 if whole_vector else len(pieces) - late
        self._pieces = [piece.requires_grad_(i >= self._first) for i, piece in enumerate(pieces)]
        width = backbone.head.in_channels * 2
        generator = torch.Generator().manual_seed(0)
        self._basis = (torch.randn(width, _RANK, generator=generator) / _RANK**0.5).to(device).requires_grad_()
        side = target.mask.shape[0] // 2
        self._codes = torch.zeros(_RANK, side, side, device=device, requires_grad=True)
        with torch.no_grad():
            self._start = self._down(planes) if whole_vector else self._up_to_last(self._down(planes))
            self._before = self._image()
        parameters = [piece for piece in self._pieces if piece.requires_grad]
        self._optimiser = torch.optim.Adam([*parameters, self._basis, self._codes], lr=_RATE, betas=(0.9, 0.99))

    def step(self, rate: float) -> None:
        """Take one step, ``rate`` times as long as the first."""
        for group in self._optimiser.param_groups:
            group["lr"] = rate * _RATE
        loss = _difference(self._image(), self._photo)
        self._optimiser.zero_grad()
        loss.backward()
        self._optimiser.step()

    @torch.no_grad()
    def result(self, target: Target, weights: str, mode: str) -> Fit:
        """What was found."""
        before, after = (127.5 * float((image - self._photo).abs().mean()) for image in (self._before, self._image()))
        vector, codes, basis = (
            tensor.float().cpu().numpy() for tensor in (torch.cat(self._pieces, dim=1)[0], self._codes, self._basis)
        )
        return Fit(target.key, weights, mode, vector, target.mask.copy(), codes.astype("float16"), basis, before, after)

    def _down(self, x: Tensor) -> Tensor:
        x = F.relu(instance_norm(self._backbone.stem(x)))
        for convolution in self._backbone.down:
            x = F.relu(instance_norm(convolution(x)))
        return x

    def _up_to_last(self, x: Tensor) -> Tensor:
        """Everything up to the last norm but one, without the style's scale and shift there."""
        pieces = iter(self._pieces)
        for block in self._backbone.blocks:
            x = block(x, next(pieces), next(pieces))
        last_but_one = len(self._backbone.up) - 2
        for level in range(last_but_one):
            x = F.relu(_norm(self._backbone.enlarge(level, x, self._noise), next(pieces, None)))
        return _norm(self._backbone.enlarge(last_but_one, x, self._noise), None)

    def _image(self) -> Tensor:
        x = self._up_to_last(self._start) if self._first == 0 else self._start
        later = self._pieces[2 * len(self._backbone.blocks) + len(self._backbone.up) - 2 :]
        style = iter(later)
        shifts = torch.einsum("cr,rhw->chw", self._basis, self._codes)[None]
        piece = next(style, None)
        if piece is not None:
            shift, scale = piece[:, :, None, None].chunk(2, dim=1)
            x, shifts = x * scale, shifts + shift
        x = F.relu(x + shifts)
        last = self._backbone.enlarge(len(self._backbone.up) - 1, x, self._noise)
        x = F.relu(_norm(last, next(style, None)))
        return torch.tanh(self._backbone.head(x))


def _norm(x: Tensor, parameters: Tensor | None) -> Tensor:
    """(Adaptive) instance norm of one image, as a group norm with a channel per group: four times as fast as the
    same in single steps where gradients are wanted."""
    shift, scale = parameters[0].chunk(2) if parameters is not None else (None, None)
    return F.group_norm(x.contiguous(), x.shape[1], scale, shift, EPSILON)


def _difference(image: Tensor, photo: Tensor) -> Tensor:
    """Mean absolute difference of images (1, 3, H, W) and of their gradients, over four resolutions."""
    total = torch.zeros((), device=photo.device)
    for scale in range(_SCALES):
        if scale:
            image, photo = F.avg_pool2d(image, 2), F.avg_pool2d(photo, 2)
        error = image - photo
        total = total + error.abs().mean() + error.diff(dim=3).abs().mean() + error.diff(dim=2).abs().mean()
    return total / _SCALES
