"""``plugins``: the commands in GIMP's and Krita's menus that send a picture here and take it back as a layer."""

from __future__ import annotations

import json
import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.cli.console import print_status
from maskgan_studio.errors import StudioError
from maskgan_studio.paths import own_command, plugins_dir

plugins_app = typer.Typer(help="Plug-ins for GIMP 3 and Krita: install, remove.", no_args_is_help=True)

_PLACEHOLDER = """json.loads('["maskgan-studio"]')"""
_NEXT_STEP = {
    "gimp": "GIMP: start it anew; the command is in the menu Tools.",
    "krita": "Krita: start it anew, tick MaskGAN Studio under Settings > Configure Krita > Python Plugin Manager, "
    "start it once more; the command is in the menu Tools > Scripts.",
}


class Host(StrEnum):
    """The programs that there is a plug-in for."""

    GIMP = "gimp"
    KRITA = "krita"


Hosts = Annotated[list[Host] | None, typer.Argument(metavar="[gimp|krita]...", show_default=False)]


@plugins_app.command()
def install(hosts: Hosts = None) -> None:
    """Add "Edit face in MaskGAN Studio" to GIMP's and Krita's menus; to those named, or to both."""
    for host in hosts or list(Host):
        try:
            for source, target in _files(host).items():
                target.parent.mkdir(parents=True, exist_ok=True)
                text = source.read_text(encoding="utf-8")
                words = json.dumps(own_command())
                target.write_text(text.replace(_PLACEHOLDER, f"json.loads({words!r})"), encoding="utf-8")
                target.chmod(0o755 if target.suffix == ".py" else 0o644)
                typer.echo(target)
        except OSError as error:
            raise StudioError(
                "The plug-in for {host} cannot be written ({reason}).", host=host, reason=error
            ) from error
        print_status(_NEXT_STEP[host])


@plugins_app.command()
def remove(hosts: Hosts = None) -> None:
    """Take the plug-ins out again; of those named, or of both."""
    for host in hosts or list(Host):
        try:
            for target in _files(host).values():
                target.unlink(missing_ok=True)
                if target.parent.name == "maskgan-studio" and target.parent.is_dir():
                    shutil.rmtree(target.parent)  # GIMP's plug-ins have a folder each
        except OSError as error:
            raise StudioError(
                "The plug-in for {host} cannot be removed ({reason}).", host=host, reason=error
            ) from error


def _files(host: Host) -> dict[Path, Path]:
    """What is copied, and where to."""
    folder = plugins_dir() / host
    if host is Host.KRITA:
        names = ("maskgan_studio.desktop", "maskgan_studio.py")
        return {folder / name: _krita_dir() / "pykrita" / name for name in names}
    return {folder / "maskgan-studio.py": _gimp_dir() / "plug-ins" / "maskgan-studio" / "maskgan-studio.py"}


def _krita_dir() -> Path:
    if sys.platform == "win32":
        return Path(os.environ["APPDATA"]) / "krita"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "krita"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "krita"


def _gimp_dir() -> Path:
    """GIMP's folder, of the newest version that has been started; of 3.0 where there is none."""
    if sys.platform == "win32":
        root = Path(os.environ["APPDATA"]) / "GIMP"
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Application Support" / "GIMP"
    else:
        root = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "GIMP"
    return max(
        root.glob("3.*"),
        default=root / "3.0",
        key=lambda folder: [int(n) for n in folder.name.split(".") if n.isdigit()],
    )
