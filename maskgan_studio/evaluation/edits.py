"""How finished edits hold up: regrowing what was painted out, obedience, ghosts and weave.

Unlike the paper's protocols, which judge the network's bare image, these judge the composite that a user gets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from maskgan_studio.engine import Pipeline, Target
from maskgan_studio.evaluation.bootstrap import bootstrap_mean, bootstrap_ratio
from maskgan_studio.evaluation.edit_battery import EDITS, REMOVALS
from maskgan_studio.evaluation.face_pictures import MakePictures
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.methods import Case
from maskgan_studio.evaluation.metrics import PerceptualDistance
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.evaluation.protocols import Protocol, pick_faces
from maskgan_studio.evaluation.scoring import Scores
from maskgan_studio.evaluation.texture_metrics import cut_lower_rim, measure_ghost, measure_weave
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.face_alignment import Alignment
from maskgan_studio.photo.files.loading import Photo
from maskgan_studio.photo.kernels import disk

__all__ = ["EDIT_PROTOCOLS", "EditEvaluator", "draw_edits", "draw_regrown", "open_target", "paint_out"]

#: An eye is seen by a parser in any face, and a hat by none that knows few: their edits are not judged by it.
_OBEYED = ("brows away", "long hair", "hair off", "wider mouth", "glasses")
_REGROWN = {
    "hair": ("hair",),
    "half of the hair": ("hair",),
    "features": ("l_eye", "r_eye", "l_brow", "r_brow", "nose", "mouth", "u_lip", "l_lip"),
}
#: Of these the side right of their middle column: colour and strands of the other can be seen, as in most edits.
_HALVED = ("half of the hair",)
_LONG_HAIR, _BARE = "long hair", "long hair, the network's bare picture"
_WEAVE, _BARE_WEAVE = "Weave of long hair", "Weave of long hair, the network's bare picture"
_OBEDIENCE = "Obedience: {} (%)"
_ALL, _OF_PHOTOS = "Obedience, all (%)", "The same places of the photos, unedited (%)"
_GROWN = 5  # pixels that are painted out beside a part
_FILL_SHRINK = 4
_LASHES = 4  # pixels along the lower edge of an eye that is closed

Seen = Callable[[Case, Mapping[str, np.ndarray]], None]


#: As sections of a report.
EDIT_PROTOCOLS = {
    "regrow": Protocol(
        "regrow", "Regrow: a part is painted out and asked back", None, pick_faces, edit=lambda own, _: own
    ),
    "edits": Protocol("edits", "Edits: obedience, ghosts and weave", None, pick_faces, edit=lambda own, _: own),
}


def list_edits(mask: np.ndarray) -> dict[str, np.ndarray]:
    """Edited masks by the edit's title, of those edits that change something in a mask."""
    made = {title: make(mask) for title, make in EDITS.items()}
    return {title: edited for title, edited in made.items() if edited is not None and not np.array_equal(edited, mask)}


def draw_edits(pipeline: Pipeline, photo: np.ndarray, mask: np.ndarray) -> dict[str, np.ndarray]:
    """A face with each edit, finished; of the long hair also the network's bare picture."""
    target = open_target(photo, mask)
    pictures = {}
    for title, edited in list_edits(mask).items():
        style = pipeline.style(target)
        bare = pipeline.render_edit(target, edited, style)
        pictures[title] = pipeline.composite(target, edited, bare, style)
        if title == _LONG_HAIR:
            pictures[_BARE] = bare
    return pictures


def list_painted_out(photo: np.ndarray, mask: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Photo and mask without each part that there is; see :func:`paint_out`."""
    painted = {part: paint_out(photo, mask, classes, part in _HALVED) for part, classes in _REGROWN.items()}
    return {part: found for part, found in painted.items() if not np.array_equal(found[1], mask)}


def draw_regrown(pipeline: Pipeline, photo: np.ndarray, mask: np.ndarray) -> dict[str, np.ndarray]:
    """A face of which each part was painted out and asked back, finished."""
    pictures = {}
    for part, (painted, without) in list_painted_out(photo, mask).items():
        target = open_target(painted, without)
        style = pipeline.style(target)
        pictures[part] = pipeline.composite(target, mask, pipeline.render_edit(target, mask, style), style)
    return pictures


@dataclass(frozen=True)
class EditEvaluator:
    """Measures the composites of sets of weights.

    Attributes:
        makers: by method, what gives its pictures, of :func:`draw_regrown` or :func:`draw_edits`.
        evaluator: whose parser reads the results; None to do without obedience.
        perceptual: for regrowing, which cannot do without.
    """

    makers: Mapping[str, MakePictures]
    evaluator: Pipeline | None
    perceptual: PerceptualDistance | None

    def regrow(self, faces: Faces, names: Sequence[str], seen: Seen, step: Callable[[str], None]) -> dict[str, Scores]:
        """Share of the perceptual distance to the photo that is left after a part was painted out and asked back."""
        assert self.perceptual is not None
        scores = {name: Scores() for name in self.makers}
        distances: dict[str, list[tuple[float, dict[str, float]]]] = {part: [] for part in _REGROWN}
        for name in names:
            step(name)
            photo, mask = faces.photo(name), faces.mask(name)
            made = {key: make(name, photo, mask) for key, make in self.makers.items()}
            for part, (painted, without) in list_painted_out(photo, mask).items():
                case = Case(Pair(f"{name}-{part}", name, name), photo, without, mask)
                results = {key: pictures[part] for key, pictures in made.items()}
                left = {key: self.perceptual(result, case) for key, result in results.items()}
                distances[part].append((self.perceptual(painted, case), left))
                seen(case, {"painted out": painted, **results})
        for part, measured in distances.items():
            for key in self.makers if measured else ():
                title = f"Share of the distance left, {part}"
                left_of, before = [left[key] for _, left in measured], [painted for painted, _ in measured]
                scores[key].values[title] = [a / b for a, b in zip(left_of, before, strict=True)]
                scores[key].estimates[title] = bootstrap_ratio(left_of, before)
        return scores

    def edits(self, faces: Faces, names: Sequence[str], seen: Seen, step: Callable[[str], None]) -> dict[str, Scores]:
        """Obedience by the judge's parser, edge energy where something was taken away, weave of painted long hair."""
        scores = {name: Scores() for name in self.makers}
        for name in names:
            step(name)
            photo, mask = faces.photo(name), faces.mask(name)
            made = {key: make(name, photo, mask) for key, make in self.makers.items()}
            right = None if self.evaluator is None else self.evaluator.parse(photo) == mask
            for title, edited in list_edits(mask).items():
                results = {key: pictures[title] for key, pictures in made.items()}
                for key, result in results.items():
                    self._measure(scores[key].values, title, result, mask, edited)
                    if right is not None and title in _OBEYED:
                        scores[key].values[_OF_PHOTOS].append(100 * float(right[edited != mask].mean()))
                    if title == _LONG_HAIR:
                        _measure_weave(scores[key].values, _BARE_WEAVE, made[key][_BARE], mask, edited)
                seen(Case(Pair(f"{name}-{title}", name, name), photo, mask, edited), results)
        for of_method in scores.values():
            obeyed = [of_method.values[_OBEDIENCE.format(title)] for title in _OBEYED]
            if any(obeyed):
                of_method.values[_ALL] = [value for values in obeyed for value in values]
            for title in [title for title, values in of_method.values.items() if not values]:
                del of_method.values[title]
            of_method.estimates = {title: bootstrap_mean(values) for title, values in of_method.values.items()}
        return scores

    def _measure(
        self, values: dict[str, list[float]], title: str, result: np.ndarray, mask: np.ndarray, edited: np.ndarray
    ) -> None:
        changed = edited != mask
        if self.evaluator is not None and title in _OBEYED:
            found = self.evaluator.parse(result)
            values[_OBEDIENCE.format(title)].append(100 * float((found == edited)[changed].mean()))
        if title in REMOVALS:
            parts, beside = REMOVALS[title]
            gone = changed & np.isin(mask, parts)
            regions = {title: gone}
            if title == "eyes closed":  # a closed lid ends in lashes, which are no ghost
                regions["closed lids above the lashes"] = cut_lower_rim(gone, _LASHES)
            for name, region in regions.items():
                ghost = measure_ghost(result, region, edited, beside)
                if ghost is not None:
                    values[f"Edge energy, {name}"].append(ghost)
        if title == _LONG_HAIR:
            _measure_weave(values, _WEAVE, result, mask, edited)


def _measure_weave(
    values: dict[str, list[float]], title: str, image: np.ndarray, mask: np.ndarray, edited: np.ndarray
) -> None:
    """Add the weave of painted hair to the values, where there is enough of it."""
    weave = measure_weave(image, (edited != mask) & (edited == part_named("hair").index))
    if weave is not None:
        values[title].append(weave)


def open_target(photo: np.ndarray, mask: np.ndarray) -> Target:
    """An aligned photo uint8 (S, S, 3) with its mask uint8 (S, S), to be edited."""
    return Target(Photo.from_pixels(photo), Alignment.identity(photo.shape), photo, mask)


def paint_out(
    photo: np.ndarray, mask: np.ndarray, parts: Sequence[str], halved: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Paint parts out: their pixels are filled from around them, in the photo and in the mask.

    Args:
        photo: (S, S, 3) uint8.
        mask: (S, S) uint8.
        parts: names of classes.
        halved: only what lies right of the column that has half of their pixels on either side.

    Returns:
        photo and mask without them; copies of both where there are none, or nothing else.
    """
    whole = np.isin(mask, [part_named(name).index for name in parts])
    if not whole.any() or whole.all():
        return photo.copy(), mask.copy()
    _, nearest = cv2.distanceTransformWithLabels(whole.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    table = np.zeros(int(nearest.max()) + 1, np.uint8)
    table[nearest[~whole]] = mask[~whole]
    hole = whole.copy()
    if halved:
        hole[:, : int(np.median(np.nonzero(whole)[1]))] = False
    grown = cv2.dilate(hole.astype(np.uint8), disk(_GROWN))
    # Coarsely: what fills the place is to say nothing, not to please.
    small = (photo.shape[1] // _FILL_SHRINK, photo.shape[0] // _FILL_SHRINK)
    coarse = cv2.resize(photo, small, interpolation=cv2.INTER_AREA)
    gap = cv2.dilate(cv2.resize(grown, small, interpolation=cv2.INTER_NEAREST), disk(1))
    filled = cv2.resize(
        cv2.inpaint(coarse, gap, 3, cv2.INPAINT_TELEA), photo.shape[1::-1], interpolation=cv2.INTER_CUBIC
    )
    return np.where(grown[..., None] > 0, filled, photo), np.where(hole, table[nearest], mask)
