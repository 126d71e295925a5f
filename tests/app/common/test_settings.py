"""What the program remembers."""

from __future__ import annotations

from maskgan_studio.app.common.settings import Settings


def test_settings_keep_types_and_recent_files_that_exist(tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    for value in (True, 3, 0.5, "text"):
        settings.set("key", value)
        settings.sync()
        assert Settings(tmp_path / "settings.ini").get("key", type(value)()) == value
    files = [tmp_path / name for name in ("a", "b")]
    for file in files:
        file.touch()
        settings.add_recent(file)
    settings.add_recent(files[0])
    assert settings.recent_files() == files
    files[0].unlink()
    assert settings.recent_files() == [files[1]]
