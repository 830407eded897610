"""What happened: the summary of facts with each seizure, and the chronology. Pure."""

from collections.abc import Iterator
from datetime import date

from reportlab.platypus import Flowable

from evidence.dossier import chronology, words
from evidence.dossier.chronology import Entry
from evidence.dossier.marks import Step, dates
from evidence.dossier.paper import bold, gap, heading, italic, marked, para, prose, section
from evidence.dossier.part import Chapter, Making, Part
from evidence.dossier.snapshot import Item, Seizure
from evidence.dossier.tables import Cell, facts, table
from evidence.dossier.text import markup, paragraphs

QUIET_DAYS = 60  # from here on a stretch without an entry is named


def summary(making: Making) -> Part:
    snapshot = making.snapshot
    what = words.plural(len(snapshot.seizures), "seizure")
    part = making.part("summary", "Summary of facts", what)
    part.open()
    part.story.append(para(snapshot.title, "chapter"))
    part.story += prose(paragraphs(snapshot.summary))
    if not snapshot.summary.strip():
        part.story.append(para("No summary of facts is on the record.", "record"))
    for at, seizure in enumerate(snapshot.seizures):
        title = f"Seizure S{seizure.number}, {seizure.place}"
        part.chapters.append(Chapter(f"seizure.{at}", title))
        part.story += [gap(), *heading(title, "chapter", f"seizure.{at}", 1)]
        part.story += _seizure(making, seizure)
    return part


def _seizure(making: Making, one: Seizure) -> list[Flowable]:
    at = making.when(one.seized_at) if one.is_time_known else making.day(one.seized_at)
    rows: list[tuple[str, Cell]] = [("When", at), ("Where", one.place), ("Agency", one.agency)]
    for label, value in (
        ("Direction", one.direction),
        ("Transport", one.transport_mode),
        ("Found by", one.detection_method),
        ("Concealment", one.concealment),
        ("Declared as", one.declared_goods),
        ("Route", "; ".join(one.route)),
        ("People present", one.people_present),
        ("Recorded by", words.person(one.recorded_by, number=True)),
    ):
        if value:
            rows.append((label, value))
    made: list[Flowable] = [facts(rows), gap(), *prose(paragraphs(one.narrative))]
    if one.items:
        made += [*section("What was seized"), _items(making, one.items), gap()]
    return made


def _items(making: Making, items: tuple[Item, ...]) -> Flowable:
    rows: list[list[Cell]] = []
    for one in items:
        name = [marked(italic(one.species))] if one.species else []
        named = " ".join(part for part in (one.common_name, one.description) if part)
        mass = words.weight(one.weight_mg) if one.weight_mg is not None else one.quantity
        estimated = ", estimated" if one.is_weight_estimated else ""
        calibrated = making.day(one.scale_calibrated_on) if one.scale_calibrated_on else ""
        scale = f"{one.scale}, calibrated {calibrated}" if calibrated else one.scale
        rows.append(
            [
                str(one.number),
                [*name, para(named, "by")],
                one.specimen or words.NOTHING,
                words.number(one.count),
                f"{mass or words.NOTHING}{estimated}",
                scale or words.NOTHING,
            ]
        )
    head = ["", "Species", "Specimen", "Count", "Weight", "Scale"]
    return table(head, rows, [0.05, 0.33, 0.17, 0.1, 0.15, 0.2], numbers={3, 4})


def story_of_time(making: Making) -> Part:
    found = chronology.entries(making.snapshot)
    part = making.part("chronology", "Chronology", words.plural(len(found), "entry", "entries"))
    part.open(
        "Filled disc: on the record of both sides or checkable. Half disc: one side says so. "
        "Cross: refused, broken or adjourned. Tick: not due yet."
    )
    part.story += list(_steps(making, found))
    if not found:
        part.story.append(para("Nothing is on the record.", "record"))
    return part


def _steps(making: Making, found: list[Entry]) -> Iterator[Flowable]:
    before: date | None = None
    for at, entry in enumerate(found):
        above = "solid" if at else ""
        if before and (entry.day - before).days >= QUIET_DAYS:
            quiet = words.plural((entry.day - before).days, "day")
            body = [para(f"Nothing recorded for {quiet}.", "by")]
            yield Step([marked(markup(quiet), "byright")], "", body, line="dotted", above="dotted")
            above = "dotted"
        line = "" if at == len(found) - 1 else "solid"
        said = _said(making, entry)
        yield Step(_left(making, entry, before), entry.mark, said, line=line, above=above)
        before = entry.day


def _left(making: Making, entry: Entry, before: date | None) -> list[Flowable]:
    """The day once, then the times below it."""
    clock = words.clock(entry.at, making.zone) if entry.at else ""
    if entry.day == before:
        return [marked(clock, "byright")] if clock else []
    return dates(making.day(entry.day), clock)


def _said(making: Making, entry: Entry) -> list[Flowable]:
    ready = f"{making.link(entry.source, bold(entry.title))}{markup(entry.rest)}"
    return [marked(ready), *([para(entry.by, "by")] if entry.by else [])]
