"""A disclosure as it is asked for, and as the worker carries it out: snapshot, ledger, items."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from casework.models import Accused, Case, User
from evidence.disclosure import decisions, now, schedule, things
from evidence.disclosure.decisions import Choice, Decision
from evidence.disclosure.withhold import closed, withhold
from evidence.dossier.bundle import LedgerExtract
from evidence.dossier.snapshot import Snapshot
from evidence.issuing import wishes
from evidence.issuing.wishes import Wishes
from evidence.models import DisclosureItem, Dossier, Redaction

MORE = "disclosure"  # where the wishes of a dossier keep it
MOST_NAMED = 200  # characters of "addressed to"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whom, and which words nobody outside may read."""

    accused: tuple[int, ...] = ()  # numbers
    to: str = ""
    words: tuple[str, ...] = ()


def wishes_of(case: Case, asked: Asked, user: User) -> Wishes:
    """With the choices that stand now: what is decided later is for the next disclosure."""
    choices = [asdict(one) for one in decisions.standing(case, user)]
    kept = {
        "accused": list(asked.accused), "to": asked.to, "words": list(asked.words),
        "choices": choices,
    }  # fmt: skip
    return Wishes(more={MORE: kept})


def addressed(case: Case, asked: Asked) -> str:
    """As the cover names them: the accused with their counsel, then others."""
    rows = Accused.objects.filter(case=case, number__in=asked.accused).order_by("number")
    named = [
        _("%(name)s, by %(counsel)s") % {"name": row.name, "counsel": row.counsel}
        if row.counsel
        else str(row.name)
        for row in rows
    ]
    whole = "; ".join([*named, *filter(None, [asked.to])])
    return (
        whole if len(whole) <= MOST_NAMED else whole[: MOST_NAMED - 1] + "\N{HORIZONTAL ELLIPSIS}"
    )


def asked_of(dossier: Dossier) -> dict[str, Any]:
    kept: dict[str, Any] = wishes.of(dossier).more.get(MORE, {})
    return kept


@dataclass(frozen=True)
class Carried:
    """What a build goes on with. `rows` are the items, their pages still to be found."""

    snapshot: Snapshot
    extract: LedgerExtract
    rows: Sequence[DisclosureItem] = field(default_factory=tuple)
    has_sensitive: bool = False


def carry_out(dossier: Dossier, case: Case, taken: Snapshot, extract: LedgerExtract) -> Carried:
    """A dossier goes on as it is; of a disclosure only what is served."""
    if not dossier.is_disclosure:
        return Carried(taken, extract, (), taken.has_sensitive)
    user = dossier.requested_by
    with translation.override("en"):
        made = decisions.decide(things.of(case, user), _choices(dossier, case))
    rule = schedule.decided(made, taken, words(dossier), _all_copies(case))
    left = withhold(taken, rule)
    rows = _rows(dossier, made, left, now.parts(case, user))
    sensitive = any(one.thing.is_sensitive and not one.is_withheld for one in made)
    return Carried(left, closed(extract, taken, left, rule), rows, sensitive)


def _choices(dossier: Dossier, case: Case) -> list[Choice]:
    """As it was asked for, without what was withheld since; a supplement as it is decided now."""
    asked, now_standing = asked_of(dossier), decisions.standing(case, dossier.requested_by)
    if "choices" not in asked:
        return now_standing
    later = [one for one in now_standing if one.treatment == things.Treatment.WITHHELD]
    return [*decisions.of_plain(asked["choices"]), *later]


def words(dossier: Dossier | None) -> list[str]:
    """Its own, and those of every disclosure whose numbering it continues."""
    found: list[str] = []
    while dossier is not None:
        found += asked_of(dossier).get("words", [])
        dossier = dossier.continues
    return found


def _all_copies(case: Case) -> list[str]:
    """Of everybody: a copy is served in the place of its original or not at all."""
    rows = Redaction.objects.filter(original__case=case, result__isnull=False)
    return list(rows.values_list("result__file__digest", flat=True))


def _rows(
    dossier: Dossier, made: Sequence[Decision], left: Snapshot, parts: dict[str, str]
) -> list[DisclosureItem]:
    served = {f"{things.EXHIBIT}:{one.label}": now.digest(one) for one in left.exhibits}
    secret = {one.thing.key for one in made if one.thing.is_sensitive}
    rows = []
    for position, one in enumerate(made, 1):
        digest = one.thing.digest or parts.get(one.thing.name, "")
        copy = one.thing.copy
        # Only of bytes that they hold: a digest of a text would confirm a guess of its words.
        out = digest if one.thing.kind == things.FILE else served.get(one.thing.key, "")
        if one.treatment == things.Treatment.REDACTED and copy:
            out = copy.digest
        rows.append(DisclosureItem(
            dossier=dossier, position=position, key=one.thing.key, title=one.thing.title[:300],
            treatment=one.treatment, ground=one.ground, digest=digest,
            served_digest="" if one.is_withheld else out,
            is_sensitive=one.thing.is_sensitive or one.follows in secret,
        ))  # fmt: skip
    return rows


def write_items(carried: Carried, page_of: dict[str, int]) -> None:
    """In the transaction that says "built"; each with the page on which it begins."""
    exhibits = {one.label: at for at, one in enumerate(carried.snapshot.exhibits)}
    for row in carried.rows:
        kind, _colon, name = row.key.partition(":")
        anchor = name if kind == things.PART else f"exhibit.{exhibits.get(name, -1)}"
        is_printed = kind != things.FILE and row.treatment != things.Treatment.WITHHELD
        row.pages = str(page_of[anchor]) if is_printed and anchor in page_of else ""
        row.full_clean()
        row.save()
