"""Edits without painting on the command line: ``--set``, ``--preset``, and the list of sliders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maskgan_studio.errors import StudioError

if TYPE_CHECKING:
    from maskgan_studio.document.face_edit import FaceEdit

Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Set a slider, colour or style: smile=0.6, hair.color=#7a3b1d, hair.style=PHOTO (`sliders` lists them).",
    ),
]
Preset = Annotated[
    list[str] | None,
    typer.Option(
        "--preset",
        metavar="FILE|NAME[@STRENGTH]",
        help="Set the sliders of a preset, weaker or stronger than 1: a file, or neutral, smile, laugh, surprise, "
        "wink-left, wink-right, eyes-closed, serious.",
    ),
]
Remove = Annotated[
    list[str] | None,
    typer.Option(
        "--remove",
        metavar="PART",
        help="Take a part off each face: hair, hat, eyeglasses, earrings, necklace or brows; what it hid is drawn.",
    ),
]


def read_part_styles(settings: list[str]) -> tuple[list[str], tuple[tuple[str, Path], ...]]:
    """Take ``hair.style=PHOTO`` out of what was set.

    Returns:
        what is left, and the parts with the photos whose style they take.

    Raises:
        EditError: a part that cannot take another style.
        StudioError: there is no such photo.
    """
    from maskgan_studio.recoloring import check_styled_part

    left, styles = [], {}
    for word in settings:
        name, _, photo = word.partition("=")
        part, _, what = name.rpartition(".")
        if what != "style":
            left.append(word)
            continue
        check_styled_part(part)
        if not Path(photo).is_file():
            raise StudioError("There is no photo {photo} for {name}.", photo=repr(photo), name=name)
        styles[part] = Path(photo)
    return left, tuple(styles.items())


def read_face_edit(settings: list[str], presets: list[str]) -> tuple[FaceEdit, tuple[Path, ...]]:
    """Put presets and sliders together, the later over the earlier, the sliders over all presets.

    Returns:
        the edit, and the files it was read from.

    Raises:
        EditError, ProjectError: as ``document.face_edit`` does.
    """
    from maskgan_studio.document.face_edit import FaceEdit
    from maskgan_studio.document.looks import find_preset
    from maskgan_studio.paths import presets_dir

    edit, files = FaceEdit(), []
    for preset in presets:
        name, strength = _with_strength(preset)
        found, path = find_preset(name, (presets_dir(),))
        edit = edit.then(found.with_strength(strength))
        files += [path] if path is not None else []
    return edit.then(FaceEdit.from_words(settings)), tuple(files)


def read_removed(names: list[str]) -> frozenset[int]:
    """The classes to take off; raises EditError for a name that is none."""
    from maskgan_studio.document.operations.removal import find_removable

    return find_removable(names)


def sliders() -> None:
    """List what `render --set` can set: sliders and colours, their ranges, and what the numbers mean.

    Left and right have one each where the name is marked: `eyes.size.left` is the person's left eye alone.
    """
    from maskgan_studio.document.deformation.sliders import SLIDERS
    from maskgan_studio.recoloring import COLOR_NUMBERS, COLORED_PARTS, STYLED_PARTS

    width = max(len(_listed(slider.name, slider.paired)) for slider in SLIDERS)
    for slider in SLIDERS:
        span = f"{slider.low:g} to {slider.high:g}"
        typer.echo(f"{_listed(slider.name, slider.paired):{width}}  {span:12}  {slider.meaning}")
    typer.echo(f"{'PART.color':{width}}  {'#rrggbb':12}  the colour that it has on average afterwards")
    for name, (low, high, meaning) in COLOR_NUMBERS.items():
        typer.echo(f"{'PART.' + name:{width}}  {f'{low} to {high}':12}  {meaning}")
    typer.echo(f"{'PART.style':{width}}  {'PHOTO':12}  a photo whose style this part takes")
    typer.echo(f"PART is one of {', '.join(COLORED_PARTS)}; a style can be given to {', '.join(STYLED_PARTS)}.")


def _listed(name: str, paired: bool) -> str:
    return f"{name}[.left|.right]" if paired else name


def _with_strength(text: str) -> tuple[str, float]:
    """A name, and the strength behind its last @ where that is a number."""
    name, at, strength = text.rpartition("@")
    try:
        return (name, float(strength)) if at and name else (text, 1.0)
    except ValueError:
        return text, 1.0
