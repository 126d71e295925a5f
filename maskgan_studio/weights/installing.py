"""Sets of weights that somebody gave: checked, then kept in the user's own folder, or taken out of it again."""

from __future__ import annotations

import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from maskgan_studio.errors import CommandLineOption, WeightsError
from maskgan_studio.paths import models_dir
from maskgan_studio.weights.catalog import user_sets_dir
from maskgan_studio.weights.manifest import CARD_NAME, MANIFEST_NAME, Manifest
from maskgan_studio.weights.weight_set import WeightSet

# What else of a set is kept: the pictures of its model card.
_PICTURES = {".jpg", ".jpeg", ".png", ".webp"}
# What the libraries raise of an archive that is damaged, or none.
_DAMAGED = (
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, RuntimeError),
)

# Bytes that a set may have: the paper's networks in float32 with their discriminators fill an eighth of it.
_LARGEST = 4 * 2**30


@dataclass(frozen=True)
class Installed:
    """What became of a set that was to be installed.

    Attributes:
        weights: the set in the user's folder.
        is_new: False where the same set was there already.
    """

    weights: WeightSet
    is_new: bool


def install_set(source: Path, name: str | None = None) -> Installed:
    """Check a set and copy it into the user's own folder.

    Args:
        source: a set's folder, or a ZIP or tar archive of one.
        name: to install it under; its own by default.

    Raises:
        WeightsError: it is no set or a damaged one, another set of that name is there, or the disk refuses.
    """
    try:
        user_sets_dir().mkdir(parents=True, exist_ok=True)
        # On the same file system as the target, so that it appears there whole.
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=user_sets_dir()) as folder:
            found = WeightSet.open(source if source.is_dir() else _unpack(source, Path(folder) / "archive"))
            return _install(found, name or found.name, Path(folder) / "draft")
    except OSError as error:
        raise WeightsError(
            "{source} cannot be installed in {folder} ({reason}).",
            source=source,
            folder=user_sets_dir(),
            reason=error,
        ) from error


def remove_set(name: str) -> Path:
    """Take a set out of the user's own folder; returns the folder that is gone.

    Raises:
        WeightsError: there is no set of that name, or it came with the program, or the disk refuses.
    """
    folder = user_sets_dir() / name
    if Path(name).name != name or not (folder / MANIFEST_NAME).is_file():
        if (models_dir() / name / MANIFEST_NAME).is_file():
            raise WeightsError("The weights {name} came with the program and stay.", name=repr(name))
        raise WeightsError("There are no weights named {name} in {folder}.", name=repr(name), folder=user_sets_dir())
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise WeightsError("{folder} cannot be removed ({reason}).", folder=folder, reason=error) from error
    return folder


def _install(found: WeightSet, name: str, draft: Path) -> Installed:
    if Path(name).name != name or name.startswith(".") or not name.isprintable():
        raise WeightsError("{name} is no name for weights: take one plain word.", name=repr(name))
    problems = found.verify()
    if problems:
        raise WeightsError(
            "The weights {weights} are damaged: {problem}. Get them again.",
            weights=repr(found.name),
            problem="; ".join(problems),
        )
    manifest = Manifest(name, found.manifest.networks)
    target = user_sets_dir() / name
    if target.exists() or (models_dir() / name).exists():
        if (target / MANIFEST_NAME).is_file() and Manifest.read(target) == manifest:
            return Installed(WeightSet.open(target), is_new=False)
        raise WeightsError(
            "There are other weights named {name} already: install these under another name{option}, or remove those.",
            name=repr(name),
            option=CommandLineOption("--name"),
        )
    draft.mkdir()
    wanted = {file.name for entry in manifest.networks.values() for file in entry.files} | {CARD_NAME}
    for path in found.path.iterdir():
        if path.is_file() and (path.name in wanted or path.suffix.lower() in _PICTURES):
            shutil.copyfile(path, draft / path.name)
    (draft / MANIFEST_NAME).write_text(manifest.to_json(), encoding="utf-8")
    draft.rename(target)
    return Installed(WeightSet.open(target), is_new=True)


def _check_size(archive: Path, sizes: Iterable[int]) -> None:
    """Refuse an archive that would fill the disk, before all of it is looked at."""
    for size in accumulate(sizes):
        if size > _LARGEST:
            raise WeightsError(
                "{source} unpacks to more than {limit} GiB: give the archive of one set of weights.",
                source=archive,
                limit=_LARGEST // 2**30,
            )


def _unpack(archive: Path, folder: Path) -> Path:
    """Unpack an archive and return the folder in it that holds the manifest."""
    folder.mkdir()
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as packed:
                _check_size(archive, (member.file_size for member in packed.infolist()))
                packed.extractall(folder)
        else:
            with tarfile.open(archive) as packed_tar:
                _check_size(archive, (member.size for member in packed_tar))
                packed_tar.extractall(folder, filter="data")  # nothing outside the folder, no links out of it
    except _DAMAGED as error:
        raise WeightsError(
            "{source} is no set of weights: give its folder, or a ZIP or tar archive of it.", source=archive
        ) from error
    for candidate in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
        if (candidate / MANIFEST_NAME).is_file():
            return candidate
    raise WeightsError("{source} is no set of weights: give its folder, or a ZIP or tar archive of it.", source=archive)
