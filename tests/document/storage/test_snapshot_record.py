"""Kept states as bytes: what is damaged is left out, the others stay."""

from __future__ import annotations

import json

import numpy as np
import pytest

from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.snapshot_record import Snapshot, snapshots_from_bytes, snapshots_to_bytes

SHAPE = (64, 64)


@pytest.fixture
def records() -> list[dict]:
    """Two kept states."""
    session = Session.new(np.ones(SHAPE, np.uint8))
    snapshots = [Snapshot(title, session.project().layers) for title in ("first", "second")]
    return json.loads(snapshots_to_bytes(snapshots))


def titles(records: object, shape: tuple[int, int] = SHAPE) -> list[str]:
    return [snapshot.title for snapshot in snapshots_from_bytes(json.dumps(records).encode(), shape)]


def test_a_damaged_one_is_left_out_and_the_next_one_is_not(records):
    large = Snapshot("", Session.new(np.ones((2000, 2000), np.uint8)).project().layers)
    foreign = Snapshot("", Session.new(np.full(SHAPE, 18, np.uint8)).project().layers)
    foreign.layers[0].labels[0, 0] = 200
    (packed_large,), (packed_foreign,) = (json.loads(snapshots_to_bytes([each])) for each in (large, foreign))
    for damaged in ({}, None, {"title": "", "layers": []}, packed_large, packed_foreign):
        assert titles([damaged, *records]) == ["first", "second"]
    records[0]["layers"][0]["labels"] = "no"
    assert titles(records) == ["second"]


def test_they_are_left_out_in_a_document_of_another_size_and_where_there_are_none(records):
    assert titles(records, (32, 32)) == titles({}) == titles(3) == []
    assert snapshots_from_bytes(b"no", SHAPE) == []


def test_strengths_are_kept_and_a_tint_of_earlier_versions_is_none():
    session = Session.new(np.ones((24, 24), np.uint8))
    session.layers.set_opacity(session.active_layer, 0.5)
    session.face.set_values("Smile", {"smile": 0.6})
    session.layers.set_opacity(session.face.layer.id, 0.25)
    data = snapshots_to_bytes([Snapshot("now", session.project().layers)])
    (read,) = snapshots_from_bytes(data, (24, 24))
    assert [layer.opacity for layer in read.layers] == [1.0, 0.25, 0.5]
    assert read.layers[1].face == session.face.setting
    (earlier,) = snapshots_from_bytes(data.replace(b'"strength"', b'"opacity"'), (24, 24))
    assert [layer.opacity for layer in earlier.layers] == [1.0, 0.25, 1.0]
