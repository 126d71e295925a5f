"""The history of a document as data that a project keeps, so that undo goes on where the last sitting ended."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

import numpy as np

from maskgan_studio.document.changes import ArrangementChange, Change, ExtrasChange, PixelChange, Title
from maskgan_studio.document.geometry.rect import Rect
from maskgan_studio.document.history import Entry
from maskgan_studio.document.layers import Layer
from maskgan_studio.document.packed_labels import pack_labels, unpack_labels
from maskgan_studio.document.patch import Patch
from maskgan_studio.document.project import Project
from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.history_rehearsal import rehearse
from maskgan_studio.document.storage.layer_record import layer_from_record, layer_record
from maskgan_studio.document.storage.project_repair import clean_name
from maskgan_studio.errors import ProjectError, Translatable

__all__ = ["HISTORY_NAME", "FrozenHistory", "restore_history"]

#: Under this name a project keeps it; a document that has it among its extras, be it empty, keeps its history.
HISTORY_NAME = "history.json"
_FORMAT = 1
#: Older steps than fit into so many bytes stay out of the file.
_MOST_BYTES = 16 * 2**20
_LONGEST_TEXT = 500
_LARGEST_THUMBNAIL = 128


class FrozenHistory:
    """A history as it is at this moment; ``to_bytes`` may run on another thread."""

    def __init__(self, session: Session, project: Project) -> None:
        """Take the steps of a session; ``project`` is what is saved along, with label maps of its own."""
        history = session.history
        self._entries, self._position = list(history.entries), history.position
        size = history.size
        while self._position and size > _MOST_BYTES:
            size -= self._entries.pop(0).size
            self._position -= 1
        here = zip(session.stack.layers, project.layers, strict=True)
        # Label maps are painted on in place: those that lie in the stack are saved with it, others as they are now.
        self._labels: dict[int, object] = {id(layer.labels): {"layer": saved.id} for layer, saved in here}
        self._data: dict[int, object] = {
            id(data): {"extra": name} for name, data in session.extras.items() if name != HISTORY_NAME
        }
        for entry in self._entries:
            for change in entry.changes:
                if isinstance(change, ArrangementChange):
                    for layer in (*change.before, *change.after):
                        self._labels.setdefault(id(layer.labels), layer.labels.copy())

    def to_bytes(self) -> bytes:
        """JSON with everything packed."""
        labels, data = _Table(self._labels, pack_labels), _Table(self._data, _pack_bytes)
        entries, position = [], 0
        for number, entry in enumerate(self._entries):
            records = [record for change in entry.changes if (record := _change_record(change, labels, data))]
            if not records:  # such as frozen pixels, which a project does not keep
                continue
            position += number < self._position
            thumbnail = {"shape": list(entry.thumbnail_shape), "packed": _pack_bytes(entry.packed_thumbnail)}
            entries.append({"title": _title_record(entry.title), "changes": records, "thumbnail": thumbnail})
        record = {"format": _FORMAT, "position": position, "entries": entries}
        return json.dumps({**record, "labels": labels.rows, "data": data.rows}).encode()


def restore_history(session: Session) -> None:
    """Give a session that was just opened the history that its project keeps.

    Raises:
        ProjectError: it is damaged, or does not lead to this document; the session is as it was.
    """
    data = session.extras.get(HISTORY_NAME)
    if not data:
        return
    session.extras[HISTORY_NAME] = b""  # written anew from the session
    try:
        record = json.loads(data)
        if record["format"] != _FORMAT:
            raise ValueError("another format")
        position = int(record["position"])
        copies = {layer.id: layer.labels.copy() for layer in session.stack.layers}
        rehearse(session.stack.layers, copies, session.extras, _entries(record, copies, session), position)
        present = {layer.id: layer.labels for layer in session.stack.layers}
        session.history.restore(_entries(record, present, session), position)
    except Exception as error:  # values of any kind may stand there
        raise ProjectError(
            "The history in this project does not lead to what is in it and was left out; save it to begin a new one."
        ) from error


class _Table:
    """Arrays or bytes by identity, each written once."""

    def __init__(self, known: Mapping[int, object], pack: Any) -> None:
        self._known, self._pack = known, pack
        self._numbers: dict[int, int] = {}
        self.rows: list[object] = []

    def number(self, value: Any) -> int:
        """Where a value stands."""
        if id(value) not in self._numbers:
            self._numbers[id(value)] = len(self.rows)
            known = self._known.get(id(value), value)
            self.rows.append(known if isinstance(known, dict) else self._pack(known))
        return self._numbers[id(value)]


def _change_record(change: Change, labels: _Table, data: _Table) -> dict[str, Any] | None:
    if isinstance(change, PixelChange):
        rect = change.rect
        return {
            "pixels": _pack_bytes(change.packed),
            "layer": change.layer_id,
            "rect": [rect.top, rect.left, rect.bottom, rect.right],
        }
    if isinstance(change, ArrangementChange):
        sides = (change.before, change.after)
        return {"layers": [[layer_record(each, labels.number(each.labels)) for each in side] for side in sides]}
    if isinstance(change, ExtrasChange):
        both = (change.before, change.after)
        return {"extras": [{name: each and data.number(each) for name, each in side.items()} for side in both]}
    return None


def _entries(record: Mapping[str, Any], present: Mapping[int, np.ndarray], session: Session) -> list[Entry]:
    shape = session.stack.shape
    labels = [
        present[row["layer"]] if isinstance(row, dict) else unpack_labels(str(row), shape) for row in record["labels"]
    ]
    data = [
        session.extras[row["extra"]] if isinstance(row, dict) else _unpack_bytes(str(row)) for row in record["data"]
    ]
    entries = []
    for each in record["entries"]:
        changes = tuple(_change(change, labels, data) for change in each["changes"])
        height, width = (int(side) for side in each["thumbnail"]["shape"])
        packed = _unpack_bytes(each["thumbnail"]["packed"])
        if not (0 < height <= _LARGEST_THUMBNAIL and 0 < width <= _LARGEST_THUMBNAIL):
            raise ValueError("no thumbnail")
        _inflate(packed, height * width)
        entries.append(Entry(0, _title(each["title"]), changes, None, packed, (height, width)))
    return entries


def _change(record: Mapping[str, Any], labels: Sequence[np.ndarray], data: Sequence[bytes]) -> Change:
    if "pixels" in record:
        rect = Rect(*(int(side) for side in record["rect"]))
        pixels = _inflate(_unpack_bytes(record["pixels"]), 2 * rect.height * rect.width)
        before, after = np.frombuffer(pixels, np.uint8).reshape(2, rect.height, rect.width)
        return PixelChange(Patch(int(record["layer"]), rect.top, rect.left, before, after))
    if "layers" in record:
        sides = ([layer_from_record(each, labels[each["labels"]]) for each in side] for side in record["layers"])
        before_layers, after_layers = (tuple[Layer, ...](side) for side in sides)
        return ArrangementChange(before_layers, after_layers)
    both = [{_name(name): _row(data, number) for name, number in side.items()} for side in record["extras"]]
    return ExtrasChange(*both)


def _row(data: Sequence[bytes], number: int | None) -> bytes | None:
    return None if number is None else data[number]


def _name(name: str) -> str:
    if clean_name(name, "") != name or name == HISTORY_NAME:
        raise ValueError("a name that is none")
    return name


def _title_record(title: Any) -> Any:
    if isinstance(title, Translatable):
        return {"template": title.template, "values": {name: _title_record(v) for name, v in title.values.items()}}
    return title if isinstance(title, int | float) else str(title)


def _title(record: Any) -> Title:
    if isinstance(record, str):
        return record[:_LONGEST_TEXT]
    values = {
        name: value if isinstance(value, int | float) else _title(value) for name, value in record["values"].items()
    }
    message = str(record["template"])
    # Only what ``Translatable`` is made for: a field such as {a:9999999999} would fill the memory.
    for _, field, form, conversion in Formatter().parse(message):
        if values and ((field is not None and field not in values) or form or conversion):
            raise ValueError("no template")
    if len(message) > _LONGEST_TEXT:
        raise ValueError("no template")
    return Translatable(message, values)


def _pack_bytes(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unpack_bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _inflate(data: bytes, size: int) -> bytes:
    # Damaged or hostile data may unpack to far more.
    found = zlib.decompressobj().decompress(data, size + 1)
    if len(found) != size:
        raise ValueError("of another size")
    return found
