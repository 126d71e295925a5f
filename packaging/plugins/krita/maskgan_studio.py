"""Krita: Tools > Scripts > Edit face in MaskGAN Studio. What is exported there comes back as a new layer."""

import json
import tempfile
from pathlib import Path

from krita import Extension, Krita
from PyQt5.QtCore import QProcess, QTimer
from PyQt5.QtGui import QImage
from PyQt5.QtWidgets import QMessageBox

# The words that start the program; `maskgan-studio plugins install` writes them.
COMMAND = json.loads('["maskgan-studio"]')
TITLE = "MaskGAN Studio"
_LOOK_MS = 700


class FaceEditing(Extension):
    """Adds the command to the menu."""

    def setup(self):
        self.sessions = []

    def createActions(self, window):
        action = window.createAction("maskgan_studio", "Edit face in MaskGAN Studio", "tools/scripts")
        action.triggered.connect(self.edit)

    def edit(self):
        document = Krita.instance().activeDocument()
        if document is None:
            QMessageBox.information(None, TITLE, "Open a picture first.")
            return
        selection = document.selection()
        whole = (0, 0, document.width(), document.height())
        area = whole
        if selection is not None:
            area = (selection.x(), selection.y(), selection.width(), selection.height())
        self.sessions.append(Session(document, area, self.sessions.remove))


class Session:
    """One picture that is being edited."""

    def __init__(self, document, area, ended):
        self.document, self.area, self.ended = document, area, ended
        self.folder = tempfile.TemporaryDirectory(prefix="krita-maskgan-studio-")
        # The program proposes this name for the export.
        self.result = Path(self.folder.name) / "picture-edited.png"
        self.shown = self.last = None
        picture = self.result.with_name("picture.png")
        document.projection(*area).save(str(picture), "PNG")
        self.process = QProcess()
        self.process.errorOccurred.connect(self.failed)
        self.process.finished.connect(self.finished)
        self.timer = QTimer()
        self.timer.setInterval(_LOOK_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self.process.start(COMMAND[0], [*COMMAND[1:], "edit", "--new-window", str(picture)])

    def look(self):
        """Take the export over once it is there whole: it no longer grows."""
        try:
            stamp = self.result.stat().st_mtime_ns, self.result.stat().st_size
        except OSError:
            return
        if stamp == self.last and stamp != self.shown:
            self.shown = stamp
            self.add_layer(QImage(str(self.result)))
        self.last = stamp

    def add_layer(self, image):
        x, y, width, height = self.area
        if image.isNull() or (image.width(), image.height()) != (width, height):
            return
        layer = self.document.createNode(TITLE, "paintlayer")
        layer.setColorSpace("RGBA", "U8", "sRGB-elle-V2-srgbtrc.icc")
        # In Krita's order: blue, green, red, opacity, as this format has it in memory.
        image = image.convertToFormat(QImage.Format_ARGB32)
        bits = image.constBits()
        bits.setsize(image.byteCount())
        self.document.rootNode().addChildNode(layer, None)
        layer.setPixelData(bytes(bits), x, y, width, height)
        self.document.setActiveNode(layer)
        self.document.refreshProjection()

    def failed(self, error):
        if error == QProcess.FailedToStart:
            QMessageBox.warning(
                None, TITLE, "MaskGAN Studio was not found: run `maskgan-studio plugins install` again."
            )
            self.end()

    def finished(self, *_):
        # An export just before the end is looked at twice.
        self.look()
        self.look()
        self.end()

    def end(self):
        self.timer.stop()
        self.folder.cleanup()
        self.ended(self)


Krita.instance().addExtension(FaceEditing(Krita.instance()))
