"""The inventory of a disclosure: what was served and withheld, to be signed by who receives it.

It leaves the house: a sensitive thing is a number in it, and withheld words are withheld.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from casework import display
from casework.models import Case, User, Witness
from evidence.disclosure import disclosures
from evidence.disclosure.hiding import Hidden, hidden
from evidence.disclosure.things import Treatment
from evidence.dossier.sheet import Grid, Sheet, Signature
from evidence.issuing import dossiers
from evidence.models import Attachment, DisclosureItem, DisclosureService, Dossier

LONGEST_KEY = 9  # digits of a number in an address
HEAD = ("No.", "What", "How", "Page", "SHA-256")
WITHHELD_HEAD = ("No.", "What", "Ground")


def sheet_of(case: Case, key: str, user: User) -> Sheet:
    """Of the dossier with this number; Http404 where it is no issued disclosure."""
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
        raise Http404
    dossier = dossiers.find(user, case.reference, int(key))
    if not dossier.is_disclosure or dossier.state != Dossier.State.ISSUED:
        raise Http404
    rows = list(dossier.items.order_by("position"))
    secret = _secret(dossier, rows)
    return secret.out_of_all(Sheet(
        reference=case.reference,
        number=f"Dossier {dossier.number}",
        agency=case.agency.name,
        title="Disclosure inventory",
        under=f"For {dossier.addressed_to}" if dossier.addressed_to else "",
        facts=tuple(_facts(dossier)),
        grids=tuple(_grids(dossier, rows, user)),
        closing="What stands in the first list was handed over as it is named there.",
        signatures=(Signature("Served by"), Signature("Received by")),
        foot=f"{dossier.name}, disclosure inventory",
    ))  # fmt: skip


def _secret(dossier: Dossier, rows: Sequence[DisclosureItem]) -> Hidden:
    """The words of the disclosure, protected names as they are now, and sensitive titles."""
    gone = [row.title for row in rows if row.is_sensitive and _is_withheld(row)]
    names = Witness.objects.filter(case=dossier.case, is_protected=True)
    return hidden([*disclosures.words(dossier), *names.values_list("name", flat=True), *gone])


def _is_withheld(row: DisclosureItem) -> bool:
    return bool(row.treatment == Treatment.WITHHELD)


def _facts(dossier: Dossier) -> Iterable[tuple[str, str]]:
    yield "Issued", display.when(dossier.issued_at)
    yield "Pages", str(dossier.pages or "")
    yield "SHA-256 of the bundle", dossier.bundle_digest


def _grids(dossier: Dossier, rows: Sequence[DisclosureItem], user: User) -> Iterable[Grid]:
    names = _copies(rows)
    served = [row for row in rows if not _is_withheld(row)]
    withheld = [row for row in rows if _is_withheld(row)]
    yield Grid("What is served", HEAD, tuple(_served(row, names) for row in served), wide=(1, 4))
    if withheld:
        lines = tuple(
            (str(row.position), "Sensitive" if row.is_sensitive else row.title, row.ground)
            for row in withheld
        )
        yield Grid("What is withheld", WITHHELD_HEAD, lines, wide=(1, 2))
    found = tuple(_service(row) for row in _services(dossier, user))
    if found:
        yield Grid("Service", ("On", "When", "How", "By"), found, wide=(0,))


def _copies(rows: Sequence[DisclosureItem]) -> dict[str, str]:
    """Names of redacted copies by their digest: those of the originals stay in the house."""
    digests = [row.served_digest for row in rows if row.treatment == Treatment.REDACTED]
    found = Attachment.objects.filter(file__digest__in=digests, redacted_by__isnull=False)
    return dict(found.values_list("file__digest", "name"))


def _served(row: DisclosureItem, names: dict[str, str]) -> tuple[str, ...]:
    how = row.get_treatment_display()
    title = row.title
    if row.treatment == Treatment.REDACTED:
        title = names.get(row.served_digest, "A redacted copy")
    return str(row.position), title, how, row.pages or display.NOTHING, row.served_digest


def _services(dossier: Dossier, user: User) -> QuerySet[DisclosureService]:
    rows: Any = DisclosureService.objects
    rows = rows.visible_to(user).standing().filter(dossier=dossier)
    found: QuerySet[DisclosureService] = rows.select_related("served_by")
    return found


def _service(row: DisclosureService) -> tuple[str, ...]:
    on = f"{row.recipient}, {row.capacity}" if row.capacity else row.recipient
    return on, display.when(row.served_at), row.get_means_display(), row.served_by.get_full_name()
