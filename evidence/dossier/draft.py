"""Says "draft" across every page of a PDF that nobody issued. Pure: the file is written anew."""

from pathlib import Path

import pikepdf

GREY, SIZE = 0.8, 84
FONT, STATE = "/CaseworkDraft", "/CaseworkDraftState"


def mark(path: Path, word: str = "DRAFT") -> None:
    """Write the word over each page, from corner to corner, without hiding what is under it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        font = pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        ))  # fmt: skip
        state = pdf.make_indirect(pikepdf.Dictionary(BM=pikepdf.Name.Multiply))
        for page in pdf.pages:
            _mark(pdf, page, font, state, word)
        pdf.save(path)


def _mark(
    pdf: pikepdf.Pdf, page: pikepdf.Page, font: pikepdf.Object, state: pikepdf.Object, word: str
) -> None:
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name(FONT))
    page.add_resource(state, pikepdf.Name.ExtGState, pikepdf.Name(STATE))
    left, bottom, right, top = (float(each) for each in page.mediabox)
    across, up = _turned(int(page.obj.get("/Rotate", 0)))
    half = SIZE * len(word) * 0.35
    x = (left + right) / 2 - half * across
    y = (bottom + top) / 2 - half * up
    turn = f"{across:.4f} {up:.4f} {-up:.4f} {across:.4f} {x:.2f} {y:.2f}"
    drawn = (f"q {STATE} gs {GREY} g BT {FONT} {SIZE} Tf {turn} Tm ({word}) Tj ET Q").encode(
        "ascii"
    )
    page.contents_add(b"q", prepend=True)
    page.contents_add(b"Q " + drawn)


def _turned(rotate: int) -> tuple[float, float]:
    """The direction of the word on a page that is shown turned clockwise by so many degrees."""
    half = 0.7071
    return {0: (half, half), 90: (-half, half), 180: (-half, -half), 270: (half, -half)}[
        rotate % 360
    ]
