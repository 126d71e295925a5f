"""Errors whose message is one clear sentence for the person at the screen, in the language of that screen.

A sentence is kept as an English template with named places and the values for them, so that the window can translate
the template before it fills the values in; ``str`` gives the English sentence. Raise an error with a literal template:

    raise PhotoError("“{name}” is empty; choose another photo.", name=path.name)

A value may itself be a ``Translatable``, a ``StudioError`` or a list of those: it is translated along.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Translatable:
    """A text that is translated where it is shown.

    Attributes:
        template: English, with ``{name}`` places as in ``str.format``; the key of the translation catalogues. Without
            values it is taken as it stands, braces included.
        values: for the places.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.values:
            return self.template
        return self.template.format(**{name: _in_english(value) for name, value in self.values.items()})


@dataclass(frozen=True)
class CommandLineOption:
    """Where a sentence names the option of the command line that does what it advises: a value for a place such as
    ``{option}``, which follows a word without a blank. The window has buttons instead and leaves it out.

    Attributes:
        text: the option with its value, as it is typed.
    """

    text: str

    def __str__(self) -> str:
        return f" ({self.text})"


def _in_english(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


class StudioError(Exception):
    """Something the user can understand and act on.

    The message is a single sentence that names the thing at fault and says what to do. The window translates it and
    shows it in the bar above the canvas; the command line prints it in English on stderr and exits with status 1.

    Attributes:
        message: the sentence, with what it is made of.
    """

    def __init__(self, template: str, /, **values: Any) -> None:
        """Take a sentence.

        Args:
            template: a literal, as in ``Translatable``.
            values: for its places.
        """
        self.message = Translatable(template, values)
        super().__init__(str(self.message))


class PhotoError(StudioError):
    """A photograph cannot be read or used."""


class NoFaceError(PhotoError):
    """No face was found in a photograph."""


class MaskError(StudioError):
    """A mask file or array is not a 19-class label map of the expected size."""


class EditError(StudioError):
    """An edit cannot be made to the document as it is."""


class ProjectError(StudioError):
    """A project file cannot be read or written."""


class WeightsError(StudioError):
    """A set of weights is missing, damaged or of another kind."""


class DataError(StudioError):
    """A training or evaluation data folder cannot be used as it is."""


class TrainingError(StudioError):
    """A training run cannot start, go on or be resumed."""
