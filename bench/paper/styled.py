"""The same record as HTML for WeasyPrint, where it is installed; it is none of our packages.

Cover, contents with page numbers, list of exhibits, and for each exhibit its facts, photograph,
file and custody table. It draws a little less than we do: no lifeline and no marks.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from evidence.dossier.snapshot import Event, Exhibit, Snapshot

STYLE = """
@page { size: A4; margin: 25mm 17mm 20mm 25mm;
  @bottom-right { content: counter(page) } @top-left { content: string(case) } }
h1 { string-set: case content() } section { page-break-before: always }
body { font: 9pt/1.4 sans-serif } table { width: 100%; border-collapse: collapse }
td, th { text-align: left; vertical-align: top; border-bottom: 0.4pt solid #aaa; padding: 3pt }
img { width: 80mm } a { color: black; text-decoration: none }
.page::after { content: target-counter(attr(href), page) }
"""


def build(taken: Snapshot, folder: Path) -> int:
    from weasyprint import HTML

    document = HTML(string="".join(_whole(taken)), base_url=str(folder)).render()
    document.write_pdf(folder / "styled.pdf")
    return len(document.pages)


def _whole(taken: Snapshot) -> Iterator[str]:
    yield f"<!doctype html><html lang=en><style>{STYLE}</style>"
    yield f"<h1>{escape(taken.reference)}</h1><h2>{escape(taken.title)}</h2>"
    yield f"<p>{escape(taken.summary)}</p><section><h2>Index</h2><table>"
    for each in taken.exhibits:
        key = f"#{each.label}"
        yield f"<tr><td><a href='{key}'>{each.label} {escape(each.description)}</a>"
        yield f"<td><a class=page href='{key}'></a>"
    yield "</table></section><section><h2>Exhibit list</h2>"
    yield _table(("Exhibit", "What", "Species", "Kept at"), [
        (one.label, one.description, one.species, one.storage_place) for one in taken.exhibits
    ])  # fmt: skip
    yield "</section>"
    for each in taken.exhibits:
        yield from _exhibit(each)


def _exhibit(one: Exhibit) -> Iterator[str]:
    yield f"<section id={one.label}><h2>{one.label} {escape(one.description)}</h2>"
    yield _table(("Fact", ""), [
        ("Kind", one.kind), ("Species", one.species), ("Found", one.found_at),
        ("Held by", one.holder.name if one.holder else ""), ("Kept at", one.storage_place),
        ("Registered", f"{one.registered_at:%d %b %Y, %H:%M} by {one.registered_by.name}"),
    ])  # fmt: skip
    for file in one.files:
        yield f"<img src='{int(file.digest[:8], 16)}.jpg'><p>{escape(file.caption)}</p>"
    yield _table(("File", "Type", "Size", "Digest"), [
        (file.name, file.media_type, str(file.size), file.digest) for file in one.files
    ])  # fmt: skip
    yield "<h3>Chain of custody</h3>"
    yield _table(("", "When", "What", "From", "To", "Seal", "Digest"), map(_event, one.events))
    yield "</section>"


def _event(event: Event) -> tuple[str, ...]:
    return (
        str(event.sequence), f"{event.happened_at:%d %b %Y, %H:%M}", event.title,
        event.giver.name if event.giver else "", event.receiver.name if event.receiver else "",
        event.seal_number, event.digest,
    )  # fmt: skip


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> str:
    made = "".join(f"<th>{escape(word)}" for word in head)
    for row in rows:
        made += "<tr>" + "".join(f"<td>{escape(cell)}" for cell in row)
    return f"<table><tr>{made}</table>"
