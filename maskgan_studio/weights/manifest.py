"""``manifest.json``: what a set of weights holds, readable by machines, sufficient to rebuild every network."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from maskgan_studio.errors import WeightsError

log = logging.getLogger(__name__)

MANIFEST_NAME = "manifest.json"
CARD_NAME = "README.md"
FORMAT = "maskgan-studio-weights"
FORMAT_VERSION = 1

#: What a network is for in a set, and the class in ``maskgan_studio.networks`` that can fill the role.
ROLES = {
    "parser": "FaceParser",
    "dmn": "DenseMappingNetwork",
    "mask_vae": "MaskVAE",
    "alpha_blender": "AlphaBlender",
    "discriminator": "MultiscaleDiscriminator",
    "completion": "CompletionNetwork",
    "completion_discriminator": "MultiscaleDiscriminator",
    "attributes": "AttributeClassifier",
}


@dataclass(frozen=True)
class FileEntry:
    """One file of a network: its name inside the set's folder, size in bytes and SHA-256 in hex."""

    name: str
    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileEntry:
        """Measure the file at ``path``."""
        return cls(path.name, path.stat().st_size, sha256_of(path))


@dataclass(frozen=True)
class NetworkEntry:
    """One network of a set.

    Attributes:
        class_name: class in ``maskgan_studio.networks``.
        arguments: its constructor's arguments.
        parameters: number of trainable values.
        dtype: type in which they are stored.
        files: the safetensors file, or the shards and their index.
        training: how it was trained; free form.
    """

    class_name: str
    arguments: dict[str, Any]
    parameters: int
    dtype: str
    files: tuple[FileEntry, ...]
    training: dict[str, Any] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Size on disk."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True)
class Manifest:
    """A set's name and its networks by role."""

    name: str
    networks: dict[str, NetworkEntry]

    def to_json(self) -> str:
        """The text of ``manifest.json``."""
        networks = {}
        for role, entry in sorted(self.networks.items()):
            values = asdict(entry)
            networks[role] = {"class": values.pop("class_name"), **values}
        content = {"format": FORMAT, "version": FORMAT_VERSION, "name": self.name, "networks": networks}
        return json.dumps(content, indent=2) + "\n"

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read ``folder/manifest.json``; raises WeightsError where it is missing or not one of ours."""
        path = folder / MANIFEST_NAME
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            log.info("%s: %r", path, error)
            raise WeightsError(
                "{folder} is not a set of weights: its {manifest_name} is missing or damaged.",
                folder=folder,
                manifest_name=MANIFEST_NAME,
            ) from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise WeightsError("{path} does not describe a set of MaskGAN Studio weights.", path=path)
        if content.get("version") != FORMAT_VERSION:
            raise WeightsError(
                "{path} has format version {version}; this program reads version {format_version}: update MaskGAN "
                "Studio or export the weights again.",
                path=path,
                version=content.get("version"),
                format_version=FORMAT_VERSION,
            )
        try:
            networks = {str(role): _entry(values) for role, values in content["networks"].items()}
            return cls(str(content["name"]), networks)
        except Exception as error:  # values of any type may stand there
            log.info("%s: %r", path, error)
            raise WeightsError("{path} is damaged; get the set of weights again.", path=path) from error


def _entry(values: dict[str, Any]) -> NetworkEntry:
    files = tuple(FileEntry(str(f["name"]), int(f["bytes"]), str(f["sha256"])) for f in values["files"])
    for file in files:
        # A manifest may come from anywhere: it must not reach outside its own folder.
        if Path(file.name).name != file.name or not file.name.isprintable() or "\\" in file.name:
            raise ValueError(f"file name {file.name!r} is not a plain name")
    if not files:
        raise ValueError("a network without files")
    training = dict(values.get("training", {}))
    stages = training.get("stages", {})
    if not isinstance(stages, dict) or not all(isinstance(facts, dict) for facts in stages.values()):
        raise ValueError("stages of training that are none")
    return NetworkEntry(
        class_name=str(values["class"]),
        arguments=dict(values["arguments"]),
        parameters=int(values["parameters"]),
        dtype=str(values["dtype"]),
        files=files,
        training=training,
    )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
