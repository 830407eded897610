"""Papers for a court: the charge sheet, a witness's summons, the draft of an order on exhibits."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from casework import display
from casework.models import (
    Accused,
    Case,
    Charge,
    ChargeSheet,
    Count,
    Proceeding,
    Summons,
    User,
    Witness,
)
from evidence.court_papers.exhibits import listed
from evidence.dossier.sheet import Grid, Sheet, Signature

DRAFT = "Draft from the record: to be read and signed before it is filed."
ROOM = "\N{NO-BREAK SPACE}\n" * 3  # to write in
COURT = "Registry of the court: stamp, date, signature"


def charge_sheet(case: Case, key: str, user: User) -> Sheet:
    """`12-2`: version 2 of the charge sheet of proceeding 12."""
    proceeding, _dash, version = key.partition("-")
    found = (
        ChargeSheet.objects.visible_to(user)
        .filter(proceeding__case=case, proceeding__pk=number(proceeding), version=number(version))
        .select_related("proceeding__court", "proceeding__prosecutor")
        .first()
    )
    if found is None:
        raise Http404
    counts = _counts(found, user)
    people = {charge.accused.number: charge.accused for one in counts for charge in one.seen}
    return Sheet(
        reference=case.reference,
        number=f"Charge sheet, version {found.version}",
        agency=case.agency.name,
        title="Charge sheet",
        under=f"{found.proceeding.court}, {found.proceeding.number}",
        standing=f"As filed on {display.day(found.filed_on)}." if found.filed_on else DRAFT,
        facts=tuple(_about(case, found)),
        grids=(_accused([people[at] for at in sorted(people)]), *map(_count, counts),
               *_witnesses(case, user)),
        signatures=(
            Signature("For the prosecution", f"{_prosecutor(found)}Name, signature, date"),
            Signature("Received by the court", COURT),
        ),
        foot=f"{case.reference}, charge sheet {found.proceeding.number}, version {found.version}",
    )  # fmt: skip


def _prosecutor(sheet: ChargeSheet) -> str:
    named = sheet.proceeding.prosecutor
    return f"{named.get_full_name()}: " if named else ""


def number(text: str) -> int:
    """A key of an address as a number; what is none is nowhere."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404
    return int(text)


def _counts(sheet: ChargeSheet, user: User) -> list[Any]:
    """Each with the charges that the reader may see as `seen`."""
    charges = Charge.objects.visible_to(user).select_related("accused").order_by("accused__number")
    rows = Count.objects.visible_to(user).filter(charge_sheet=sheet).select_related("provision")
    seen = Prefetch("charges", queryset=charges, to_attr="seen")
    return list(rows.prefetch_related(seen).order_by("number"))


def _about(case: Case, sheet: ChargeSheet) -> Iterator[tuple[str, str]]:
    yield "Case", f"{case.reference}: {case.title}"
    for label, value in (
        ("Police file", case.police_file),
        ("Occurrence book", case.occurrence_book),
        ("Prosecution file", case.prosecution_file),
    ):
        if value:
            yield label, value
    if sheet.amended_why:
        yield "Amended because", sheet.amended_why


def _accused(people: list[Accused]) -> Grid:
    rows = tuple(
        (
            f"A{one.number}", one.name, display.day(one.born_on), one.nationality or "",
            one.occupation, display.day(one.arrested_on),
        )
        for one in people
    )  # fmt: skip
    head = ("", "Accused", "Born", "State", "Occupation or part", "Arrested")
    return Grid("The accused", head, rows, wide=(1, 4), narrow=(0,))


def _count(count: Any) -> Grid:
    until = f" to {display.day(count.offence_until)}" if count.offence_until else ""
    charged = ", ".join(f"A{each.accused.number} {each.accused.name}" for each in count.seen)
    rows = (
        ("Statement of offence", f"{count.offence}, contrary to {count.provision}"),
        ("Date of offence", f"{display.day(count.offence_on)}{until}"),
        ("Particulars", count.particulars),
        ("Charged with it", charged or display.NOTHING),
    )
    return Grid(f"Count {count.number}", ("", "As charged"), rows, wide=(1,))


def _witnesses(case: Case, user: User) -> Iterator[Grid]:
    """Only those whose names the paper may carry: it goes to everybody."""
    rows = Witness.objects.visible_to(user).filter(case=case, is_protected=False, is_dropped=False)
    listed_rows = tuple((one.label, one.name, one.position) for one in rows.order_by("number"))
    if listed_rows:
        yield Grid("Witnesses", ("", "Name", "Position"), listed_rows, wide=(1, 2), narrow=(0,))


def summons(case: Case, key: str, user: User) -> Sheet:
    found = (
        Summons.objects.visible_to(user)
        .filter(pk=number(key), hearing__proceeding__case=case)
        .select_related("witness", "hearing__proceeding__court", "hearing__kind")
        .first()
    )
    if found is None:
        raise Http404
    hearing, court = found.hearing, found.hearing.proceeding
    return Sheet(
        reference=case.reference,
        number=f"Summons {found.witness.label}",
        agency=case.agency.name,
        title=f"{found.get_kind_display()}",
        under=f"{court.court}, {court.number}",
        facts=(
            ("To", f"{found.witness.name}, {found.witness.position}".rstrip(", ")),
            ("To be reached", found.witness.contact or display.NOTHING),
            ("Hearing", f"{hearing.kind.label}, {display.when(hearing.starts_at)}"),
            ("Courtroom", hearing.courtroom or display.NOTHING),
            ("Issued on", display.day(found.issued_on)),
        ),
        paragraphs=(
            "You are required to attend the court named above on the day and at the time stated, "
            "and to stay until the court lets you go.",
            "Bring this paper, and every document and thing about the case that you hold.",
            "If you cannot come, tell the court or the prosecutor before that day.",
        ),
        grids=(
            Grid(
                "Service, to be filled in by whoever serves it",
                ("Served on", "Day and time", "Place", "How", "Signature of the recipient"),
                ((ROOM, "", "", "", ""),),
            ),
        ),
        signatures=(
            Signature("For the court", COURT),
            Signature("Served by", "Name, position, signature, date and time"),
        ),
        foot=f"{case.reference}, summons of {found.witness.label} for "
        f"{display.when(hearing.starts_at)}",
    )


def order_draft(case: Case, key: str, user: User) -> Sheet:
    """What the prosecution asks the court to order about each exhibit; the court decides."""
    found = (
        Proceeding.objects.visible_to(user)
        .filter(case=case, pk=number(key))
        .select_related("court")
        .first()
    )
    if found is None:
        raise Http404
    rows = tuple(
        (line.label, line.description, line.amount, line.kept_at, "") for line in listed(case, user)
    )
    return Sheet(
        reference=case.reference,
        number="Draft order on exhibits",
        agency=case.agency.name,
        title="Order on the exhibits",
        under=f"{found.court}, {found.number}",
        standing="Draft for the court: it orders nothing until the court has signed it.",
        facts=(("Case", f"{case.reference}: {case.title}"), ("Before", found.presiding or "")),
        paragraphs=(
            "Upon reading the record and hearing the parties, the court orders of each exhibit "
            "listed below what stands beside it: forfeited to the State, returned to the person "
            "named, destroyed, or kept until a further order.",
            "Nothing is carried out before the time for appeal has passed or an appeal is decided.",
            "Whoever carries out this order records it in the chain of custody with two persons "
            "and photographs, and reports to the court.",
        ),
        grids=(
            Grid("Exhibits", ("Exhibit", "What it is", "Amount", "Kept at", "Order"), rows,
                 wide=(1, 4), narrow=(0,)),
        ),
        signatures=(Signature("Judge or magistrate", "Name, signature, seal, date"),),
        foot=f"{case.reference}, draft order on exhibits, {found.number}",
    )  # fmt: skip
