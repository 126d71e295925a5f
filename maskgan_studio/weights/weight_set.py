"""One set of weights: a folder of safetensors files that together make the program's networks."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maskgan_studio.errors import Translatable, WeightsError
from maskgan_studio.weights.manifest import CARD_NAME, ROLES, Manifest, NetworkEntry, sha256_of

if TYPE_CHECKING:
    from torch import nn

log = logging.getLogger(__name__)

_SAFETENSORS = ".safetensors"
# No argument of a network counts further, widths of style vectors included.
_LARGEST = 2**17


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
            WeightsError: the set has no such network, or its files are missing, damaged or of another network, or hold
                values that are not finite.
        """
        entry = self._entry(role)
        for problem in self._file_problems(entry):
            raise WeightsError(
                "The weights {weights} are damaged: {problem}. Get them again.",
                weights=repr(self.name),
                problem=problem,
            )
        from maskgan_studio.weights.tensors import is_finite, read_tensors

        network = self._empty(role, entry)
        tensors = dict(read_tensors(self._tensor_files(entry)))
        for key, tensor in tensors.items():
            if not is_finite(tensor):
                raise WeightsError(
                    "The weights {weights} hold values that are no numbers, in {role}, {tensor}: the set was spoilt "
                    "before it was saved; use another one.",
                    weights=repr(self.name),
                    role=repr(role),
                    tensor=key,
                )
        try:
            network.load_state_dict(tensors, strict=True, assign=True)
        except RuntimeError as error:
            raise WeightsError(
                "The files of {role} in the weights {weights} belong to another network than its manifest says.",
                role=repr(role),
                weights=repr(self.name),
            ) from error
        return network.eval()

    def verify(self) -> list[str]:
        """Check every file against the manifest, and every tensor's name, shape and values against the network.

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
            raise WeightsError(
                "The weights {weights} hold no {role} network, only {names}.",
                weights=repr(self.name),
                role=repr(role),
                names=", ".join(self.roles),
            )
        return self.manifest.networks[role]

    def _tensor_files(self, entry: NetworkEntry) -> list[Path]:
        return [self.path / file.name for file in entry.files if file.name.endswith(_SAFETENSORS)]

    def _file_problems(self, entry: NetworkEntry) -> list[Translatable]:
        problems = []
        for file in entry.files:
            path = self.path / file.name
            if not path.is_file():
                problems.append(Translatable("{file} is missing", {"file": file.name}))
            elif path.stat().st_size != file.bytes:
                values = {"file": file.name, "found": path.stat().st_size, "wanted": file.bytes}
                problems.append(Translatable("{file} has {found} bytes instead of {wanted}", values))
            elif sha256_of(path) != file.sha256:
                problems.append(
                    Translatable("{file} is not the file that was saved (its SHA-256 differs)", {"file": file.name})
                )
        return problems

    def _empty(self, role: str, entry: NetworkEntry) -> nn.Module:
        import torch

        from maskgan_studio import networks

        if ROLES.get(role) != entry.class_name:
            raise WeightsError(
                "The weights {weights} want {class_name} for {role}, which this program does not know: update MaskGAN "
                "Studio.",
                weights=repr(self.name),
                class_name=repr(entry.class_name),
                role=repr(role),
            )
        try:
            _check_arguments(entry.arguments)
            with torch.device("meta"):
                network: nn.Module = getattr(networks, entry.class_name)(**entry.arguments)
                return network
        except Exception as error:  # arguments of any type and size may stand there
            log.info("arguments of %s in %s: %r", role, self.path, error)
            raise WeightsError(
                "The manifest of the weights {weights} gives {role} arguments that this program does not understand: "
                "update MaskGAN Studio.",
                weights=repr(self.name),
                role=repr(role),
            ) from error


def _check_arguments(values: Any) -> None:
    """Raise ValueError for numbers with which building a network would take all memory, or forever."""
    if isinstance(values, dict | list | tuple):
        if len(values) > _LARGEST:
            raise ValueError("too many values")
        for value in values.values() if isinstance(values, dict) else values:
            _check_arguments(value)
    elif isinstance(values, int | float) and not -_LARGEST <= values <= _LARGEST:  # NaN too
        raise ValueError(f"{values} is out of range")
