"""The command line. One file per group of commands; each command imports its room only when it is called."""

from __future__ import annotations

import sys
import traceback
from itertools import zip_longest

from maskgan_studio.cli.console import accept_undecodable_names
from maskgan_studio.errors import StudioError

# What an option means that is given without its value.
_BARE = {"--fit": "quick"}
_GLOBAL_OPTIONS = {"--help", "--version", "--install-completion", "--show-completion"}


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit: 0 on success, 2 on wrong usage, 1 with one line on stderr otherwise.

    Args:
        arguments: the words after the program's name; those of this process by default.
    """
    accept_undecodable_names()
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = _with_bare_options([word for word in words if word != "--debug"])
    from maskgan_studio.cli.commands import app, command_names

    # A photo, a project or nothing at all opens the editor.
    if not words or (words[0] not in command_names() and words[0] not in _GLOBAL_OPTIONS):
        words.insert(0, "edit")
    try:
        app(words, prog_name="maskgan-studio")
    except StudioError as error:
        _fail(str(error), debug)
    except MemoryError:
        _fail("There is not enough memory for this: close other programs, or use a smaller picture.", debug)
    except Exception as error:  # the last resort: a defect is one line too, its traceback a switch away
        _fail(f"Unexpected {type(error).__name__}: {' '.join(str(error).split())} (--debug shows where).", debug)


def _with_bare_options(words: list[str]) -> list[str]:
    """Give options their value where none follows, which the parser of the words cannot do: ``--fit`` is quick."""
    values = {"--fit": {"quick", "full"}}
    result = []
    for word, following in zip_longest(words, words[1:]):
        result.append(word)
        if word in values and following not in values[word]:
            result.append(_BARE[word])
    return result


def _fail(message: str, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    print(f"maskgan-studio: {message}", file=sys.stderr)
    raise SystemExit(1)
