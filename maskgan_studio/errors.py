"""Errors whose message is one clear sentence for the person at the screen."""

from __future__ import annotations


class StudioError(Exception):
    """Something the user can understand and act on.

    The message is a single sentence that names the thing at fault and says what to do. The window shows it in the
    bar above the canvas; the command line prints it on stderr and exits with status 1.
    """


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
