"""The feed as carriers get it: names and register numbers only, no case, no seizure, no count."""

import csv
import hashlib
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC

from casework import audit, roles
from casework.access import holds
from casework.errors import NotAllowed
from casework.models import User
from kyc.diligence import merging
from kyc.models import Fact, FeedEntry, Party
from kyc.watch import feed

COLUMNS = (
    "name", "other_names", "kind", "country", "registration", "tax_pin", "listed_since",
)  # fmt: skip
NAMES = ("name", "trading_name", "previous_name", "alias")
NUMBERS = ("registration", "tax_pin")
STANDINGS = (Fact.Standing.VERIFIED, Fact.Standing.OWN_WORD)
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Told:
    """A line of the feed."""

    name: str
    other_names: str
    kind: str
    country: str
    registration: str
    tax_pin: str
    listed_since: str

    def cells(self) -> list[str]:
        return [_safe(getattr(self, column)) for column in COLUMNS]


def export(*, actor: User | None) -> str:
    """The feed as CSV, with the audit row of who took it. None: the server's command line."""
    if actor is not None and not holds(actor, roles.DECIDE_FEED):
        raise NotAllowed
    lines = told()
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    rows.writerows(line.cells() for line in lines)
    text = out.getvalue()
    digest = hashlib.sha256(text.encode()).hexdigest()
    audit.record("feed.export", actor=actor, entries=len(lines), digest=digest)
    return text


def told() -> list[Told]:
    """Each listed party whose conviction stands, once: with what was merged into it, from facts of
    the register alone."""
    since: dict[Party, FeedEntry] = {}
    entries = list(feed.listed().order_by("-decided_at"))
    gone = feed.fallen(entries)
    for entry in (one for one in entries if one.pk not in gone):
        since[entry.party.merged_into or entry.party] = entry
    groups = merging.groups(since)
    said = _said({member: root for root, group in groups.items() for member in group})
    lines = [_line(party, said[party.pk], entry) for party, entry in since.items()]
    return sorted(lines, key=lambda line: (line.name, line.registration, line.tax_pin))


def _said(roots: dict[int, int]) -> dict[int, dict[str, list[str]]]:
    """Per party: its names and numbers; nothing that a case keeps."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    absorbed = Party.objects.filter(pk__in=roots, own_case__isnull=True).order_by("pk")
    for pk, name in absorbed.values_list("pk", "name"):
        found[roots[pk]]["name"].append(name)
    facts = Fact.objects.filter(
        party__in=roots,
        party__own_case__isnull=True,
        case__isnull=True,
        standing__in=STANDINGS,
        kind__code__in=(*NAMES, *NUMBERS),
    ).order_by("kind__position", "pk")
    for pk, kind, value in facts.values_list("party", "kind__code", "value"):
        found[roots[pk]][kind if kind in NUMBERS else "name"].append(value)
    return found


def _line(party: Party, said: dict[str, list[str]], entry: FeedEntry) -> Told:
    others = [name for name in dict.fromkeys(said["name"]) if name and name != party.name]
    return Told(
        name=party.name,
        other_names="; ".join(others),
        kind=party.kind,
        country=party.country,
        registration="; ".join(dict.fromkeys(said["registration"])),
        tax_pin="; ".join(dict.fromkeys(said["tax_pin"])),
        listed_since=entry.decided_at.astimezone(UTC).date().isoformat(),
    )


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
