"""``weights``: list, show, verify, add, remove, import and export sets of weights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maskgan_studio.cli.console import print_status, progress
from maskgan_studio.cli.extras import require_extra
from maskgan_studio.errors import StudioError, WeightsError

weights_app = typer.Typer(
    help="Sets of weights: list, show, verify, add, remove, import, export.", no_args_is_help=True
)

SetName = Annotated[str, typer.Argument(metavar="NAME|DIR", show_default=False)]


@weights_app.command("list")
def list_() -> None:
    """List the sets that --weights can name: name, size, networks, folder."""
    from maskgan_studio.weights import list_sets

    sets = list_sets()
    if not sets:
        print_status(
            "There are no weights yet: train some, or import the authors' with `maskgan-studio weights import`."
        )
    width = max((len(found.name) for found in sets), default=0)
    for found in sets:
        typer.echo(f"{found.name:{width}}  {found.bytes / 2**20:7.1f} MiB  {','.join(found.roles)}  {found.path}")


@weights_app.command()
def show(name: SetName) -> None:
    """Print a set's networks and its model card."""
    from maskgan_studio.weights import find_set

    found = find_set(name)
    typer.echo(f"{found.name}: {found.path}")
    for role, entry in sorted(found.manifest.networks.items()):
        arguments = ", ".join(f"{key}={value}" for key, value in entry.arguments.items())
        size = f"{entry.parameters:,} parameters, {entry.bytes / 2**20:.1f} MiB {entry.dtype}"
        typer.echo(f"  {role}: {entry.class_name}({arguments}), {size}")
    typer.echo(f"\n{found.card()}", nl=False)


@weights_app.command()
def verify(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME|DIR...", show_default=False)] = None,
) -> None:
    """Check files against their SHA-256 and tensors against their networks; every set where none is named."""
    from maskgan_studio.weights import find_set, list_sets

    sets = [find_set(name) for name in names] if names else list_sets()
    damaged = 0
    for found in sets:
        problems = found.verify()
        damaged += bool(problems)
        typer.echo(f"{found.name}: {'; '.join(problems) or 'good'}")
    if damaged:
        raise WeightsError(f"{damaged} of {len(sets)} sets are damaged: get them again, or export them again.")


@weights_app.command()
def add(
    source: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", show_default=False)],
    name: Annotated[str | None, typer.Option("--name", help="Name to install it under; its own by default.")] = None,
) -> None:
    """Check a set that you were given, a folder or an archive of one, and install it for --weights.

    Its terms of use are shown, the first time.
    """
    from maskgan_studio.weights.installing import install_set
    from maskgan_studio.weights.terms import find_terms

    if not source.exists():
        raise StudioError(f"There is no file or folder {str(source)!r}.")
    installed = install_set(source, name)
    if installed.is_new:
        terms = find_terms(installed.weights.card())
        print_status(terms or "These weights came without a model card: ask who made them for terms.")
    typer.echo(installed.weights.path)


@weights_app.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)]) -> None:
    """Take a set out of your own folder; those that came with the program stay."""
    from maskgan_studio.weights.installing import remove_set

    typer.echo(remove_set(name))


@weights_app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.pth...", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="Name of the new set.")] = "authors",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Its folder, instead of the user's own.")
    ] = None,
) -> None:
    """Make a set of weights of the checkpoints that the authors of MaskGAN released.

    latest_net_G.pth, latest_net_B.pth, latest_net_D.pth and the MaskVAE's file are recognised by what they hold.
    """
    if Path(name).name != name or name.startswith("."):
        raise typer.BadParameter("a name is one plain word.", param_hint="--name")
    from maskgan_studio.outputs import check_outputs
    from maskgan_studio.weights import load_authors_checkpoint, save_set, user_sets_dir
    from maskgan_studio.weights.manifest import ROLES
    from maskgan_studio.weights.terms import AUTHORS_TERMS

    target = output or user_sets_dir() / name
    check_outputs([target], files)
    roles = {class_name: role for role, class_name in ROLES.items()}
    networks = {}
    with progress("Reading", len(files)) as step:
        for file in files:
            step(str(file))
            network = load_authors_checkpoint(file)
            role = roles[type(network).__name__]
            if role in networks:
                raise StudioError(f"{file} is a second {role!r} network: import it under another name.")
            networks[role] = network
    listed = "\n".join(f"- `{file.name}`" for file in files)
    origin = f"# {name}\n\nCheckpoints in the format of MaskGAN's authors, imported from\n\n{listed}\n"
    card = f"{origin}\n## Terms\n\n{AUTHORS_TERMS}\n"
    saved = save_set(
        target,
        networks,
        name=name,
        training={"imported_from": [file.name for file in files]},
        card=card,
    )
    typer.echo(saved.path)


@weights_app.command()
def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The --out folder of a training run.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="The set's folder, instead of the user's own.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the set; the folder's by default.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Keep an existing set's other networks.")] = False,
    notes: Annotated[
        Path | None,
        typer.Option(
            "--notes",
            metavar="FILE",
            help="Markdown for the card, such as limits; else what the set's card had.",
        ),
    ] = None,
) -> None:
    """Write what a training run has learnt as a set of weights with its model card and an image of what it draws."""
    require_extra("training")
    from maskgan_studio.outputs import check_outputs
    from maskgan_studio.training.export.export import export_run
    from maskgan_studio.training.recipe import TRAINABLE
    from maskgan_studio.weights import user_sets_dir

    title = name or (output or run).resolve().name
    target = output or user_sets_dir() / title
    read = [file for stage in TRAINABLE for file in (run / stage).glob("*")]
    check_outputs([target], [*read, *([notes] if notes is not None else [])])
    typer.echo(export_run(run, target, title, update, notes).path)
