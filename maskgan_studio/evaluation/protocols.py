"""The paper's protocols (section 5.4): which faces are paired, and which mask the result has to follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from maskgan_studio.errors import DataError
from maskgan_studio.evaluation.faces import Faces
from maskgan_studio.evaluation.pairs import Pair
from maskgan_studio.labels import part_named
from maskgan_studio.photo.alignment.landmarks import landmarks_from_mask

_MOUTH = tuple(part_named(name).index for name in ("mouth", "u_lip", "l_lip"))
_SKIN = part_named("skin").index
_NOSE = part_named("nose").index
# Both of attribute transfer and of identity.
_PAPER_PAIRS = 400


@dataclass(frozen=True)
class Protocol:
    """One experiment.

    Attributes:
        name: on the command line.
        title: in the report.
        table: key of the paper's table in ``paper.TABLES``, or None.
        pairs: makes the list from faces, a number (None: the protocol's own) and a seed.
        edit: the mask to follow, from target mask and source mask, both uint8 (512, 512).
        attributes: what is classified.
        expected_of: whose attributes the result should have, "target" or "source".
        same_geometry: the photo itself is the answer, so that pixels can be compared.
        against_photos: the parser's accuracy on the results is also given relative to that on the photos of the faces
            whose masks are followed.
        composited: the finished edit is judged too, beside the network's bare picture.
    """

    name: str
    title: str
    table: str | None
    pairs: Callable[[Faces, int | None, int], list[Pair]]
    edit: Callable[[np.ndarray, np.ndarray], np.ndarray]
    attributes: tuple[str, ...] = ()
    expected_of: str = "target"
    same_geometry: bool = False
    against_photos: bool = False
    composited: bool = False

    @property
    def pairs_by_pose(self) -> bool:
        """Whether faces are paired by similar pose."""
        return self.pairs in (_similar_pose, _anyone_of_similar_pose)


def replace_mouth(target_mask: np.ndarray, source_mask: np.ndarray) -> np.ndarray:
    """The target's mask with mouth, upper and lower lip of the source; skin where the target's own mouth was."""
    edited = np.where(np.isin(target_mask, _MOUTH), np.uint8(_SKIN), target_mask)
    mouth = np.isin(source_mask, _MOUTH)
    edited[mouth] = source_mask[mouth]
    return edited


def estimate_poses(faces: Faces, names: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """Stand-ins for yaw, pitch and roll where no pose file is there, from the landmarks of the masks.

    Yaw is the nose's sideways place between the eyes, pitch its height between eyes and mouth, both by the distances
    of the features; roll the slope of the eyes. Scaled to roughly degrees. Faces without landmarks are left out.
    """
    found = {}
    for name in list(names):
        try:
            mask = faces.mask(name)
        except DataError as error:
            faces.leave_out(name, error)
            continue
        landmarks = landmarks_from_mask(mask)
        y, x = np.nonzero(mask == _NOSE)
        if landmarks is None or not len(x):
            continue
        left, right, *corners = landmarks.points()
        across = right - left
        middle = (left + right) / 2
        down = np.mean(corners, axis=0) - middle
        nose = np.array([x.mean(), y.mean()]) - middle
        yaw = float(nose @ across / (across @ across))
        pitch = float(nose @ down / (down @ down))
        found[name] = (90 * yaw, 90 * pitch, float(np.degrees(np.arctan2(across[1], across[0]))))
    return found


def pick_faces(faces: Faces, count: int | None, seed: int) -> list[Pair]:
    """Every face with itself, or ``count`` of them by chance."""
    names = faces.names if count is None else _some(faces.names, count, seed)
    return [Pair.of(name, name) for name in names]


def _another_order(faces: Faces, count: int | None, seed: int) -> list[Pair]:
    """Every face once as target and once as source, never with itself (a shuffled ring)."""
    names = _some(faces.names, count or len(faces.names), seed)
    if len(names) < 2:
        raise DataError(f"{faces.root} holds {len(names)} face(s) of the {faces.split} split; pairs need two.")
    return [Pair.of(target, source) for target, source in zip(names, [*names[1:], names[0]], strict=True)]


def _similar_pose(faces: Faces, count: int | None, seed: int) -> list[Pair]:
    """Pairs of similar pose, each face at most once as target.

    Targets do not smile and sources do where Smiling is annotated (edits that change nothing would judge nothing).
    """
    poses = _poses(faces)
    smiling = [faces.attribute(name, "Smiling") for name in poses]
    targets = [name for name, smile in zip(poses, smiling, strict=True) if smile is not True]
    sources = [name for name, smile in zip(poses, smiling, strict=True) if smile is not False]
    return _nearest(faces, poses, targets, sources)[: count or _PAPER_PAIRS]


def _anyone_of_similar_pose(faces: Faces, count: int | None, seed: int) -> list[Pair]:
    """Every face once as target, with the face of the most similar pose as source; the most similar pairs first."""
    poses = _poses(faces)
    return _nearest(faces, poses, list(poses), list(poses))[:count]


def _poses(faces: Faces) -> dict[str, tuple[float, float, float]]:
    known = faces.poses if faces.poses is not None else estimate_poses(faces, faces.names)
    return {name: known[name] for name in faces.names if name in known}


def _nearest(
    faces: Faces, poses: dict[str, tuple[float, float, float]], targets: list[str], sources: list[str]
) -> list[Pair]:
    """Every target with the source of the most similar pose that is not itself, the most similar pairs first."""
    if not targets or len(set(targets) | set(sources)) < 2:
        raise DataError(f"{faces.root} holds no two faces of the {faces.split} split whose pose is known.")
    of_targets, of_sources = (np.array([poses[name] for name in group]) for group in (targets, sources))
    distance = np.linalg.norm(of_targets[:, None] - of_sources[None], axis=2)
    distance[np.array(targets)[:, None] == np.array(sources)[None]] = np.inf
    nearest = distance.argmin(axis=1)
    order = np.argsort(distance[np.arange(len(targets)), nearest], kind="stable")
    return [Pair.of(targets[i], sources[nearest[i]]) for i in order if np.isfinite(distance[i, nearest[i]])]


def _some(names: Sequence[str], count: int, seed: int) -> list[str]:
    order = np.random.default_rng(seed).permutation(len(names))[:count]
    return [names[i] for i in order]


PROTOCOLS = {
    protocol.name: protocol
    for protocol in (
        Protocol(
            "reconstruction",
            "Reconstruction",
            None,
            pick_faces,
            edit=lambda target_mask, _: target_mask,
            same_geometry=True,
        ),
        Protocol(
            "attribute-transfer",
            "Attribute transfer: Smiling",
            "table 2",
            _similar_pose,
            edit=replace_mouth,
            attributes=("Smiling",),
            expected_of="source",
        ),
        Protocol(
            "style-copy",
            "Style copy",
            "table 3",
            _another_order,
            edit=lambda _, source_mask: source_mask,
            attributes=("Male", "Heavy_Makeup", "No_Beard"),
        ),
        Protocol("identity", "Identity preserving", "table 4", _similar_pose, edit=replace_mouth, composited=True),
        Protocol(
            "swapped-masks",
            "Swapped masks: faces in the shape of another of similar pose",
            None,
            _anyone_of_similar_pose,
            edit=lambda _, source_mask: source_mask,
            expected_of="source",
            against_photos=True,
        ),
    )
}
