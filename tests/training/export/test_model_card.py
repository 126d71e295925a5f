"""What a model card keeps and what it shows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from maskgan_studio.cli import main
from maskgan_studio.errors import TrainingError
from maskgan_studio.training.export.export import PORTRAITS_NAME, export_run
from maskgan_studio.training.export.model_card import sections
from maskgan_studio.weights import find_set

NOTES = "- Eyeglasses are poor."


def test_sections_written_by_hand_are_told_from_those_of_the_program():
    card = "# x\n\nText.\n\n## Networks\n\n- a\n\n## Limits\n\n- poor\n\n### Glasses\n\n## Training\n\n- b\n"
    assert sections(card) == "## Limits\n\n- poor\n\n### Glasses"
    assert sections("Poor glasses.") == "## Limits\n\nPoor glasses."
    assert sections("## Figures\n\n1\n\n## Limits\n\n2") == "## Figures\n\n1\n\n## Limits\n\n2"
    assert sections("") == ""


def export(run: Path, target: Path, *words: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(["weights", "export", str(run), "-o", str(target), *words])
    assert stopped.value.code in (0, None)
    return find_set(str(target)).card()


def test_notes_survive_an_update_and_kept_networks_stay_described(trained, faces, train_stages, tmp_path, monkeypatch):
    monkeypatch.setattr("maskgan_studio.training.export.export.draw_portrait_grid", lambda *_: None)  # another test's
    target, notes = tmp_path / "set", tmp_path / "notes.md"
    notes.write_text(NOTES)
    assert f"## Limits\n\n{NOTES}\n\n## Terms" in export(trained, target, "--notes", str(notes))
    parser = train_stages(faces, tmp_path / "run", "parser", steps=2, seed=5)
    card = export(parser, target, "--update")
    assert card.count(NOTES) == 1
    assert "2 steps, 8 samples, seed 5" in card and "### MaskVAE" in card and "- `alpha_blender`" in card
    assert card.count("### Face parser") == 1
    card = export(parser, target)
    assert "### MaskVAE" not in card and "- `alpha_blender`" not in card


def test_the_portraits_are_drawn_by_the_networks_that_the_set_holds(trained, faces, train_stages, tmp_path):
    target = tmp_path / "set"
    parser = train_stages(faces, tmp_path / "run", "parser", steps=2)
    assert "portraits" not in export(parser, target)  # a parser draws nothing
    assert f"({PORTRAITS_NAME})" in export(trained, target, "--update")
    content = (target / PORTRAITS_NAME).read_bytes()
    picture = Image.open(io.BytesIO(content))
    assert picture.size[0] * 3 == picture.size[1] * 7 and len(content) < 300_000  # three portraits, seven columns


def test_notes_that_cannot_be_read_are_named(trained, tmp_path):
    with pytest.raises(TrainingError, match=r"none\.md"):
        export_run(trained, tmp_path / "set", "mine", notes=tmp_path / "none.md")
