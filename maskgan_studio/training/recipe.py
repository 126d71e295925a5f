"""Recipes: TOML files with every number of a training run."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from maskgan_studio.errors import TrainingError

#: The stages in the order in which ``train all`` runs them.
STAGES = ("parser", "mask-vae", "dmn", "ebst", "completion")
#: All that can be trained. The classifiers judge only, and need faces whose attributes are known.
TRAINABLE = (*STAGES, "attributes")
#: Those whose batches can be taken in parts: all their losses are means over the images.
MICRO_BATCHED = ("dmn", "ebst")


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a stage at one image size.

    Attributes:
        size: height and width of images and masks.
        batch: images per step over all processes.
        steps: number of optimiser steps.
        learning_rate: at the start of the phase.
        final_learning_rate: at its end; the rate falls linearly between ``decay_from`` and the end.
        decay_from: fraction of the phase after which the rate starts to fall.
        crop: side of the square windows that are cut out of the images; 0 takes them whole. The parser sees a whole
            picture reduced to it at the augmentation's scale 1. Parser and completion only.
    """

    size: int
    batch: int
    steps: int
    learning_rate: float
    final_learning_rate: float
    decay_from: float = 0.5
    crop: int = 0

    def rate_at(self, step: int) -> float:
        """Learning rate at ``step`` of this phase, 0 to ``steps``."""
        done = step / max(1, self.steps)
        fall = min(1.0, max(0.0, (done - self.decay_from) / max(1e-9, 1 - self.decay_from)))
        return self.learning_rate + fall * (self.final_learning_rate - self.learning_rate)


class Settings(Mapping[str, Any]):
    """A table of a recipe, read by name; a missing number is an error that names recipe and key, never a default
    hidden in the code."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self._table = table
        self._where = where

    def __getitem__(self, key: str) -> Any:
        if key not in self._table:
            raise TrainingError(f"Recipe {self._where} lacks the entry '{key}'; add it or start from a shipped recipe.")
        value = self._table[key]
        return Settings(value, f"{self._where}, {key}") if isinstance(value, dict) else value

    def optional(self, key: str, default: Any) -> Any:
        """An entry that recipes written before it was there lack; ``default`` is what they meant."""
        return self[key] if key in self._table else default

    def __iter__(self) -> Any:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def plain(self) -> dict[str, Any]:
        """The table as ordinary dictionaries and lists."""
        return json.loads(json.dumps(self._table))


@dataclass(frozen=True)
class Recipe:
    """All tables of a recipe file."""

    name: str
    tables: Mapping[str, Any]

    def stage(self, stage: str) -> Settings:
        """The settings of one stage; raises TrainingError when the recipe has none."""
        if stage not in self.tables:
            raise TrainingError(
                f"Recipe '{self.name}' has no [{stage}] table, so this stage cannot be trained with it."
            )
        return Settings(self.tables[stage], f"'{self.name}' [{stage}]")

    @property
    def data(self) -> Settings:
        """The table about the data split."""
        return Settings(self.tables.get("data", {}), f"'{self.name}' [data]")

    def phases(self, stage: str) -> list[Phase]:
        """The stage's phases in order."""
        try:
            return [Phase(**phase) for phase in self.stage(stage)["phases"]]
        except TypeError as error:
            raise TrainingError(f"A phase of [{stage}] in recipe '{self.name}' is wrong: {error}.") from None

    def digest(self, stage: str) -> str:
        """Short hash of what a checkpoint of ``stage`` depends on. The numbers of steps are left out, so that a run may
        be lengthened and resumed; so is what suits the machine: micro-batches, and checkpoints in parts."""
        table = self.stage(stage).plain()
        for key in ("micro_batch", "sharded_checkpoints"):
            table.pop(key, None)
        for phase in table["phases"]:
            phase.pop("steps")
        return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:16]

    def with_seed(self, seed: int) -> Recipe:
        """The same recipe with other random numbers in every stage: a second network, trained apart."""
        tables = {
            key: {**table, "seed": seed} if "seed" in table else dict(table) for key, table in self.tables.items()
        }
        return Recipe(self.name, tables)

    def with_micro_batch(self, images: int) -> Recipe:
        """The same recipe with batches taken in parts of so many images, in the stages that can."""
        tables = {
            key: {**table, "micro_batch": images} if key in MICRO_BATCHED else dict(table)
            for key, table in self.tables.items()
        }
        return Recipe(self.name, tables)

    def as_dict(self) -> dict[str, Any]:
        """Everything, to be written into a run's record and a model card."""
        return {"name": self.name, **json.loads(json.dumps(dict(self.tables)))}


def recipe_names() -> list[str]:
    """Names of the shipped recipes."""
    return _names("recipes")


def variant_names() -> list[str]:
    """Names of the shipped variants: the paper's baselines and ablations, as changes to any recipe."""
    return _names("recipes", "variants")


def load_recipe(name_or_file: str) -> Recipe:
    """Read a shipped recipe by name or any TOML file by path.

    Args:
        name_or_file: ``RECIPE`` or ``RECIPE+VARIANT``; the variant's entries then take the place of the recipe's.

    Raises:
        TrainingError: there is no such recipe or variant, or it is not TOML.
    """
    base, _, variant = name_or_file.rpartition("+")
    if not base or Path(name_or_file).is_file():
        return _load(name_or_file)
    if variant not in variant_names():
        raise TrainingError(f"There is no variant '{variant}' of a recipe; known are {', '.join(variant_names())}.")
    recipe = _load(base)
    text = _shipped("recipes", "variants").joinpath(f"{variant}.toml").read_text(encoding="utf-8")
    tables = {key: dict(table) for key, table in recipe.tables.items()}
    for key, changes in tomllib.loads(text).items():
        if key in tables:  # a recipe of one's own may lack a stage
            tables[key] |= changes
    return Recipe(f"{recipe.name}+{variant}", tables)


def _load(name_or_file: str) -> Recipe:
    path = Path(name_or_file)
    if path.suffix == ".toml":
        if not path.is_file():
            raise TrainingError(f"There is no recipe file {path}.")
        text, name = path.read_text(encoding="utf-8"), path.stem
    elif name_or_file in recipe_names():
        text, name = _shipped("recipes").joinpath(f"{name_or_file}.toml").read_text(encoding="utf-8"), name_or_file
    else:
        raise TrainingError(
            f"There is no recipe '{name_or_file}'; the shipped ones are {', '.join(recipe_names())}, "
            "or give a .toml file."
        )
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TrainingError(f"Recipe {name_or_file} is not valid TOML: {error}.") from None
    return Recipe(name, tables)


def _shipped(*folders: str) -> Traversable:
    return resources.files("maskgan_studio.training").joinpath(*folders)


def _names(*folders: str) -> list[str]:
    entries = _shipped(*folders).iterdir()
    return sorted(entry.name.removesuffix(".toml") for entry in entries if entry.name.endswith(".toml"))
