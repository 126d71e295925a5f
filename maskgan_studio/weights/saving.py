"""Writing a set of weights so that a crash never leaves half of one under its name."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from safetensors import SafetensorError
from torch import nn

from maskgan_studio.errors import WeightsError
from maskgan_studio.weights.manifest import CARD_NAME, MANIFEST_NAME, ROLES, FileEntry, Manifest, NetworkEntry
from maskgan_studio.weights.tensors import is_finite, write_tensors
from maskgan_studio.weights.weight_set import WeightSet


def save_set(
    directory: str | os.PathLike[str],
    networks: Mapping[str, nn.Module],
    *,
    name: str,
    training: Mapping[str, Any],
    card: str,
    files: Mapping[str, bytes] | None = None,
    update: bool = False,
) -> WeightSet:
    """Write networks as float16 safetensors with a manifest and a model card.

    Everything is written to a folder beside ``directory`` first and takes its place at the end.

    Args:
        directory: the set's folder; an existing set there is replaced, but for files in it that it did not write;
            anything else there is refused.
        networks: by role (see ``manifest.ROLES``); each has its constructor's arguments in ``.arguments``.
        name: the set's name.
        training: how these networks came to be; JSON-able, stored with each of them.
        card: the model card, Markdown.
        files: what else belongs beside the card, such as images, by name.
        update: keep the other networks and files of a set that is already there.

    Raises:
        WeightsError: a role is unknown or filled by the wrong class, the folder holds something else, or the disk
            refuses.
    """
    target = Path(directory)
    for role, network in networks.items():
        if ROLES.get(role) != type(network).__name__:
            raise WeightsError("A {kind} cannot be saved as {role}.", kind=type(network).__name__, role=repr(role))
        spoilt = next((key for key, tensor in network.state_dict().items() if not is_finite(tensor)), None)
        if spoilt is not None:
            raise WeightsError(
                "The network {role} holds values that are no numbers, in {tensor}: its training went wrong; export an "
                "earlier checkpoint.",
                role=repr(role),
                tensor=spoilt,
            )
    occupied = target.is_dir() and any(target.iterdir())
    if (occupied and not (target / MANIFEST_NAME).is_file()) or target.is_file():
        raise WeightsError(
            "{target} holds something that is not a set of weights: choose another folder.", target=target
        )
    kept = WeightSet.open(target) if occupied and update else None
    others = _others(target) if occupied and not update else []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # On the same file system as the target, so that renaming is atomic.
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise WeightsError("{target} cannot be written ({reason}).", target=target, reason=error) from error
    try:
        entries = _keep(kept, draft, set(networks)) if kept else {}
        _copy(others, draft)
        for role, network in networks.items():
            paths = write_tensors(draft, role, network.state_dict())
            for path in paths:
                path.chmod(0o644)  # safetensors writes private files
            entries[role] = NetworkEntry(
                class_name=type(network).__name__,
                arguments=cast(dict[str, Any], network.arguments),
                parameters=sum(parameter.numel() for parameter in network.parameters()),
                dtype="float16",
                files=tuple(FileEntry.of(path) for path in paths),
                training=dict(training),
            )
        for file, content in (files or {}).items():
            (draft / file).write_bytes(content)
        (draft / CARD_NAME).write_text(card, encoding="utf-8")
        (draft / MANIFEST_NAME).write_text(Manifest(name, entries).to_json(), encoding="utf-8")
        draft.chmod(0o755)  # mkdtemp makes it private
        _swap(draft, target)
    except (OSError, SafetensorError) as error:
        raise WeightsError(
            "{target} cannot be written ({reason}); what was there is untouched.", target=target, reason=error
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return WeightSet.open(target)


def _keep(kept: WeightSet, draft: Path, replaced: set[str]) -> dict[str, NetworkEntry]:
    """Copy what stays of an existing set into the draft and return the entries of its networks."""
    entries = {role: entry for role, entry in kept.manifest.networks.items() if role not in replaced}
    gone = {file.name for role in replaced & set(kept.roles) for file in kept.manifest.networks[role].files}
    _copy([path for path in kept.path.iterdir() if path.name not in gone | {MANIFEST_NAME, CARD_NAME}], draft)
    return entries


def _others(folder: Path) -> list[Path]:
    """What lies in a set's folder without being part of a set."""
    parts = (MANIFEST_NAME, CARD_NAME)
    return [
        path
        for path in folder.iterdir()
        if path.name not in parts and not path.name.endswith((".safetensors", ".safetensors.index.json"))
    ]


def _copy(paths: list[Path], folder: Path) -> None:
    for path in paths:
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
        else:
            shutil.copy2(path, folder / path.name)


def _swap(draft: Path, target: Path) -> None:
    """Put ``draft`` in the place of ``target``; the old folder goes only after the new one is in place."""
    if not target.exists():
        draft.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    old = aside / target.name
    target.rename(old)
    try:
        draft.rename(target)
    except OSError:
        old.rename(target)
        aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)
