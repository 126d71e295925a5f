"""What an export is to be like, and writing it: the photo, the face, the mask, or before and after."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from maskgan_studio.app.common.images import fit_size
from maskgan_studio.document.face_layers import MovedPhoto
from maskgan_studio.engine.face_edits import move_target
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.files.formats import BY_NAME
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.files.metadata import PhotoMetadata
from maskgan_studio.photo.files.saving import save_photo
from maskgan_studio.photo.masks.mask_files import save_color_mask, save_mask

__all__ = ["KINDS", "LOSSY", "PRESETS", "ExportPlan", "Material", "measure_export", "own_suffix", "write_export"]

#: What can be exported, with what the dialog calls it. A film has its own dialog.
KINDS = {
    "photo": "The whole photo",
    "face": "The face alone, 512 x 512 pixels",
    "pair": "Before and after, side by side",
    "mask": "The mask (palette PNG, values 0 to 18)",
    "color-mask": "The mask in colours",
    "film": "A film from the photo to its edit…",
}
#: Formats whose size depends on the quality.
LOSSY = (".jpg", ".jpeg", ".heic", ".webp")


@dataclass(frozen=True)
class ExportPlan:
    """What is to be written.

    Attributes:
        kind: one of ``KINDS``.
        suffix: of the file, which chooses the format.
        quality: 1 to 100 for the formats of ``LOSSY``; 0 for as the photo itself (JPEG), or without loss (WebP).
        longest: pixels of the longest side at most; 0 for as it is.
        keeps_metadata: date, camera, place and the like travel along; the colour profile always does.
        marks_ai: say that a trained model made parts of it.
    """

    kind: str = "photo"
    suffix: str = ".png"
    quality: int = 0
    longest: int = 0
    keeps_metadata: bool = True
    marks_ai: bool = True

    @property
    def is_mask(self) -> bool:
        """Whether it is one of the masks, which are PNG files of their own size."""
        return self.kind in ("mask", "color-mask")

    def as_written(self) -> ExportPlan:
        """The plan itself, or for a mask the one with the only format that is exact."""
        return replace(self, suffix=".png", quality=0) if self.is_mask else self

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of the picture for a photo of this size."""
        width, height = {"photo": (width, height), "pair": (1024, 512)}.get(self.kind, (512, 512))
        return (width, height) if self.is_mask else self.fit(width, height)

    def fit(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of pixels as large as that, once they are as small as wanted."""
        return fit_size(width, height, self.longest) if self.longest else (width, height)


#: What is asked for most often: title, and a plan; an empty kind stays what it is, an empty suffix is the photo's own.
PRESETS = (
    ("As good as the photo", ExportPlan("", suffix="")),
    ("For the web", ExportPlan("", suffix=".jpg", quality=85, longest=2048, keeps_metadata=False)),
    ("For a message, small", ExportPlan("", suffix=".jpg", quality=75, longest=1080, keeps_metadata=False)),
    ("For printing and further work", ExportPlan("", suffix=".tif")),
)


@dataclass(frozen=True, eq=False)
class Material:
    """What an export is made from.

    Attributes:
        target: the photo that is edited.
        moved: how its own pixels have moved, None for not at all.
        mask: (512, 512) uint8, the edited mask.
        pixels: (H, W, 3) uint8, the photo with its edit.
    """

    target: Target
    moved: MovedPhoto | None
    mask: np.ndarray
    pixels: np.ndarray


def own_suffix(photo: Photo) -> str:
    """The ending of the photo's own format, or of PNG where that cannot be written."""
    form = BY_NAME.get(photo.metadata.format)
    if form is None or not form.writable:
        return ".png"
    own = photo.path.suffix.lower() if photo.path is not None else ""
    return own if own in form.suffixes else form.suffixes[0]


def write_export(path: Path, plan: ExportPlan, material: Material) -> None:
    """Write the file; raises StudioError where it cannot be written."""
    if plan.kind == "mask":
        save_mask(path, material.mask)
    elif plan.kind == "color-mask":
        save_color_mask(path, material.mask)
    else:
        pixels, source = _picture(plan, material)
        save_photo(path, pixels, source, quality=plan.quality or None, mark_as_ai=plan.marks_ai)


def measure_export(plan: ExportPlan, material: Material) -> int:
    """The size of the file in bytes: it is written and thrown away; raises StudioError as ``write_export`` does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"estimate{plan.suffix}"
        write_export(path, plan, material)
        return path.stat().st_size


def _picture(plan: ExportPlan, material: Material) -> tuple[np.ndarray, Photo]:
    """The pixels, and a photo of their size that lends its metadata, depth and profile."""
    target, pixels = material.target, material.pixels
    photo = move_target(target, material.moved).photo
    if not plan.keeps_metadata:
        # A file that is copied as it is would bring everything along.
        bare = PhotoMetadata(format=photo.metadata.format, icc=photo.metadata.icc)
        photo = replace(photo, path=None, metadata=bare)
    if plan.kind == "face":
        pixels, photo = target.alignment.crop(pixels), _plain(photo, target.alignment.crop(photo.pixels))
    elif plan.kind == "pair":
        pixels = np.concatenate([target.crop, target.alignment.crop(pixels)], axis=1)
        photo = _plain(photo, np.zeros_like(pixels))
    height, width = pixels.shape[:2]
    size = plan.fit(width, height)
    if size != (width, height):
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        alpha = None if photo.alpha is None else cv2.resize(photo.alpha, size, interpolation=cv2.INTER_AREA)
        photo = _plain(photo, cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA), alpha)
    return pixels, photo


def _plain(photo: Photo, pixels: np.ndarray, alpha: np.ndarray | None = None) -> Photo:
    """A photo of other pixels, sRGB, with the metadata of this one."""
    metadata = replace(photo.metadata, icc=b"", jpeg_tables=(), jpeg_sampling=-1, stamp=None)
    return replace(photo, pixels=pixels, alpha=alpha, native=None, path=None, metadata=metadata)
