"""THE table of actions: menus, toolbar, shortcuts, command palette and shortcut sheet are all made from it."""

from __future__ import annotations

from dataclasses import dataclass

from maskgan_studio.labels import PARTS, Part


@dataclass(frozen=True)
class ActionSpec:
    """One thing the program can be told to do.

    Attributes:
        id: name used in code and in the settings file, "group.verb".
        text: title in menus, English; translated when it is shown.
        icon: name in the icon family, or an empty string.
        keys: shortcuts on a fresh installation, portable text.
        menu: which menu holds it; an empty string for none.
        section: actions of one section stand together between two lines.
        tip: one-line hint; for tools it shows in the status bar.
        checkable: it can be on or off.
        choice: checkable actions with the same choice exclude each other.
    """

    id: str
    text: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    menu: str = ""
    section: int = 0
    tip: str = ""
    checkable: bool = False
    choice: str = ""


MENUS = (
    ("file", "File"),
    ("edit", "Edit"),
    ("view", "View"),
    ("tool", "Tools"),
    ("layer", "Layer"),
    ("render", "Render"),
    ("help", "Help"),
)


def _file(id_: str, text: str, icon: str, keys: tuple[str, ...], section: int, tip: str = "") -> ActionSpec:
    return ActionSpec(f"file.{id_}", text, icon, keys, "file", section, tip)


def _view(id_: str, text: str, icon: str, keys: tuple[str, ...]) -> ActionSpec:
    return ActionSpec(f"view.{id_}", text, icon, keys, "view", 0, checkable=True, choice="view")


def _tool(id_: str, text: str, icon: str, keys: tuple[str, ...], section: int, tip: str) -> ActionSpec:
    return ActionSpec(f"tool.{id_}", text, icon, keys, "tool", section, tip, checkable=True, choice="tool")


ACTIONS: tuple[ActionSpec, ...] = (
    _file("open", "Open…", "folder-open-outline", ("Ctrl+O",), 0, "Open a photo, a mask or a project"),
    _file("save", "Save project", "content-save-outline", ("Ctrl+S",), 1, "Save everything as an OpenRaster project"),
    _file("save_as", "Save project as…", "content-save-edit-outline", ("Ctrl+Shift+S",), 1),
    _file("export_picture", "Export picture…", "image-outline", ("Ctrl+E",), 2, "The edit, laid into the photo"),
    _file("export_result", "Export network output…", "", (), 2, "The bare 512² picture of the network"),
    _file("export_mask", "Export mask…", "", ("Ctrl+Shift+E",), 2, "A palette PNG with values 0 to 18"),
    _file("export_parts", "Export one mask per part…", "", (), 2, "Named as in CelebAMask-HQ"),
    _file("export_colors", "Export mask in colour…", "", (), 2),
    _file("export_pair", "Export side by side…", "", (), 2, "Photo, mask and edit in one picture"),
    _file(
        "export_morph", "Export morph…", "", (), 2, "From the photo's mask to the edited one, as an animated GIF or MP4"
    ),
    ActionSpec(
        "file.mark_ai",
        "Mark exports as AI-edited",
        "",
        (),
        "file",
        3,
        "Say in the file that a trained model made parts of it (IPTC digital source type)",
        True,
    ),
    _file("close", "Close", "", ("Ctrl+W",), 1, "Close the document and keep the window"),
    _file("quit", "Quit", "", ("Ctrl+Q",), 9),
    ActionSpec("edit.undo", "Undo", "undo", ("Ctrl+Z",), "edit", 0),
    ActionSpec("edit.redo", "Redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "edit", 0),
    ActionSpec("edit.copy", "Copy the result", "content-copy", ("Ctrl+C",), "edit", 1, "The edited photo"),
    ActionSpec(
        "edit.paste", "Paste a photo", "content-paste", ("Ctrl+V",), "edit", 1, "Edit the picture on the clipboard"
    ),
    ActionSpec(
        "edit.last_parts", "Swap the last two parts", "swap-horizontal", ("X",), "edit", 2, "Go back to the part before"
    ),
    ActionSpec("edit.brush_smaller", "Smaller brush", "", ("[",), "edit", 2),
    ActionSpec("edit.brush_larger", "Larger brush", "", ("]",), "edit", 2),
    ActionSpec(
        "edit.symmetry", "Paint symmetrically", "reflect-horizontal", ("S",), "edit", 2, "Mirror at the axis", True
    ),
    ActionSpec("edit.grow", "Grow the part", "arrow-expand-all", ("Ctrl+Up",), "edit", 3, "By two pixels all round"),
    ActionSpec("edit.shrink", "Shrink the part", "arrow-collapse-all", ("Ctrl+Down",), "edit", 3),
    ActionSpec("edit.smooth", "Smooth the part", "blur", ("Ctrl+M",), "edit", 3, "Round off its outline"),
    ActionSpec(
        "edit.repair", "Repair islands and holes", "bandage", ("F8",), "edit", 3, "Remove specks and pinholes at once"
    ),
    _view("side", "Mask and result side by side", "view-split-vertical", ("F2",)),
    _view("mask", "Photo and mask", "layers-outline", ("F3",)),
    _view("overlay", "Mask over the result", "vector-arrange-above", ()),
    _view("split", "Split at a slider", "compare", ("F4",)),
    _view("result", "Result", "image-outline", ()),
    _view("difference", "Difference from the photo", "vector-difference", ()),
    ActionSpec(
        "view.show_mask", "Show the mask", "eye-outline", ("M",), "view", 1, "Show or hide the mask", checkable=True
    ),
    ActionSpec(
        "view.network", "Show the bare network output", "", (), "view", 1, "Instead of the edit in the photo", True
    ),
    ActionSpec("view.fit", "Fit", "fit-to-page-outline", ("Ctrl+0",), "view", 2, "Show the whole face"),
    ActionSpec("view.actual", "One to one", "", ("Ctrl+1",), "view", 2),
    ActionSpec("view.zoom_in", "Zoom in", "magnify-plus-outline", ("Ctrl++", "Ctrl+="), "view", 2),
    ActionSpec("view.zoom_out", "Zoom out", "magnify-minus-outline", ("Ctrl+-",), "view", 2),
    ActionSpec(
        "view.canvas_only",
        "Canvas only",
        "",
        ("F9",),
        "view",
        3,
        "Hide panels and toolbars, or bring them back",
        True,
    ),
    ActionSpec("view.full_screen", "Full screen", "fullscreen", ("F11",), "view", 3, "", True),
    _tool(
        "brush", "Brush", "brush", ("B",), 0, "brush · drag to paint, Shift draws straight lines, Alt picks, [ ] size"
    ),
    _tool("eraser", "Eraser", "eraser", ("E",), 0, "eraser · drag to let the layer below through, [ ] size"),
    _tool("lasso", "Lasso", "lasso", ("L",), 1, "lasso · draw around what is to be painted"),
    _tool(
        "polygon", "Polygon", "vector-polygon", ("P",), 1, "polygon · click the corners, double click or Return closes"
    ),
    _tool("rectangle", "Rectangle", "rectangle-outline", ("R",), 1, "rectangle · drag, Shift makes a square"),
    _tool("ellipse", "Ellipse", "ellipse-outline", ("O",), 1, "ellipse · drag, Shift makes a circle"),
    _tool("fill", "Fill", "format-color-fill", ("G",), 1, "fill · click an area to give it the active part"),
    _tool(
        "transform",
        "Transform a part",
        "cursor-move",
        ("T",),
        2,
        "transform · click a part, drag to move, a corner to scale, outside to turn, Return keeps, Esc takes back",
    ),
    _tool("warp", "Warp", "gesture-swipe", ("W",), 2, "warp · drag to pull parts along, [ ] reach"),
    _tool(
        "symmetry",
        "Symmetry axis",
        "flip-horizontal",
        ("Shift+S",),
        2,
        "symmetry axis · drag to move, its lower handle to turn, double click finds it from the face",
    ),
    _tool("picker", "Picker", "eyedropper", ("I",), 0, "picker · click a part to paint with it"),
    ActionSpec("layer.add", "Add a layer", "plus", ("Ctrl+Shift+N",), "layer", 0),
    ActionSpec("layer.duplicate", "Duplicate the layer", "content-duplicate", ("Ctrl+J",), "layer", 0),
    ActionSpec("layer.merge_down", "Merge down", "call-merge", ("Ctrl+Shift+M",), "layer", 0),
    ActionSpec("layer.raise", "Raise the layer", "arrow-up", ("Ctrl+PgUp",), "layer", 1),
    ActionSpec("layer.lower", "Lower the layer", "arrow-down", ("Ctrl+PgDown",), "layer", 1),
    ActionSpec("layer.remove", "Remove the layer", "delete-outline", (), "layer", 2),
    ActionSpec("render.now", "Render now", "refresh", ("F5",), "render", 0, "Render the present mask at full size"),
    ActionSpec(
        "edit.place_face", "Place the face by hand…", "face-recognition", (), "edit", 9, "Show where eyes and mouth are"
    ),
    ActionSpec("render.fit", "Fit to photo", "target", (), "render", 1, "Let the network learn how this photo looks"),
    ActionSpec(
        "render.weights",
        "Weights from a folder…",
        "",
        (),
        "render",
        2,
        "Render with a set of weights that `maskgan-studio train` or `weights import` has made",
    ),
    ActionSpec("render.pause", "Pause live rendering", "pause", ("F6",), "render", 0, "Render only on F5", True),
    ActionSpec("theme.system", "Theme of the system", "theme-light-dark", (), "view", 8, "", True, "theme"),
    ActionSpec("theme.dark", "Dark theme", "", (), "view", 8, "", True, "theme"),
    ActionSpec("theme.light", "Light theme", "", (), "view", 8, "", True, "theme"),
    ActionSpec("language.system", "Language of the system", "", (), "view", 9, "", True, "language"),
    ActionSpec("language.en", "English", "", (), "view", 9, "", True, "language"),
    ActionSpec("language.de", "Deutsch", "", (), "view", 9, "", True, "language"),
    ActionSpec("view.safe_colors", "Colours for colour-blind eyes", "", (), "view", 7, "", True),
    ActionSpec("help.palette", "Find a command…", "magnify", ("Ctrl+K",), "help", 0),
    ActionSpec("help.keys", "Keyboard shortcuts…", "keyboard-outline", ("F1",), "help", 0),
    ActionSpec("help.tour", "Show the tour", "map-marker-path", (), "help", 1, "Five hints for the first minutes"),
    ActionSpec(
        "help.about", "About MaskGAN Studio", "information-outline", (), "help", 9, "Version, device and weights"
    ),
)


def _part(part: Part) -> ActionSpec:
    return ActionSpec(
        f"part.{part.name}", f"Paint {part.title.lower()}", keys=(part.shortcut,) if part.shortcut else ()
    )


ACTIONS += tuple(_part(part) for part in PARTS)
