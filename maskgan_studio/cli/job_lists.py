"""Lists of jobs, from what was named on the command line: photos, folders of them, a table of pairs."""

from __future__ import annotations

from pathlib import Path

from maskgan_studio.cli.console import print_status
from maskgan_studio.cli.jobs import EditJob, FaceJob, RenderJob
from maskgan_studio.errors import StudioError
from maskgan_studio.tables import read_table

_NAMED = 5


def list_photos(paths: list[Path]) -> list[Path]:
    """Photos named one by one, and those in the folders among them, sorted.

    What copied folders are full of (``._x.jpg``, Thumbs.db, folders named like images) is passed over, and counted on
    stderr.

    Raises:
        StudioError: a folder cannot be read, or nothing is left.
    """
    from maskgan_studio.photo.files.listing import is_clutter, list_images

    photos: list[Path] = []
    passed_over: list[Path] = []
    for path in paths:
        if not path.is_dir():
            (passed_over if is_clutter(path) and len(paths) > 1 else photos).append(path)
            continue
        try:
            found = list_images(path)
        except OSError as error:
            message = "The folder {folder} cannot be read ({error})."
            raise StudioError(message, folder=path, error=error.strerror or error) from error
        if not found.images and len(paths) == 1:
            raise StudioError("The folder {folder} holds no photos.", folder=path)
        photos += found.images
        passed_over += found.passed_over if found.images else [path]
    if passed_over:
        print_status(
            f"{len(passed_over)} other files passed over: {', '.join(file.name for file in passed_over[:_NAMED])}"
        )
    if not photos:
        raise StudioError("There are no photos in what was named; give photos, or folders of them.")
    return photos


def list_edit_jobs(project: Path, photos: list[Path], folder: Path) -> list[EditJob]:
    """One job per photo, under the photo's name in ``folder``."""
    return [EditJob(photo, project, folder / _result_name(photo)) for photo in photos]


def list_face_jobs(photos: list[Path], presets: tuple[Path, ...], output: Path) -> list[FaceJob]:
    """One job per photo: to ``output`` where that names an image, else under the photo's name in that folder."""
    from maskgan_studio.photo.files.formats import WRITABLE

    if len(photos) == 1 and output.suffix.lower() in WRITABLE and not output.is_dir():
        return [FaceJob(photos[0], presets, output)]
    return [FaceJob(photo, presets, output / _result_name(photo)) for photo in photos]


def _result_name(photo: Path) -> str:
    """In the photo's own format, where it can be written."""
    from maskgan_studio.photo.files.formats import WRITABLE

    return photo.name if photo.suffix.lower() in WRITABLE else f"{photo.stem}.png"


def read_pair_jobs(table: Path, folder: Path) -> list[RenderJob]:
    """Read a table of pairs; raises StudioError where it is none."""
    jobs = []
    for row in read_table(table, ("photo", "mask"), "a table of pairs", optional=("target_mask", "name")):
        photo, mask, own = row["photo"], row["mask"], row["target_mask"]
        if not photo or not mask:
            raise StudioError("{table}, line {line}: photo and mask are both needed.", table=table, line=row.line)
        name = row["name"] or Path(photo).stem
        if Path(name).name != name or "\\" in name or "\0" in name:
            raise StudioError(
                "{table}, line {line}: the name {name} must not name a folder.",
                table=table,
                line=row.line,
                name=repr(name),
            )
        jobs.append(
            RenderJob(
                photo=_beside(table, photo),
                mask=_beside(table, mask),
                target_mask=_beside(table, own) if own else None,
                output=folder / f"{name}.png",
            )
        )
    return jobs


def _beside(table: Path, name: str) -> Path:
    """A path of the table: relative to the table's folder, or to the current one where it is only found there."""
    path = table.parent / name
    try:
        return Path(name) if not path.exists() and Path(name).exists() else path
    except (OSError, ValueError):  # not a valid name; reading it raises the error
        return path
