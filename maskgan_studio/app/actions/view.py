"""The View menu: the views of the canvas, zoom, theme, language."""

from __future__ import annotations

from functools import partial

from maskgan_studio.app.actions.spec import Action, Context
from maskgan_studio.app.canvas.view import WHEEL_STEP
from maskgan_studio.app.common.i18n import LANGUAGES

#: Where the settings keep the view of the canvas.
MODE_KEY = "view/mode"
#: Where they keep the language.
LANGUAGE_KEY = "language"
#: Degrees of one press of the key.
_DEGREES = 15.0

_view = partial(Action, menu="view")


def _choose_mode(context: Context, mode: str) -> None:
    context.canvas.set_mode(mode)
    context.editor.settings.set(MODE_KEY, mode)


def _mode(mode: str, text: str, icon: str, keys: tuple[str, ...] = (), toolbar: int | None = None) -> Action:
    return _view(
        id=f"view.{mode}",
        text=text,
        run=lambda context: _choose_mode(context, mode),
        icon=icon,
        keys=keys,
        toolbar=toolbar,
        choice="view",
        checked=lambda context: context.canvas.mode == mode,
    )


def _turn(side: str, text: str, degrees: float, key: str) -> Action:
    return _view(
        id=f"view.turn_{side}",
        text=text,
        run=lambda context: context.canvas.turn_view(degrees),
        icon=f"rotate-{side}",
        keys=(key,),
        section=4,
        tip="By 15 degrees; Space and Shift with a drag turn it freely",
    )


def _choose_theme(context: Context, name: str) -> None:
    context.editor.settings.set("theme", name)
    context.theme.choose(name)


def _theme(name: str, text: str, icon: str = "") -> Action:
    return Action(
        id=f"theme.{name}",
        text=text,
        run=lambda context: _choose_theme(context, name),
        icon=icon,
        menu="view.theme",
        choice="theme",
        checked=lambda context: context.theme.choice == name,
    )


def _choose_language(context: Context, name: str) -> None:
    context.editor.settings.set(LANGUAGE_KEY, name)
    context.shell.change_language()


def _language_in_use(context: Context) -> str:
    chosen = context.editor.settings.get(LANGUAGE_KEY, "system")
    return chosen if chosen in LANGUAGES else "system"


def _language(name: str, text: str) -> Action:
    return Action(
        id=f"language.{name}",
        text=text,
        run=lambda context: _choose_language(context, name),
        menu="view.language",
        choice="language",
        checked=lambda context: _language_in_use(context) == name,
    )


ACTIONS = (
    _mode("side", "Mask and result side by side", "view-split-vertical", ("F2",), toolbar=30),
    _mode("compare", "Before and after side by side", "image-multiple-outline", ("F7",), toolbar=32),
    _mode("split", "Before and after at a slider", "compare", ("F4",), toolbar=33),
    _mode("mask", "Photo and mask", "layers-outline", ("F3",), toolbar=31),
    _mode("overlay", "Mask over the result", "vector-arrange-above"),
    _mode("mask_split", "Mask and result at a slider", "view-split-vertical"),
    _mode("result", "Result", "image-outline", toolbar=34),
    _mode("difference", "Difference from the photo", "vector-difference", toolbar=35),
    _view(
        id="view.show_mask",
        text="Show the mask",
        toggle=lambda context, on: context.canvas.set_mask_shown(on),
        icon="eye-outline",
        keys=("M",),
        section=1,
        toolbar=40,
        tip="Show or hide the mask",
        checked=lambda context: context.canvas.is_mask_shown,
    ),
    _view(
        id="view.tint_stronger",
        text="Stronger tint",
        run=lambda context: context.editor.mask_colors.step_tint(1),
        keys=("Shift+]",),
        section=1,
        tip="Tint the mask's parts more strongly",
    ),
    _view(
        id="view.tint_weaker",
        text="Weaker tint",
        run=lambda context: context.editor.mask_colors.step_tint(-1),
        keys=("Shift+[",),
        section=1,
        tip="Show more of the photo under the mask; outlines stay",
    ),
    _view(
        id="view.doubts",
        text="Show doubtful places",
        toggle=lambda context, on: context.editor.documents.doubts.show(on),
        section=1,
        tip="Hatch what was found in the photo without much certainty; a right click there corrects it",
        checked=lambda context: context.editor.documents.doubts.is_shown,
    ),
    _view(
        id="view.network",
        text="Show the bare network output",
        toggle=lambda context, on: context.shell.show_network_output(on),
        section=1,
        tip="Instead of the edit in the photo",
    ),
    _view(
        id="view.fit",
        text="Fit",
        run=lambda context: context.canvas.fit(),
        icon="fit-to-page-outline",
        keys=("Ctrl+0",),
        section=2,
        toolbar=41,
        tip="Show the whole face",
    ),
    _view(
        id="view.actual",
        text="Zoom to 100 %",
        run=lambda context: context.canvas.zoom_to(1.0),
        icon="numeric-1-box-outline",
        keys=("Ctrl+1",),
        section=2,
        toolbar=42,
        tip="Show the photo's own pixels, one to one",
    ),
    _view(
        id="view.zoom_in",
        text="Zoom in",
        run=lambda context: context.canvas.zoom_by(WHEEL_STEP**2),
        icon="magnify-plus-outline",
        keys=("Ctrl++", "Ctrl+="),
        section=2,
    ),
    _view(
        id="view.zoom_out",
        text="Zoom out",
        run=lambda context: context.canvas.zoom_by(WHEEL_STEP**-2),
        icon="magnify-minus-outline",
        keys=("Ctrl+-",),
        section=2,
    ),
    _view(
        id="view.mirror",
        text="Mirror the view",
        toggle=lambda context, _on: context.canvas.mirror_view(),
        icon="swap-horizontal-bold",
        keys=("Shift+M",),
        section=4,
        tip="Look at the face as in a mirror; nothing is changed",
        checked=lambda context: context.canvas.view.mirrored,
    ),
    _turn("left", "Turn the view left", -_DEGREES, "Ctrl+4"),
    _turn("right", "Turn the view right", _DEGREES, "Ctrl+6"),
    _view(
        id="view.upright",
        text="Upright view",
        run=lambda context: context.canvas.show_upright(),
        icon="restore",
        keys=("Ctrl+5",),
        section=4,
        tip="Neither turned nor mirrored",
    ),
    _view(
        id="view.canvas_only",
        text="Canvas only",
        toggle=lambda context, on: context.shell.show_canvas_only(on),
        keys=("F9",),
        section=3,
        tip="Hide panels and toolbars, or bring them back",
    ),
    _view(
        id="view.full_screen",
        text="Full screen",
        toggle=lambda context, on: context.shell.show_full_screen(on),
        icon="fullscreen",
        keys=("F11",),
        section=3,
    ),
    _view(
        id="view.menus",
        text="Go to the menus",
        run=lambda context: context.shell.open_menus(),
        keys=("F10",),
        section=3,
        tip="Arrows choose from there; Alt and a letter opens one of them",
    ),
    _view(
        id="view.safe_colors",
        text="Colours for colour-blind eyes",
        toggle=lambda context, on: context.editor.mask_colors.use_safe(on),
        section=7,
        checked=lambda context: context.editor.mask_colors.are_safe,
    ),
    _theme("system", "Theme of the system", "theme-light-dark"),
    _theme("dark", "Dark theme"),
    _theme("light", "Light theme"),
    _language("system", "Language of the system"),
    _language("en", "English"),
    _language("de", "Deutsch"),
)
