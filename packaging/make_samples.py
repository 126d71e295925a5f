"""Make the sample portraits in resources/samples: people who do not exist, drawn by our own networks.

    python packaging/make_samples.py FACE.webp FACE.webp ... -o resources/samples

Each aligned face gives its mask to one portrait and its style to the one before it. Use faces of nobody: a mask follows
its photo closely.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from maskgan_studio.engine.pipeline import Pipeline
from maskgan_studio.photo.files.loading import load_photo
from maskgan_studio.photo.files.saving import save_photo


def main() -> None:
    """Render the mask of every face in the style of the next."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("faces", nargs="+", type=Path)
    arguments.add_argument("-o", "--output", type=Path, required=True)
    arguments.add_argument("--weights", default="studio")
    options = arguments.parse_args()
    pipeline = Pipeline(options.weights)
    targets = [pipeline.prepare(load_photo(face), aligned=True) for face in options.faces]
    options.output.mkdir(parents=True, exist_ok=True)
    for number, target in enumerate(targets, start=1):
        style = pipeline.style(targets[number % len(targets)])
        save_photo(options.output / f"portrait-{number}.png", pipeline.render(target.mask, style))


if __name__ == "__main__":
    main()
