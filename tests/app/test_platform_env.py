"""What OpenCV leaves in the environment does not keep Qt from its window."""

from __future__ import annotations

from maskgan_studio.app.platform_env import prepare_environment


def test_opencv_variables_are_removed_and_others_kept():
    environ = {"QT_QPA_PLATFORM_PLUGIN_PATH": "/x/site-packages/cv2/qt/plugins", "QT_QPA_FONTDIR": "/usr/fonts"}
    prepare_environment(environ)
    assert environ == {"QT_QPA_FONTDIR": "/usr/fonts", "QT_API": "pyside6"}
