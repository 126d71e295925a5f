"""Images and label maps of the program (NumPy, uint8) as the networks' tensors, and back."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def image_to_tensor(image: np.ndarray, device: torch.device) -> Tensor:
    """Turn uint8 (H, W, 3) RGB into float32 (1, 3, H, W) in [-1, 1], uploaded as uint8."""
    pixels = torch.tensor(image).to(device)
    return pixels.permute(2, 0, 1)[None].float() / 127.5 - 1


def to_pixels(image: Tensor) -> Tensor:
    """Turn (3, H, W) in [-1, 1] into uint8 (H, W, 3) RGB on the same device."""
    pixels = torch.round((image.float() + 1) * 127.5).clamp_(0, 255)
    return pixels.to(torch.uint8).permute(1, 2, 0).contiguous()


def tensor_to_image(image: Tensor) -> np.ndarray:
    """Turn (3, H, W) in [-1, 1] into uint8 (H, W, 3) RGB, rounded on the device and downloaded as uint8."""
    return to_pixels(image).cpu().numpy()


def labels_to_tensor(labels: np.ndarray, device: torch.device) -> Tensor:
    """Upload a label map uint8 (H, W) as it is, (1, H, W); planes are made from it on the device."""
    return torch.tensor(labels).to(device)[None]


def resize_labels(labels: np.ndarray, size: int) -> np.ndarray:
    """Shrink a square label map to (size, size), taking the nearest pixel (size must divide its height)."""
    step = labels.shape[0] // size
    return labels if step == 1 else np.ascontiguousarray(labels[step // 2 :: step, step // 2 :: step])
