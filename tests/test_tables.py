"""CSV files as people's spreadsheets write them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskgan_studio.errors import DataError
from maskgan_studio.tables import read_table

COLUMNS = ("photo", "mask")


def read(tmp_path: Path, data: bytes) -> list[tuple[int, dict[str, str]]]:
    (tmp_path / "t.csv").write_bytes(data)
    return [(row.line, row.values) for row in read_table(tmp_path / "t.csv", COLUMNS, "a table", ("target_mask",))]


@pytest.mark.parametrize(
    "text",
    [
        "photo,mask\na b.png,m.png\n",
        "photo;mask\na b.png;m.png\n",
        "photo\tmask\r\na b.png\tm.png\r\n",
        "photo|mask\ra b.png|m.png",
        "\ufeffphoto,mask\na b.png,m.png\n",
        "Photo,MASK\na b.png,m.png\n",
        " photo , mask \n a b.png , m.png \n",
        '"photo", "mask"\n"a b.png", "m.png"\n',
        "photo,mask\na b.png,m.png\n\n,\n",
    ],
)
def test_ways_to_write_one_table(tmp_path, text):
    assert read(tmp_path, text.encode()) == [(2, {"photo": "a b.png", "mask": "m.png"})]
    assert read(tmp_path, text.removeprefix("\ufeff").encode("utf-16")) == [(2, {"photo": "a b.png", "mask": "m.png"})]


def test_a_line_that_names_the_separator(tmp_path):
    for text in ("sep=;\nphoto;mask\na,b.png;m.png\n", '\ufeff"sep=;"\r\nphoto;mask\r\na,b.png;m.png\r\n'):
        assert read(tmp_path, text.encode()) == [(3, {"photo": "a,b.png", "mask": "m.png"})]


def test_decimal_commas_do_not_split_a_table_of_semicolons(tmp_path):
    assert read(tmp_path, b"photo;mask;note,a,b,c\nx;y;1,5\n") == [
        (2, {"photo": "x", "mask": "y", "note,a,b,c": "1,5"}),
    ]


def test_windows_encoding_and_other_columns(tmp_path):
    text = "photo;mask;Target Mask;Größe\nMüller.jpg;m.png;t.png;5\n"
    assert read(tmp_path, text.encode("cp1252")) == [
        (2, {"photo": "Müller.jpg", "mask": "m.png", "target_mask": "t.png", "Größe": "5"})
    ]


def test_line_numbers_count_lines_of_the_file(tmp_path):
    assert [line for line, _ in read(tmp_path, b'\nsep=,\nphoto,mask\na,"b\nc"\n\nd,e\n')] == [5, 7]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"photo\na\n", b"photo,mask\n", b"picture,mask\na,b\n", b"\x89PNG\r\n\x1a\n\0\0"]
)
def test_what_is_no_table_is_one_sentence(tmp_path, data):
    with pytest.raises(DataError, match=r"needs a header with photo and mask|cannot be read") as problem:
        read(tmp_path, data)
    assert "\n" not in str(problem.value)


def test_a_missing_table(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_table(tmp_path / "none.csv", COLUMNS, "a table")


@given(data=st.binary(max_size=200))
def test_any_bytes_are_rows_or_one_sentence(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("t") / "t.csv"
    file.write_bytes(data)
    with contextlib.suppress(DataError):
        read_table(file, COLUMNS, "a table")
