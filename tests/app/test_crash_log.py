"""What a crash leaves behind."""

from __future__ import annotations

import sys

from maskgan_studio.app.crash_log import CrashLog


def test_crash_log_is_found_at_the_next_start_and_gone_after_a_good_end(tmp_path):
    log, told = CrashLog(tmp_path), []
    assert not log.start(told.append)
    try:
        raise ValueError("odd")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert told == ["odd"]
    log._file.close()
    following = CrashLog(tmp_path)
    assert following.start()
    assert "ValueError: odd" in following.previous_path.read_text()
    following.stop()
    assert not CrashLog(tmp_path).start()
    CrashLog(tmp_path).stop()
