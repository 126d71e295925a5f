"""The user's own presets for exports, kept in the settings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from maskgan_studio.app.common.settings import Settings
from maskgan_studio.app.files.export_plan import KINDS, ExportPlan

__all__ = ["load_presets", "save_presets"]

_KEY = "export/presets"
_LONGEST = 100_000  # pixels

#: Title, and a plan as in ``export_plan.PRESETS``.
Preset = tuple[str, ExportPlan]


def load_presets(settings: Settings) -> list[Preset]:
    """Read them; those that are damaged are left out."""
    try:
        records = json.loads(settings.get(_KEY, "[]"))
    except ValueError:
        return []
    presets = []
    for record in records if isinstance(records, list) else []:
        try:
            quality, longest = int(record["quality"]), int(record["longest"])
            kind = str(record.get("kind", ""))  # earlier versions did not keep it
            plan = ExportPlan(kind, str(record["suffix"]), quality, longest, record["keeps_metadata"] is True)
        except (TypeError, ValueError, LookupError, OverflowError):
            continue
        if 0 <= quality <= 100 and 0 <= longest <= _LONGEST and (not kind or kind in KINDS):
            presets.append((str(record.get("title", "")), plan))
    return presets


def save_presets(settings: Settings, presets: Sequence[Preset]) -> None:
    """Keep them in place of those that there were."""
    names = ("kind", "suffix", "quality", "longest", "keeps_metadata")
    records = [{"title": title, **{name: getattr(plan, name) for name in names}} for title, plan in presets]
    settings.set(_KEY, json.dumps(records))
