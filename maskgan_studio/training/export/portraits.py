"""Sample portraits for a model card: faces of nobody, drawn by the networks of the card."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import cast

import numpy as np
import torch
from PIL import Image
from torch import nn

from maskgan_studio.engine.manifold import MaskManifold
from maskgan_studio.engine.parser import Parser
from maskgan_studio.engine.tensors import image_to_tensor, tensor_to_image
from maskgan_studio.labels import color_table
from maskgan_studio.networks import DenseMappingNetwork, FaceParser, MaskVAE
from maskgan_studio.networks.backbone import one_hot
from maskgan_studio.paths import resources_dir
from maskgan_studio.photo.files.loading import load_reduced
from maskgan_studio.training.stages.reconstruction import add_eyeglasses, widen_mouth
from maskgan_studio.weights import WeightSet

#: Pixels of a face on the grid.
_WIDTH = 192
_SIZE = 512
_CPU = torch.device("cpu")


def draw_portrait_grid(networks: Mapping[str, nn.Module], others: WeightSet | None = None) -> bytes | None:
    """Draw a row per sample portrait of the program: portrait, mask, reconstruction, halfway to the next portrait's
    shape, the next portrait's shape, wider smile, eyeglasses.

    Args:
        networks: by role; those of the set that is being written.
        others: gives the networks that ``networks`` lacks.

    Returns:
        a JPEG, a fifth of what a PNG would take; None without a generator and a parser, or without sample portraits.
        Without a MaskVAE there is no column halfway.
    """
    dmn, parser, vae = (_network(role, networks, others) for role in ("dmn", "parser", "mask_vae"))
    files = sorted((resources_dir() / "samples").glob("*.png"))
    if dmn is None or parser is None or not files:
        return None
    finder = Parser(cast(FaceParser, parser), _CPU)
    manifold = None if vae is None else MaskManifold(cast(MaskVAE, vae), _CPU)
    faces = [load_reduced(file, _SIZE).pixels for file in files]
    masks = [finder.parse(face).labels for face in faces]
    rows = []
    for i, (face, mask) in enumerate(zip(faces, masks, strict=True)):
        next_mask = masks[(i + 1) % len(masks)]
        edited = torch.from_numpy(mask)[None]
        wanted = [
            mask,
            *([] if manifold is None else [manifold.morph(mask, next_mask, 0.5)]),
            next_mask,
            widen_mouth(edited)[0].numpy(),
            add_eyeglasses(edited)[0].numpy(),
        ]
        rows.append([face, color_table()[mask], *_rendered(cast(DenseMappingNetwork, dmn), face, mask, wanted)])
    return _jpeg(rows)


def _network(role: str, networks: Mapping[str, nn.Module], others: WeightSet | None) -> nn.Module | None:
    if role in networks:
        return networks[role]
    return others.load(role) if others is not None and others.has(role) else None


@torch.inference_mode()
def _rendered(dmn: DenseMappingNetwork, face: np.ndarray, mask: np.ndarray, wanted: list[np.ndarray]) -> list:
    style = dmn.encode_style(image_to_tensor(face, _CPU), _planes(mask))
    return [tensor_to_image(dmn.generate(_planes(source), style)[0]) for source in wanted]


def _planes(mask: np.ndarray) -> torch.Tensor:
    return one_hot(torch.from_numpy(mask.copy())[None])


def _jpeg(rows: list[list[np.ndarray]]) -> bytes:
    sheet = Image.new("RGB", (_WIDTH * len(rows[0]), _WIDTH * len(rows)))
    for y, row in enumerate(rows):
        for x, image in enumerate(row):
            small = Image.fromarray(image.astype(np.uint8)).resize((_WIDTH, _WIDTH), Image.Resampling.LANCZOS)
            sheet.paste(small, (x * _WIDTH, y * _WIDTH))
    stream = io.BytesIO()
    sheet.save(stream, "JPEG", quality=85, optimize=True)
    return stream.getvalue()
