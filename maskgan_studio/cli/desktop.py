"""``desktop``: the entry in the menu of a Linux desktop, and the type of projects."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import typer

from maskgan_studio.errors import StudioError
from maskgan_studio.paths import own_command, resources_dir

desktop_app = typer.Typer(help="The entry in the desktop's menu: install, remove.", no_args_is_help=True)


@desktop_app.command()
def install() -> None:
    """Add the editor to your menu and to what photos and projects (.ora) can be opened with."""
    data, files = _data_dir(), _files()
    try:
        for target in files:
            (data / target).parent.mkdir(parents=True, exist_ok=True)
        entry, mime_type, icon = (data / target for target in files)
        sources = [resources_dir() / source for source in files.values()]
        text = sources[0].read_text(encoding="utf-8")
        command = desktop_command(own_command())
        entry.write_text(re.sub("(?m)^Exec=.*", lambda _: f"Exec={command} %F", text), encoding="utf-8")
        shutil.copyfile(sources[1], mime_type)
        shutil.copyfile(sources[2], icon)
    except OSError as error:
        raise StudioError(
            "The menu entry cannot be written ({reason}): make {folder} writable.", reason=error, folder=data
        ) from error
    _refresh(data)
    typer.echo(entry)


@desktop_app.command()
def remove() -> None:
    """Take the menu entry, the type and the icon out again."""
    data = _data_dir()
    try:
        for target in _files():
            (data / target).unlink(missing_ok=True)
    except OSError as error:
        raise StudioError("The menu entry cannot be removed ({reason}).", reason=error) from error
    _refresh(data)


def desktop_command(words: list[str]) -> str:
    """Quote a command for the key Exec of a desktop entry, as the Desktop Entry Specification has it."""
    quoted = [
        '"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("\\", "\\\\").replace("%", "%%") + '"' for word in words
    ]
    return " ".join(quoted)


def _files() -> dict[str, str]:
    """Where each file goes below the data folder, and where it comes from below the resources."""
    return {
        "applications/maskgan-studio.desktop": "desktop/maskgan-studio.desktop",
        "mime/packages/maskgan-studio.xml": "desktop/maskgan-studio.xml",
        "icons/hicolor/scalable/apps/maskgan-studio.svg": "icons/maskgan-studio.svg",
    }


def _data_dir() -> Path:
    if not sys.platform.startswith("linux"):
        raise StudioError(
            "Menu entries are for Linux desktops; on this system, put {command} into the menu by hand.",
            command=" ".join(own_command()),
        )
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _refresh(data: Path) -> None:
    """Tell the desktop; those without these tools read the folders themselves."""
    for tool, folder in (("update-mime-database", "mime"), ("update-desktop-database", "applications")):
        if shutil.which(tool) and (data / folder).is_dir():
            subprocess.run([tool, data / folder], check=False, capture_output=True)
