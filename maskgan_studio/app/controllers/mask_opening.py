"""Masks from files, laid over the open photo or opened alone; what can be read in several ways is asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from maskgan_studio.app.common.i18n import tr, translate_message
from maskgan_studio.app.common.messages import Message, Reporter
from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.state.workspace import Workspace
from maskgan_studio.document.session import Session
from maskgan_studio.errors import StudioError, Translatable
from maskgan_studio.photo.masks.label_order import is_doubtful, order_by_photo
from maskgan_studio.photo.masks.mask_files import (
    ForeignColorError,
    LabelOrderError,
    MaskChoiceError,
    MaskRules,
    label_order_error,
    load_mask,
)

_SIZE = 512
_DEFAULT = MaskRules()


class MaskOpening:
    """Opens mask files.

    Args:
        workspace, reporter, settings: the editor's.
    """

    def __init__(self, workspace: Workspace, reporter: Reporter, settings: Settings) -> None:
        self._workspace, self._reporter, self._settings = workspace, reporter, settings

    def open(
        self, path: Path, rules: MaskRules = _DEFAULT, said: Sequence[str] = (), data: bytes | None = None
    ) -> None:
        """Lay a mask over the open photo as a new layer, or open it alone.

        Args:
            path: its file.
            rules: how it is read, where that was chosen.
            said: sentences that the message bar shows now, and that are to stay with what is said of the mask.
            data: its content where there is no file; ``path`` then only names it.
        """
        session, notices = self._workspace.session, list[Translatable]()
        try:
            size = _SIZE if session is None else session.stack.shape[0]
            labels = load_mask(
                path, size, order=rules.order, foreign=rules.foreign, soft=rules.soft, notices=notices, data=data
            )
            if rules.order is None and self._shows_other_order(labels):
                raise label_order_error(path.name, labels)
            if session is None:
                self._workspace.open(Session.new(labels), None)
            else:
                session.layers.add(path.stem, labels)
        except MaskChoiceError as problem:
            (title, action), *others = self._choices(path, rules, problem, data)
            text = " ".join([*said, translate_message(problem)])
            self._reporter.show(Message(text, title, action, other_actions=tuple(others)))
        except StudioError as problem:
            self._reporter.show(Message(" ".join([*said, translate_message(problem)])))
        else:
            if data is None:
                self._settings.add_recent(path)
            if notices:
                self._reporter.show(Message(" ".join([*said, *map(translate_message, notices)]), notice=True))

    def _shows_other_order(self, labels: np.ndarray) -> bool:
        """Whether a mask of few parts fits the open photo in the other order of labels alone."""
        target = self._workspace.target
        return target is not None and is_doubtful(labels) and order_by_photo(labels, target.mask) == "zllrunning"

    def _choices(
        self, path: Path, rules: MaskRules, problem: MaskChoiceError, data: bytes | None
    ) -> list[tuple[str, Callable[[], None]]]:
        """What the mask can be read as instead: titles, and what opens it so."""
        if isinstance(problem, LabelOrderError):
            choices = [
                (tr("Convert and open"), replace(rules, order="zllrunning")),
                (tr("Open as it is"), replace(rules, order="celebamask")),
            ]
        elif isinstance(problem, ForeignColorError):
            choices = [
                (tr("Make them background"), replace(rules, foreign="background")),
                (tr("Take the nearest part"), replace(rules, foreign="nearest")),
            ]
        else:
            choices = [
                (tr("Snap the edges"), replace(rules, soft="snap")),
                (tr("Open as it is"), replace(rules, soft="keep")),
            ]
        return [(title, partial(self.open, path, chosen, data=data)) for title, chosen in choices]
