"""Lay an edit into the photo: only where it changed something, in the photo's own colours, light and grain.

The network redraws the whole face and never quite as the photo has it, so its image is not pasted. With the photo P,
the network's reconstruction N of it and its result R after the edit, the composite is

    R + (P - N)    where the part stayed what it was: the network's change under the photo's every detail;
    R + E + X      where another part came to lie. P - N would carry the old part's edges there, so the error E that the
                   network makes on the new part nearby matches colours and light, and X is that part's texture.

Both are one sum, P + (R - N) - m (P - N - E - X), with m rising from 0 to 1 where parts moved; the feathered region of
the edit multiplies all that is added to P. Details finer than the crop's pixels are treated alike at the photo's size.
"""

from __future__ import annotations

import cv2
import numpy as np

from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.frame import Alignment
from maskgan_studio.photo.compositing.blend_region import find_edited_region, find_person_region, measure_change
from maskgan_studio.photo.compositing.paste_back import Change, fade_at_frame, paste_back
from maskgan_studio.photo.compositing.texture import MirrorMap, estimate_part_error, mirror_map
from maskgan_studio.photo.compositing.toning import find_toning
from maskgan_studio.photo.kernels import disk, find_labels, smoothstep

__all__ = ["composite", "find_edited_region"]

# Lengths in pixels of the 512² crop, amounts in grey levels.
_RIM, _FUZZY_RIM = 3, 8
# Hair has no sharp outline: some of it shows outside its mask, and what is behind it inside.
_FUZZY = [part_named(name).index for name in ("background", "l_brow", "r_brow", "hair", "hat")]
_SHARP = [part_named(name).index for name in ("nose", "eye_g", "l_eye", "r_eye", "mouth", "u_lip", "l_lip")]
_INVISIBLE, _CLEAR = 6.0, 26.0
_GRAIN = 3.0
_GRAIN_LIMIT = 4.0  # in medians


def composite(
    photo_pixels: np.ndarray,
    alignment: Alignment,
    crop: np.ndarray,
    target_mask: np.ndarray,
    source_mask: np.ndarray,
    result: np.ndarray,
    reconstruction: np.ndarray,
    restyled: bool = False,
) -> np.ndarray:
    """Lay the network's result into the full-size photo.

    Args:
        photo_pixels: (H, W, 3) uint8 photo.
        alignment: where the crop lies in it.
        crop: (S, S, 3) uint8, what `alignment.crop` gives for the photo.
        target_mask, source_mask: (S, S) uint8, the crop's own mask and the edited one.
        result: (S, S, 3) uint8, the network's image at the source mask.
        reconstruction: (S, S, 3) uint8, its image at the target mask: in the same style, or in the photo's own.
        restyled: the result's style is not the photo's own, so that all of the person changes, not only what was
            edited; `reconstruction` is in the photo's own style then.

    Returns:
        (H, W, 3) uint8. Outside the region that changes the photo's own values; a plain copy if the masks are equal
        and nothing was restyled.
    """
    region = find_edited_region(target_mask, source_mask, result, reconstruction)
    if restyled:
        region = np.maximum(region, find_person_region(target_mask, source_mask))
    region *= fade_at_frame(alignment, photo_pixels.shape)
    if not region.any():
        return photo_pixels.copy()
    photo, before, after = (image.astype(np.float32) for image in (crop, reconstruction, result))
    change = after - before
    moved = _moved(target_mask, source_mask, measure_change(result, reconstruction))
    mirror = mirror_map(target_mask, source_mask, moved > 0.02)
    error = photo - before
    settled = estimate_part_error(error, target_mask, source_mask) + _missing_grain(photo, before, moved, mirror)
    delta = region[..., None] * (change - moved[..., None] * (error - settled))
    toning = None if restyled else find_toning(crop)
    if toning is not None:  # a grey photo stays one
        delta = toning.apply((photo + delta).clip(0, 255)) - toning.apply(photo)
    return paste_back(photo_pixels, alignment, photo, Change(delta, region, moved, mirror))


def _moved(target_mask: np.ndarray, source_mask: np.ndarray, visible: np.ndarray) -> np.ndarray:
    """(S, S) float32, 1 where another part came to lie and looks different from the one before."""
    changed = (target_mask != source_mask).astype(np.uint8)
    fuzzy = find_labels(target_mask, _FUZZY) | find_labels(source_mask, _FUZZY)
    rim = cv2.dilate(changed * fuzzy, disk(_FUZZY_RIM)) * ~find_labels(source_mask, _SHARP)
    rim = cv2.max(cv2.dilate(changed, disk(_RIM)), rim).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(rim, (0, 0), 2.5) * smoothstep((visible - _INVISIBLE) / (_CLEAR - _INVISIBLE)))


def _missing_grain(photo: np.ndarray, before: np.ndarray, moved: np.ndarray, mirror: MirrorMap) -> np.ndarray:
    """Texture of the photo, as seen in the mirror, as strong as the network's own falls short of it."""
    fine = photo - cv2.GaussianBlur(photo, (0, 0), _GRAIN)
    drawn = before - cv2.GaussianBlur(before, (0, 0), _GRAIN)
    sources = mirror.weight * moved > 0.5
    if not sources.any():
        return np.zeros_like(photo)
    has, seen = mirror.sample(drawn), mirror.sample(fine)
    # Grain, not single hairs, moles or highlights that happen to lie there.
    limit = _GRAIN_LIMIT * float(np.median(np.abs(seen[sources])))
    seen = np.clip(seen, -limit, limit)
    lack = np.sqrt(np.clip(1 - has[sources].var() / max(seen[sources].var(), 1e-6), 0, 1))
    return np.asarray(lack * mirror.weight[..., None] * seen)
