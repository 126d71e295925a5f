import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from maskgan_studio.document.session import Session
from maskgan_studio.document.storage.autosave import PERIOD, QUIET, Autosave, find_recoverable, load_newest
from maskgan_studio.document.storage.file_lock import FileLock
from maskgan_studio.document.storage.openraster import load_project, save_project
from maskgan_studio.errors import ProjectError

HAIR = 13


class Later(Executor):
    """Runs jobs when it is told to, in order, as a busy disk would."""

    def __init__(self) -> None:
        self.jobs: list = []

    def submit(self, job, *arguments):
        future: Future = Future()
        self.jobs.append((future, job, arguments))
        if job.__name__ in ("_discard", "_end") and len(self.jobs) == 1:
            self.run()
        return future

    def run(self) -> None:
        while self.jobs:
            future, job, arguments = self.jobs.pop(0)
            try:
                future.set_result(job(*arguments))
            except Exception as error:
                future.set_exception(error)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def disk() -> Later:
    return Later()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "recovery"


@pytest.fixture
def autosave(session, folder, clock, disk) -> Autosave:
    return Autosave(session.group, folder, clock=clock, executor=disk)


def stroke(session: Session, x: float = 20, label: int = HAIR) -> None:
    session.begin_stroke("Brush", (x, 20), 9, label)
    session.finish_edit()


def pass_time(autosave: Autosave, clock: Clock, disk: Later, seconds: float) -> None:
    clock.now += seconds
    autosave.tick()
    disk.run()
    autosave.tick()


def files(folder) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


def test_work_is_written_once_a_burst_of_strokes_is_over(session, autosave, clock, disk, folder):
    for _ in range(3):
        stroke(session, clock.now % 60)
        pass_time(autosave, clock, disk, QUIET * 0.9)
        assert files(folder) == [".json", ".lock"]
    pass_time(autosave, clock, disk, QUIET * 0.2)
    assert files(folder) == [".json", ".lock", ".ora"]
    saved = load_project(next(folder.glob("*.ora")))
    assert (saved.layers[1].labels == session.stack.layers[1].labels).all()

    written = next(folder.glob("*.ora")).stat()
    pass_time(autosave, clock, disk, 100)
    assert next(folder.glob("*.ora")).stat() == written, "nothing new, nothing written"


def test_work_is_written_in_the_middle_of_a_long_burst(session, autosave, clock, disk, folder):
    elapsed = 0.0
    while elapsed < PERIOD:
        assert files(folder) == [".json", ".lock"]
        stroke(session, elapsed * 9)
        pass_time(autosave, clock, disk, 0.5)
        elapsed += 0.5
    assert files(folder) == [".json", ".lock", ".ora"]


def test_a_clean_document_is_never_written(session, autosave, clock, disk, folder):
    pass_time(autosave, clock, disk, 100)
    stroke(session)
    session.undo()
    pass_time(autosave, clock, disk, 100)
    assert files(folder) == [".json", ".lock"]


def test_saving_and_closing_leave_nothing_behind(session, autosave, clock, disk, folder, tmp_path):
    stroke(session)
    pass_time(autosave, clock, disk, QUIET)
    session.group.mark_saved(tmp_path / "face.ora")
    disk.run()
    assert files(folder) == [".json", ".lock"]
    assert json.loads(next(folder.glob("*.json")).read_text())["path"] == str(tmp_path / "face.ora")
    stroke(session, 60)
    pass_time(autosave, clock, disk, QUIET)
    assert files(folder) == [".json", ".lock", ".ora"]
    autosave.close()
    assert files(folder) == []
    stroke(session, 80)
    assert not disk.jobs


def test_saving_while_a_snapshot_is_on_its_way_to_the_disk_removes_it(session, autosave, clock, disk, folder):
    stroke(session)
    clock.now += QUIET
    autosave.tick()
    session.group.mark_saved()
    disk.run()
    assert files(folder) == [".json", ".lock"]


def test_the_snapshot_is_of_the_moment_it_was_taken_and_ticks_do_not_pile_up(session, autosave, clock, disk, folder):
    stroke(session)
    before = session.source_mask
    clock.now += QUIET
    autosave.tick()
    stroke(session, 90)
    for _ in range(5):
        clock.now += PERIOD
        autosave.tick()
    assert len(disk.jobs) == 1
    disk.run()
    saved = Session(load_project(next(folder.glob("*.ora"))))
    assert (saved.source_mask == before).all()
    pass_time(autosave, clock, disk, 0)
    saved = Session(load_project(next(folder.glob("*.ora"))))
    assert (saved.source_mask == session.source_mask).all(), "the later stroke follows"


def test_data_saved_along_counts_as_work(session, autosave, clock, disk, folder):
    stroke(session)
    pass_time(autosave, clock, disk, QUIET)
    session.set_extra("style", b"numbers")
    pass_time(autosave, clock, disk, QUIET)
    assert load_project(next(folder.glob("*.ora"))).extras == {"style": b"numbers"}


def test_a_full_disk_is_reported_once_and_tried_again(session, autosave, clock, disk, folder, monkeypatch):
    heard = []
    autosave.failed.connect(heard.append)
    stroke(session)
    with monkeypatch.context() as patch:
        patch.setattr("maskgan_studio.atomic_write.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
        for _ in range(3):
            pass_time(autosave, clock, disk, PERIOD)
    assert len(heard) == 1
    assert "not being backed up" in str(heard[0])
    pass_time(autosave, clock, disk, PERIOD)
    assert files(folder) == [".json", ".lock", ".ora"]


def test_a_folder_that_cannot_be_written_is_one_sentence(session, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="cannot be backed up"):
        Autosave(session.group, tmp_path / "file" / "recovery")


def test_an_open_document_is_not_offered_for_recovery(session, autosave, clock, disk, folder):
    stroke(session)
    pass_time(autosave, clock, disk, QUIET)
    assert find_recoverable(folder) == []
    assert find_recoverable(folder / "missing") == []


CRASHING = """
import sys, time
from pathlib import Path
import numpy as np
from maskgan_studio.document.storage.autosave import Autosave
from maskgan_studio.document.session import Session

class Clock:
    now = 0.0
    def __call__(self):
        return self.now

clock = Clock()
session = Session.new(np.zeros((64, 64), np.uint8))
session.group.path = Path("/somewhere/face.ora")
autosave = Autosave(session.group, Path(sys.argv[1]), clock=clock)
session.begin_stroke("Brush", (20, 20), 9, 13)
session.finish_edit()
clock.now = 10.0
while not list(Path(sys.argv[1]).glob("*.ora")):
    autosave.tick()
    time.sleep(0.01)
print("written", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="kills a process by signal")
def test_a_killed_program_s_work_is_offered_and_taken_over(folder, clock, disk):
    process = subprocess.Popen([sys.executable, "-c", CRASHING, str(folder)], stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"written\n"
        assert find_recoverable(folder) == [], "still running"
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()

    (recovery,) = find_recoverable(folder)
    assert recovery.title == "face.ora"
    assert str(recovery.path) == "/somewhere/face.ora"
    session = Session(recovery.load(), recovery.path, saved=False)
    assert session.dirty
    assert (session.source_mask == HAIR).sum() > 30

    autosave = Autosave(session.group, folder, recovery=recovery, clock=clock, executor=disk)
    assert find_recoverable(folder) == [], "it has an owner again"
    assert recovery.file.exists(), "and is kept until there is a newer one"
    stroke(session, 50)
    pass_time(autosave, clock, disk, QUIET)
    assert (Session(recovery.load()).source_mask == session.source_mask).all()
    autosave.close()
    assert files(folder) == []


def test_the_newest_work_comes_first_and_can_be_discarded(folder):
    folder.mkdir()
    for number, name in enumerate(["older", "newer", "nothing"]):
        (folder / f"{name}.lock").write_text("{" if name == "newer" else '{"title": "older", "path": null}')
        if name != "nothing":
            (folder / f"{name}.ora").write_bytes(b"")
            os.utime(folder / f"{name}.ora", (number, number))
    offered = find_recoverable(folder)
    assert [(recovery.file.stem, recovery.title) for recovery in offered] == [("newer", ""), ("older", "older")]
    assert not (folder / "nothing.lock").exists()
    with pytest.raises(ProjectError):
        offered[0].load()
    offered[0].discard()
    assert [recovery.file.stem for recovery in find_recoverable(folder)] == ["older"]


def _left_behind(folder, number: int, data: bytes, notes: str = '{"title": "face.ora", "path": null}') -> Path:
    """What a killed program left, written so many seconds after the epoch."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{number}.ora"
    file.write_bytes(data)
    file.with_suffix(".lock").write_text("")
    file.with_suffix(".json").write_text(notes)
    os.utime(file, (number, number))
    return file


def test_the_good_one_behind_an_empty_and_a_damaged_one_is_reached(folder, session, tmp_path):
    save_project(tmp_path / "good.ora", session.project())
    good = _left_behind(folder, 1, (tmp_path / "good.ora").read_bytes())
    damaged = _left_behind(folder, 2, (tmp_path / "good.ora").read_bytes()[:200])
    empty = _left_behind(folder, 3, b"")
    found, broken = load_newest(find_recoverable(folder))
    assert found.file == good and [recovery.file for recovery in broken] == [damaged]
    assert not empty.exists() and damaged.exists()
    kept = broken[0].set_aside()
    assert kept.exists() and [recovery.file for recovery in find_recoverable(folder)] == [good]


def test_a_folder_or_another_user_s_file_does_not_hide_the_rest(folder, session, tmp_path, monkeypatch):
    save_project(tmp_path / "good.ora", session.project())
    good = _left_behind(folder, 1, (tmp_path / "good.ora").read_bytes())
    (folder / "folder.lock").mkdir()
    theirs = _left_behind(folder, 2, (tmp_path / "good.ora").read_bytes())
    acquire = FileLock.acquire

    def refuse(path):
        if path.stem == "2":
            raise PermissionError(13, "Permission denied", str(path))
        return acquire(path)

    monkeypatch.setattr(FileLock, "acquire", refuse)
    assert [recovery.file for recovery in find_recoverable(folder)] == [good]
    assert theirs.exists()


def test_notes_of_an_earlier_version_are_read(folder):
    file = _left_behind(folder, 1, b"work")
    file.with_suffix(".json").unlink()
    file.with_suffix(".lock").write_text('{"title": "old.ora", "path": "/somewhere/old.ora"}')
    (recovery,) = find_recoverable(folder)
    assert recovery.title == "old.ora" and recovery.path == Path("/somewhere/old.ora")


def test_a_real_thread_writes_and_closes(session, folder, clock):
    autosave = Autosave(session.group, folder, clock=clock)
    stroke(session)
    clock.now += QUIET
    autosave.tick()
    autosave.close()
    deadline = time.monotonic() + 60
    while files(folder) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert files(folder) == []


def test_a_lock_excludes_others_until_it_is_released(tmp_path):
    lock = FileLock.acquire(tmp_path / "a.lock")
    assert FileLock.acquire(tmp_path / "a.lock") is None
    lock.release()
    FileLock.acquire(tmp_path / "a.lock").release()
