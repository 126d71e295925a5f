"""What ``--data`` accepts: folders, and lists of shards."""

from __future__ import annotations

from pathlib import Path

from maskgan_studio.photo.datasets.folders import Source, open_folder, split_weight
from maskgan_studio.photo.datasets.shards import is_shard_list, open_shards

__all__ = ["open_source"]


def open_source(argument: str, validation: float = 0.0, fetched: Path | None = None) -> Source:
    """Find the samples of one ``--data`` argument.

    Args:
        argument: ``IMAGES[:MASKS][@WEIGHT]`` or ``SHARDS.tar[@WEIGHT]``; see ``open_folder`` and ``open_shards``.
        validation: fraction of samples kept out of training where no official split is known; chosen by a hash of the
            name, so that it does not depend on which other files are there.
        fetched: folder for shards that a command writes; None refuses them.

    Raises:
        DataError: it does not exist, cannot be read or holds no image.
    """
    text, weight = split_weight(argument)
    if is_shard_list(text):
        return open_shards(text, weight, validation, fetched)
    return open_folder(argument, validation)
