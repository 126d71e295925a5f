"""The masks that a method's results have to follow, on disk, so that any method can make its images."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.pairs import Pair, write_pairs
from maskgan_studio.evaluation.protocols import Protocol
from maskgan_studio.photo.masks.mask_files import save_mask


def write_pairs_and_masks(file: Path, masks: Path, protocol: Protocol, faces: Faces, pairs: Sequence[Pair]) -> None:
    """Write the pair list with photo, mask and target mask per pair, as `render --pairs` reads them."""
    columns = {}
    try:
        masks.mkdir(parents=True, exist_ok=True)
        for pair in pairs:
            own = faces.mask(pair.target)
            mask_file, target_file = (masks / name for name in name_masks(pair))
            save_mask(target_file, own)
            save_mask(mask_file, protocol.edit(own, faces.mask(pair.source)))
            columns[pair.name] = {
                "photo": faces.photo_file(pair.target).resolve(),
                "mask": mask_file.relative_to(file.parent),
                "target_mask": target_file.relative_to(file.parent),
            }
    except OSError as error:
        raise DataError(f"{masks} cannot be written ({error}).") from None
    write_pairs(file, pairs, columns)


def name_masks(pair: Pair) -> tuple[str, str]:
    """File names of the mask that a pair's result has to follow, and of the target's own."""
    return f"{pair.name}.png", f"{pair.name}.target.png"
