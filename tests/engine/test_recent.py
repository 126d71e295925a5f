"""The things last made."""

from __future__ import annotations

import pytest

from maskgan_studio.engine.recent import Recent


def test_what_was_longest_out_of_use_is_made_again():
    made: list[str] = []
    recent: Recent[str] = Recent(2)
    for key in "abacab":
        assert recent.get(key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    assert made == ["a", "b", "c", "b"]


def test_what_could_not_be_made_is_tried_again():
    recent: Recent[int] = Recent()
    with pytest.raises(MemoryError):
        recent.get("a", lambda: (_ for _ in ()).throw(MemoryError()))
    assert recent.get("a", lambda: 3) == 3
