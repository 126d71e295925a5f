"""Print the man page, made of what ``--help`` says."""

from __future__ import annotations

import inspect
from typing import Any

import typer

from maskgan_studio import __version__
from maskgan_studio.cli.commands import app


def _escape(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n.", "\n\\&.").replace("\n'", "\n\\&'")


def _describe(command: Any, words: str, context: Any) -> list[str]:
    """A section of the page for a command of Typer, and those for the commands of a group."""
    if hasattr(command, "list_commands"):
        return [line for name in command.list_commands(context) for line in _of_group(command, name, words, context)]
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [".TP", f".B {_escape(words)}", _escape(usage), ".br"]
    lines += [_escape(" ".join(inspect.cleandoc(command.help or "").split())), ".RS"]
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and parameter.param_type_name == "option" and "--help" not in parameter.opts:
            lines += [".TP", f".B {_escape(record[0])}", _escape(record[1]) or "\\&"]
    return [*lines, ".RE"]


def _of_group(group: Any, name: str, words: str, context: Any) -> list[str]:
    command = group.get_command(context, name)
    below = command.make_context(name, [], parent=context, resilient_parsing=True)
    return _describe(command, f"{words} {name}".strip(), below)


def format_man_page() -> str:
    """The page in roff."""
    root = typer.main.get_command(app)
    lines = [
        f'.TH MASKGAN\\-STUDIO 1 "" "MaskGAN Studio {__version__}" "User Commands"',
        ".SH NAME",
        "maskgan\\-studio \\- edit portraits by their face masks",
        ".SH SYNOPSIS",
        ".B maskgan\\-studio",
        "[\\fIPHOTO\\fR|\\fIPROJECT\\fR|\\fICOMMAND\\fR ...]",
        ".SH DESCRIPTION",
        _escape(f"{root.help} {root.epilog}"),
        ".SH COMMANDS",
        *_describe(root, "", root.make_context("maskgan-studio", [], resilient_parsing=True)),
        ".SH EXIT STATUS",
        "0 on success, 2 on wrong usage, 1 otherwise.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(format_man_page(), end="")
