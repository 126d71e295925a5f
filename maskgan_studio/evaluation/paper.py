"""The paper's own numbers (tables 2 to 5), to stand beside ours. None is a dash in the paper.

They were measured on other photos, with other classifiers and another parser, so that they only show the scale.
"""

from __future__ import annotations

from dataclasses import dataclass

_SEGMENTATION = "Segmentation (%)"
_FID = "FID score"
_HUMAN = "Human eval. (%)"
_STYLE_COPY = ("Male (%)", "Heavy_Makeup (%)", "No_Beard (%)", _SEGMENTATION, _FID, _HUMAN)


@dataclass(frozen=True)
class PaperTable:
    """One of the paper's tables: its columns, titled as ours are, and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]


#: Tables that stand beside an experiment besides its own one.
FURTHER = {"table 3": ("table 5",)}

TABLES = {
    "table 2": PaperTable(
        "Table 2: geometry-level attribute transfer, Smiling",
        ("Smiling (%)", _SEGMENTATION, _FID, _HUMAN),
        (
            ("StarGAN*", (92.5, None, 40.61, None)),
            ("StarGAN", (88.0, None, 30.17, 7)),
            ("ELEGANT*", (72.8, None, 55.43, None)),
            ("ELEGANT", (66.5, None, 35.89, 34)),
            ("Pix2PixHD-m", (78.5, 93.82, 54.68, 13)),
            ("SPADE*", (73.8, 94.11, 56.21, 5)),
            ("MaskGAN", (72.3, 93.23, 46.67, None)),
            ("MaskGAN†", (77.3, 93.86, 46.84, 41)),
            ("GT", (92.3, 92.11, None, None)),
        ),
    ),
    "table 3": PaperTable(
        "Table 3: geometry-level style copy",
        _STYLE_COPY,
        (
            ("Pix2PixHD-m", (56.6, 55.1, 78.9, 91.46, 39.65, 18)),
            ("SPADE*", (54.5, 51.0, 71.9, 94.60, 46.17, 10)),
            ("MaskGAN", (68.1, 72.1, 88.4, 92.34, 37.55, 28)),
            ("MaskGAN†", (71.7, 73.3, 89.5, 92.31, 37.14, 44)),
            ("GT", (96.1, 88.5, 95.1, 92.71, None, None)),
        ),
    ),
    "table 4": PaperTable(
        "Table 4: identity preserving",
        ("Face verification accuracy (%)",),
        (("Pix2PixHD-m", (58.46,)), ("SPADE*", (70.77,)), ("MaskGAN†", (76.41,))),
    ),
    "table 5": PaperTable(
        "Table 5: ablation on style copy, another split than table 3",
        _STYLE_COPY[:-1],
        (
            ("MaskGAN-concat", (63.1, 61.3, 84.8, 90.8, 27.13)),
            ("MaskGAN-SFT", (67.7, 67.1, 89.0, 92.5, 26.22)),
            ("GT", (96.9, 88.1, 95.4, 93.4, None)),
        ),
    ),
}
