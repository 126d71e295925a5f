"""Make the icons and the version resource that Windows and macOS want, in build/icons.

QT_QPA_PLATFORM=offscreen python packaging/bundle/icons.py
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from maskgan_studio import __version__
from maskgan_studio.paths import resources_dir

_SIZES = (16, 24, 32, 48, 64, 128, 256)
_LARGEST = 1024
# American English, Unicode: what the version resource is written in.
_LANGUAGE, _CODE_PAGE = 0x0409, 0x04B0


def draw_icon(size: int) -> Image.Image:
    """The program's icon, RGBA, ``size`` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(resources_dir() / "icons" / "maskgan-studio.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def format_version_resource() -> str:
    """What Windows shows as the details of the program, in the form that PyInstaller reads."""
    numbers = (*(int(part) for part in __version__.split(".")[:3]), 0)
    texts = {
        "FileDescription": "MaskGAN Studio",
        "FileVersion": __version__,
        "ProductName": "MaskGAN Studio",
        "ProductVersion": __version__,
        "LegalCopyright": "MIT licence",
    }
    table = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('{_LANGUAGE:04x}{_CODE_PAGE:04x}', [{table}])]), "
        f"VarFileInfo([VarStruct('Translation', [{_LANGUAGE}, {_CODE_PAGE}])])])\n"
    )


if __name__ == "__main__":
    folder = Path("build/icons")
    folder.mkdir(parents=True, exist_ok=True)
    icon = draw_icon(_LARGEST)
    icon.save(folder / "maskgan-studio.ico", sizes=[(size, size) for size in _SIZES])
    icon.save(folder / "maskgan-studio.icns")
    (folder / "version.txt").write_text(format_version_resource(), encoding="utf-8")
