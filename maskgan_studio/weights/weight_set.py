"""One set of weights: a folder of safetensors files that together make the program's networks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maskgan_studio.errors import WeightsError
from maskgan_studio.weights.manifest import CARD_NAME, ROLES, Manifest, NetworkEntry, sha256_of

if TYPE_CHECKING:
    from torch import nn

_SAFETENSORS = ".safetensors"


@dataclass(frozen=True)
class WeightSet:
    """A folder with ``manifest.json``, ``README.md`` (the model card) and one or more networks by role.

    Attributes:
        path: the folder.
        manifest: what it holds.
    """

    path: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> WeightSet:
        """Read the manifest of ``folder``; raises WeightsError where there is none."""
        return cls(folder, Manifest.read(folder))

    @property
    def name(self) -> str:
        """The name that ``--weights`` takes."""
        return self.manifest.name

    @property
    def roles(self) -> list[str]:
        """The networks it holds, sorted by role."""
        return sorted(self.manifest.networks)

    @property
    def bytes(self) -> int:
        """Size of all its networks on disk."""
        return sum(entry.bytes for entry in self.manifest.networks.values())

    def has(self, role: str) -> bool:
        """Whether it holds a network for ``role``."""
        return role in self.manifest.networks

    def card(self) -> str:
        """The model card (Markdown), empty where the set has none."""
        path = self.path / CARD_NAME
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def load(self, role: str) -> nn.Module:
        """Build the network of ``role`` and fill it: evaluation mode, float32, on the CPU.

        The module is built without storage and filled tensor by tensor: the peak is the network in float32 and one
        stored tensor, at most 1.5 times the float32 network.

        Raises:
            WeightsError: the set has no such network, or its files are missing, damaged or of another network.
        """
        entry = self._entry(role)
        for problem in self._file_problems(entry):
            raise WeightsError(f"The weights {self.name!r} are damaged: {problem}. Get them again.")
        from maskgan_studio.weights.tensors import read_tensors

        network = self._empty(role, entry)
        try:
            network.load_state_dict(dict(read_tensors(self._tensor_files(entry))), strict=True, assign=True)
        except RuntimeError as error:
            raise WeightsError(
                f"The files of {role!r} in the weights {self.name!r} belong to another network than its manifest says."
            ) from error
        return network.eval()

    def verify(self) -> list[str]:
        """Check every file against the manifest, and every tensor's name and shape against the network.

        Returns:
            one sentence per problem; an empty list means that every network can be loaded.
        """
        problems = []
        for role, entry in sorted(self.manifest.networks.items()):
            found = [f"{role}: {problem}" for problem in self._file_problems(entry)]
            if not found:
                try:
                    self.load(role)
                except WeightsError as error:
                    found = [f"{role}: {error}"]
            problems += found
        return problems

    def _entry(self, role: str) -> NetworkEntry:
        if not self.has(role):
            raise WeightsError(f"The weights {self.name!r} hold no {role!r} network, only {', '.join(self.roles)}.")
        return self.manifest.networks[role]

    def _tensor_files(self, entry: NetworkEntry) -> list[Path]:
        return [self.path / file.name for file in entry.files if file.name.endswith(_SAFETENSORS)]

    def _file_problems(self, entry: NetworkEntry) -> list[str]:
        problems = []
        for file in entry.files:
            path = self.path / file.name
            if not path.is_file():
                problems.append(f"{file.name} is missing")
            elif path.stat().st_size != file.bytes:
                problems.append(f"{file.name} has {path.stat().st_size} bytes instead of {file.bytes}")
            elif sha256_of(path) != file.sha256:
                problems.append(f"{file.name} is not the file that was saved (its SHA-256 differs)")
        return problems

    def _empty(self, role: str, entry: NetworkEntry) -> nn.Module:
        import torch

        from maskgan_studio import networks

        if ROLES.get(role) != entry.class_name:
            raise WeightsError(
                f"The weights {self.name!r} want {entry.class_name!r} for {role!r}, which this program does not know: "
                "update MaskGAN Studio."
            )
        try:
            with torch.device("meta"):
                return getattr(networks, entry.class_name)(**entry.arguments)
        except (TypeError, ValueError, RuntimeError) as error:
            raise WeightsError(
                f"The manifest of the weights {self.name!r} gives {role!r} arguments that this program does not "
                f"understand ({error}): update MaskGAN Studio."
            ) from error
