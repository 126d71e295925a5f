"""Figures and sample grids of a Dense Mapping Network."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from maskgan_studio.evaluation.bootstrap import correlate
from maskgan_studio.evaluation.texture_metrics import measure_weave
from maskgan_studio.labels import PARTS, color_table
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.networks.dense_mapping import DenseMappingNetwork
from maskgan_studio.training.data.augmentation import plain
from maskgan_studio.training.data.dataset import DecodedImages
from maskgan_studio.training.stages.base import grid
from maskgan_studio.training.stages.losses import PerceptualLoss

#: Faces on a sample grid.
_FACES = 6
_BATCH = 4
_INDEX = {part.name: part.index for part in PARTS}


def compute_part_means(images: Tensor, masks: Tensor, part: str) -> tuple[Tensor, Tensor]:
    """Mean colour (N, 3) of one part and whether it is there (N,), of images (N, 3, H, W) and label maps (N, H, W)."""
    inside = (masks == _INDEX[part])[:, None].float()
    area = inside.sum((2, 3))
    return (images * inside).sum((2, 3)) / area.clamp_min(1), area[:, 0] > 0


@torch.no_grad()
def measure_reconstruction(
    network: DenseMappingNetwork, images: DecodedImages, perceptual: PerceptualLoss | None
) -> dict[str, float]:
    """How well a network gives held-out faces back and follows swapped styles.

    Returns:
        ``l1``: mean absolute error of reconstructions, image range 0 to 1; ``style_skin`` and ``style_hair``:
        correlation, over masks rendered in another person's style, between the part's mean colour in the result and
        in that person's photo (near 0: the style is ignored); ``percept_ratio``: perceptual distance between photo and
        reconstruction over that between two different people; ``weave``: how much the hair of reconstructions repeats
        every 16 pixels (``evaluation.texture_metrics``; 0 is none), where there is enough hair.
    """
    x, masks = plain(images.images, images.masks)
    made, swapped = [], []
    other = torch.roll(torch.arange(len(x)), 1)
    for part in torch.arange(len(x)).split(_BATCH):
        hot, theirs = one_hot(masks[part]), other[part]
        made.append(network(hot, hot, x[part]))
        swapped.append(network(hot, one_hot(masks[theirs]), x[theirs]))
    reconstruction, restyled = torch.cat(made), torch.cat(swapped)
    metrics = {"l1": F.l1_loss(reconstruction, x).item() / 2}
    for part in ("skin", "hair"):
        got, there = compute_part_means(restyled, masks, part)
        wanted, there_too = compute_part_means(x[other], masks[other], part)
        both = there & there_too
        if both.sum() > 2:
            metrics[f"style_{part}"] = float(
                correlate(*(colors[both].cpu().double().numpy() for colors in (got, wanted)))[0]
            )
    drawn = ((reconstruction + 1) * 127.5).round().clamp(0, 255).byte().permute(0, 2, 3, 1).cpu().numpy()
    hair = (masks == _INDEX["hair"]).cpu().numpy()
    found = [weave for pair in zip(drawn, hair, strict=True) if (weave := measure_weave(*pair)) is not None]
    if found:
        metrics["weave"] = sum(found) / len(found)
    if perceptual is not None:
        own = torch.cat([perceptual.distance(a, b) for a, b in zip(made, x.split(_BATCH), strict=True)])
        strangers = torch.cat(
            [perceptual.distance(a, b) for a, b in zip(x.split(_BATCH), x[other].split(_BATCH), strict=True)]
        )
        metrics["percept_ratio"] = (own.mean() / strangers.mean()).item()
    return metrics


@torch.no_grad()
def reconstruction_grid(network: DenseMappingNetwork, x: Tensor, masks: Tensor) -> Tensor:
    """Rows: photo, mask, reconstruction, next person's mask, next person's style, wider smile, eyeglasses."""
    x, masks = x[:_FACES], masks[:_FACES]
    hot = one_hot(masks)
    style = network.encode_style(x, hot)
    colours = torch.from_numpy(color_table()).to(masks.device)
    swapped_mask, swapped_style = one_hot(masks.roll(1, 0)), style.roll(1, 0)
    edits = [one_hot(widen_mouth(masks)), one_hot(add_eyeglasses(masks))]
    columns = [
        (x + 1) / 2,
        colours[masks.long()].permute(0, 3, 1, 2) / 255,
        *[
            (network.generate(mask, vector) + 1) / 2
            for mask, vector in [
                (hot, style),
                (swapped_mask, style),
                (hot, swapped_style),
                (edits[0], style),
                (edits[1], style),
            ]
        ],
    ]
    return grid([list(column) for column in columns])


def widen_mouth(masks: Tensor) -> Tensor:
    """A hand-edited smile: mouth and lips stretched by a third to both sides (N, H, W)."""
    edited = masks.clone()
    for i, mask in enumerate(masks):
        mouth = (mask == _INDEX["mouth"]) | (mask == _INDEX["u_lip"]) | (mask == _INDEX["l_lip"])
        _, xs = torch.nonzero(mouth, as_tuple=True)
        if len(xs) == 0:
            continue
        centre = (xs.min() + xs.max()) / 2
        columns = torch.arange(mask.shape[1], device=mask.device)
        read = ((columns - centre) / 1.33 + centre).round().long().clamp(0, mask.shape[1] - 1)
        stretched, inside = mask[:, read], mouth[:, read]
        edited[i] = torch.where(inside, stretched, mask)
    return edited


def add_eyeglasses(masks: Tensor) -> Tensor:
    """Round eyeglasses painted over the eyes (N, H, W)."""
    edited = masks.clone()
    size = masks.shape[1]
    rows, columns = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    for i, mask in enumerate(masks.cpu()):
        for eye in ("l_eye", "r_eye"):
            ys, xs = torch.nonzero(mask == _INDEX[eye], as_tuple=True)
            if len(xs):
                distance = (((rows - ys.float().mean()) / 0.8) ** 2 + (columns - xs.float().mean()) ** 2).sqrt()
                edited[i][(distance < size * 0.1).to(masks.device)] = _INDEX["eye_g"]
    return edited
