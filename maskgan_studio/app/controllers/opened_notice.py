"""What is said of a photo or project that was opened."""

from __future__ import annotations

from pathlib import Path

from maskgan_studio.app.common.i18n import tr, translate_message
from maskgan_studio.engine.target import Target
from maskgan_studio.photo.wide_frame import wants_wide_frame

__all__ = ["describe_opened", "ends_at_frame"]


def describe_opened(path: Path, left_out: int, target: Target | None = None) -> list[str]:
    """Say what a photo could not keep, how its face lies, and what became of other files, a sentence each.

    Args:
        path: what was opened.
        left_out: how many other files were asked for at once.
        target: the photo's; None for a project.
    """
    sentences = []
    if target is not None and target.photo.notice is not None:
        sentences.append(translate_message(target.photo.notice))
    if target is not None and target.is_doubtful:
        sentences.append(
            tr("It is doubtful whether the face in “{name}” was found; place it by hand if not.", name=path.name)
        )
    elif target is not None and ends_at_frame(target):
        sentences.append(tr("Hair ends at the edge of the edited frame; a wider frame lets you edit all of it."))
    if left_out:
        sentences.append(
            tr(
                "One file is edited at a time: “{name}” was opened, {count} more were not.",
                **{"name": path.name, "count": left_out},
            )
        )
    return sentences


def ends_at_frame(target: Target) -> bool:
    """Whether hair or a hat goes on beyond the frame, where the photo does as well."""
    return wants_wide_frame(target.mask, target.alignment, target.photo.pixels.shape)
