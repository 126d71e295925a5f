"""An error is an English sentence, and knows what it was made of."""

from __future__ import annotations

import pickle

from maskgan_studio.errors import CommandLineOption, PhotoError, ProjectError, StudioError, Translatable


def test_the_sentence_is_filled_in_and_its_parts_are_kept():
    error = PhotoError("“{name}” has {size:.1f} megapixels.", name="a.jpg", size=12.34)
    assert str(error) == "“a.jpg” has 12.3 megapixels."
    assert error.message == Translatable("“{name}” has {size:.1f} megapixels.", {"name": "a.jpg", "size": 12.34})


def test_braces_in_values_and_in_plain_sentences_are_text():
    assert str(StudioError("“{name}” is a folder.", name="{0}{x}")) == "“{0}{x}” is a folder."
    assert str(StudioError("A {plain} sentence.")) == "A {plain} sentence."


def test_an_error_may_speak_of_another_and_of_several_things():
    inner = ProjectError("The part “{part}” is damaged.", part="x.png")
    assert str(ProjectError("“{name}”: {problem}", name="a.ora", problem=inner)) == (
        "“a.ora”: The part “x.png” is damaged."
    )
    changes = [Translatable("one thing"), Translatable("{count} others", {"count": 2})]
    assert str(StudioError("Changed: {changes}.", changes=changes)) == "Changed: one thing; 2 others."


def test_it_comes_back_from_another_process_with_its_parts():
    error = pickle.loads(pickle.dumps(PhotoError("“{name}” is empty.", name="a.jpg")))
    assert type(error) is PhotoError and str(error) == "“a.jpg” is empty." and error.message.values == {"name": "a.jpg"}


def test_the_command_line_names_its_option_where_a_sentence_gives_advice():
    error = PhotoError("Take another, or keep it{option}.", option=CommandLineOption("--keep yes"))
    assert str(error) == "Take another, or keep it (--keep yes)."
