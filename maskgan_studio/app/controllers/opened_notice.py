"""What is said of a photo or project that was opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from maskgan_studio.app.common.i18n import tr, translate_message
from maskgan_studio.app.common.messages import Message
from maskgan_studio.app.controllers.parse_doubts import worth_naming
from maskgan_studio.engine.target import Target
from maskgan_studio.labels import PARTS
from maskgan_studio.photo.alignment.wide_frame import wants_wide_frame

__all__ = ["describe_opened", "list_ways_out", "make_notice"]

#: A button's title and what it does.
Choice = tuple[str, Callable[[], None]]


def describe_opened(path: Path, left_out: int, target: Target | None = None, is_restyled: bool = False) -> list[str]:
    """Say what a photo could not keep, how its face lies, and what became of other files, a sentence each.

    Args:
        path: what was opened.
        left_out: how many other files were asked for at once.
        target: the photo's; None for a project.
        is_restyled: the photo is shown in the style of a second one, which stays from photo to photo.
    """
    sentences = []
    if target is not None and target.photo.notice is not None:
        sentences.append(translate_message(target.photo.notice))
    if target is not None and target.is_doubtful:
        sentences.append(
            tr("It is doubtful whether the face in “{name}” was found; place it by hand if not.", name=path.name)
        )
    elif target is not None and _ends_at_frame(target):
        sentences.append(tr("Hair ends at the edge of the edited frame; a wider frame lets you edit all of it."))
    doubt = None if target is None else worth_naming(target.doubts)
    if doubt is not None:
        part, other = tr(PARTS[doubt.part].title), tr(PARTS[doubt.instead].title)
        sentences.append(
            tr("A place was read as “{part}”, without much certainty; it may be “{other}”.", part=part, other=other)
        )
    if target is not None and is_restyled:
        sentences.append(tr("The style of the second photo is used for this one too."))
    if left_out:
        sentences.append(
            tr(
                "One file is edited at a time: “{name}” was opened, {count} more were not.",
                **{"name": path.name, "count": left_out},
            )
        )
    return sentences


def list_ways_out(
    target: Target | None,
    place: Callable[[], None],
    widen: Callable[[], None],
    corrections: Sequence[Choice],
    use_own_style: Callable[[], None] | None = None,
) -> list[Choice]:
    """What can be done about what ``describe_opened`` says.

    Args:
        target: the photo's; None for a project.
        place: lets the user place the face.
        widen: takes a wider frame.
        corrections: what can be done about a doubtful parse.
        use_own_style: takes the photo's own style; None where it is in use.
    """
    ways = [*corrections]
    if target is not None and use_own_style is not None:
        ways.append((tr("Use its own style"), use_own_style))
    if target is not None and target.is_doubtful:
        return [(tr("Place the face by hand"), place), *ways]
    if target is not None and _ends_at_frame(target):
        return [(tr("Use a wider frame"), widen), *ways]
    return ways


def make_notice(sentences: Sequence[str], ways: Sequence[Choice]) -> Message:
    """One message of several sentences, with buttons."""
    title, action = ways[0] if ways else ("", None)
    return Message(" ".join(sentences), title, action, notice=True, other_actions=tuple(ways[1:]))


def _ends_at_frame(target: Target) -> bool:
    """Whether hair or a hat goes on beyond the frame, where the photo does as well."""
    return wants_wide_frame(target.mask, target.alignment, target.photo.pixels.shape)
