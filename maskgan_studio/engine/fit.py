"""What fitting a photo found, as data: comparable, small, kept with the project. Knows no torch."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import numpy as np

from maskgan_studio.engine.safetensors_bytes import read_safetensors_bytes
from maskgan_studio.engine.target import CROP_SIZE, array_digest
from maskgan_studio.errors import ProjectError
from maskgan_studio.labels import NUM_CLASSES

__all__ = ["FIT_NAME", "MODES", "Fit"]

#: Name under which a project keeps it.
FIT_NAME = "fit.safetensors"
#: ``quick`` fits the last layers' style alone; ``full`` all of the style vector, in more steps.
MODES = ("quick", "full")


@dataclass(frozen=True, eq=False)
class Fit:
    """A style that reproduces one photo at its own mask, for one set of weights.

    Attributes:
        target_key: key of the target it was fitted to.
        weights: digest of the generator it was fitted with.
        mode: one of ``MODES``.
        vector: (S,) float32 style vector.
        mask: uint8 (512, 512), the target's mask.
        codes: (R, 256, 256) float16, see ``style_map.StyleMap``.
        basis: (C, R) float32.
        error_before, error_after: mean difference of photo and reconstruction, in grey levels.
        key: names the style; equal keys, equal styles.
    """

    target_key: str
    weights: str
    mode: str
    vector: np.ndarray
    mask: np.ndarray
    codes: np.ndarray
    basis: np.ndarray
    error_before: float
    error_after: float
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"fit-{array_digest(self.vector, self.mask, self.codes, self.basis)}")

    def to_bytes(self) -> bytes:
        """The content of a safetensors file."""
        from safetensors.numpy import save

        about = {
            "target": self.target_key,
            "weights": self.weights,
            "mode": self.mode,
            "errors": json.dumps([self.error_before, self.error_after]),
        }
        arrays = {"vector": self.vector, "mask": self.mask, "codes": self.codes, "basis": self.basis}
        return save({name: np.ascontiguousarray(array) for name, array in arrays.items()}, {"format": "1", **about})

    @classmethod
    def from_bytes(cls, data: bytes) -> Fit:
        """Read what ``to_bytes`` wrote; raises ProjectError for anything else."""
        from safetensors import SafetensorError

        try:
            about, arrays = read_safetensors_bytes(data)
            vector, mask, codes, basis = (arrays[name] for name in ("vector", "mask", "codes", "basis"))
            before, after = json.loads(about["errors"])
            shapes_fit = vector.ndim == 1 and codes.ndim == 3 and basis.shape[1:] == codes.shape[:1]
            is_mask = mask.shape == (CROP_SIZE, CROP_SIZE) and mask.dtype == np.uint8 and mask.max() < NUM_CLASSES
            numbers = (vector, codes, basis, np.array([before, after], np.float64))
            if about["format"] != "1" or about["mode"] not in MODES or not shapes_fit or not is_mask:
                raise ValueError("another format")
            if not all(np.isfinite(array.astype(np.float32)).all() for array in numbers):
                raise ValueError("values that are no numbers")
            return cls(
                about["target"],
                about["weights"],
                about["mode"],
                vector,
                mask,
                codes,
                basis,
                float(before),
                float(after),
            )
        except (SafetensorError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError) as error:
            raise ProjectError("The fit to the photo in this project is damaged; fit to the photo again.") from error
