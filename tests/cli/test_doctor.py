"""``doctor``: a line per check, and status 1 where one fails."""

from __future__ import annotations

import pytest

from maskgan_studio.cli import main
from maskgan_studio.weights import user_sets_dir


def run_doctor(capsys, *words: object) -> tuple[int, dict[str, tuple[str, str]], str]:
    """Exit status, what was said by check (sign, sentence), and stderr."""
    with pytest.raises(SystemExit) as stopped:
        main(["doctor", *map(str, words)])
    captured = capsys.readouterr()
    lines = {}
    for line in captured.out.splitlines():
        sign, _, rest = line.partition("  ")
        name, _, said = rest.strip().partition(": ")
        lines[name] = (sign.strip(), said)
    return stopped.value.code or 0, lines, captured.err


def test_a_healthy_machine_says_so_line_by_line(capsys, tiny_set):
    status, lines, err = run_doctor(capsys, "--weights", tiny_set, "--device", "cpu")
    assert (status, err) == (0, "")
    assert {sign for sign, _ in lines.values()} == {"ok"}
    assert "torch" in lines["libraries"][1] and "missing" not in lines["libraries"][1]
    assert "offscreen" in lines["screen"][1]
    assert "as they were saved" in lines["weights studio"][1]
    assert str(user_sets_dir()) in lines["folder for weights"][1]
    assert lines["faces"][1] == "found in portrait-1.png"
    assert "tiny" in lines["picture"][1] and "CPU" in lines["picture"][1]


def test_what_is_wrong_is_named_and_the_rest_is_checked_all_the_same(capsys, tiny_set, tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such-platform")
    status, lines, err = run_doctor(capsys, "--weights", "nobody", "--device", "cpu")
    assert status == 1 and "3 of" in err
    failed = {name for name, (sign, _) in lines.items() if sign == "FAIL"}
    assert failed == {"screen", "folder for measurements", "picture"}
    assert "no-such-platform" in lines["screen"][1]
    assert "There are no weights named 'nobody'" in lines["picture"][1]
