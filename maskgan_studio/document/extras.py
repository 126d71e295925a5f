"""Data kept with a document that are part of what is edited, such as the style photo: each change is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from maskgan_studio.document.changes import ExtrasChange, Title

if TYPE_CHECKING:
    from maskgan_studio.document.session import Session

__all__ = ["change_extras"]


def change_extras(session: Session, title: Title, data: Mapping[str, bytes | None], merge_key: object = None) -> None:
    """Keep data with a document, or drop what is None; an edit in progress goes on, for no layer changes.

    Args:
        session: the document.
        title: for the history list.
        data: by plain file name.
        merge_key: see ``History.push``.
    """
    change = ExtrasChange({name: session.extras.get(name) for name in data}, data)
    change.apply(session)
    session.history.push(title, [change], session.stack.composite(), merge_key)
    session.events.history_changed.emit()
