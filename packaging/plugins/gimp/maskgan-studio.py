#!/usr/bin/env python3
"""GIMP 3: Tools > Edit face in MaskGAN Studio. What is exported there comes back as a new layer."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import gi

gi.require_version("Gimp", "3.0")
from gi.repository import Gimp, Gio, GLib  # noqa: E402 - the version comes first

# The words that start the program; `maskgan-studio plugins install` writes them.
COMMAND = json.loads('["maskgan-studio"]')
PROCEDURE = "plug-in-maskgan-studio"


class FaceEditing(Gimp.PlugIn):
    """Adds the command to the menu."""

    def do_set_i18n(self, _name):
        return False

    def do_query_procedures(self):
        return [PROCEDURE]

    def do_create_procedure(self, name):
        procedure = Gimp.ImageProcedure.new(self, name, Gimp.PDBProcType.PLUGIN, self.run, None)
        procedure.set_image_types("RGB*, GRAY*")
        procedure.set_sensitivity_mask(Gimp.ProcedureSensitivityMask.ALWAYS)
        procedure.set_menu_label("Edit face in MaskGAN Studio")
        procedure.add_menu_path("<Image>/Tools/")
        procedure.set_documentation(
            "Edit the face in MaskGAN Studio",
            "Sends the picture, or what is selected of it, to MaskGAN Studio. Export the picture there (Ctrl+E, "
            "Return) and close the window: it comes back as a new layer.",
            name,
        )
        procedure.set_attribution("The MaskGAN Studio developers", "MIT licence", "2026")
        return procedure

    def run(self, procedure, _mode, image, _drawables, _config, _data):
        try:
            edit(image)
        except (OSError, subprocess.SubprocessError) as error:
            message = f"MaskGAN Studio could not be started ({error}): run `maskgan-studio plugins install` again."
            return procedure.new_return_values(Gimp.PDBStatusType.EXECUTION_ERROR, GLib.Error(message))
        return procedure.new_return_values(Gimp.PDBStatusType.SUCCESS, None)


def edit(image):
    """Send a copy of the picture, wait for the window to be closed, and take the export over."""
    _, selected, left, top, right, bottom = Gimp.Selection.bounds(image)
    with tempfile.TemporaryDirectory(prefix="gimp-maskgan-studio-") as folder:
        picture = Path(folder) / "picture.png"
        copy = image.duplicate()
        if selected:
            copy.crop(right - left, bottom - top, left, top)
        copy.flatten()
        Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, copy, Gio.File.new_for_path(str(picture)), None)
        copy.delete()
        subprocess.run([*COMMAND, "edit", "--new-window", str(picture)], check=False)
        # The program proposes this name for the export.
        result = picture.with_name("picture-edited.png")
        if result.exists():
            image.undo_group_start()
            layer = Gimp.file_load_layer(Gimp.RunMode.NONINTERACTIVE, image, Gio.File.new_for_path(str(result)))
            layer.set_name("MaskGAN Studio")
            image.insert_layer(layer, None, 0)
            layer.set_offsets(left if selected else 0, top if selected else 0)
            image.undo_group_end()
            Gimp.displays_flush()


Gimp.main(FaceEditing.__gtype__, sys.argv)
