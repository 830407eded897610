"""Documents of parties, of their parts in cases, and of what is said of them.

The register is shared, the cases are not: a party's own document holds only what every reader of
the register may see. Its part in a case, and a fact taken from one, are documents of that case.
"""

from django.db.models import Exists, OuterRef, Prefetch

from kyc.models import Dealing, Fact, Hit, Involvement, Party, Review, Tick
from search.documents.content import Content, Need, Source, moment, parts, present
from search.documents.words import Values, choice, joined, values
from search.engines import Part

# Kinds of facts that are names, and those that are places.
NAMING = frozenset(
    {"name", "trading_name", "previous_name", "alias", "director", "shareholder", "owner", "agent"}
)
PLACES = frozenset({"address", "postal_address", "site_visit", "birth_place"})


def read_party(party: Party) -> Content:
    """`general_facts` are those without a case: every reader of the party may see them. What was
    merged into it is seen by the same readers, and found as this one."""
    absorbed = list(party.absorbed.all())
    also = parts(("also_recorded_as", [other.name for other in absorbed]))
    everyone = (party, *absorbed)
    return Content(
        case=party.own_case_id or 0,
        title=party.name,
        parts=also + sum((_facts(one) for one in everyone), ()) + _reviews(party),
        date=party.created_at,
        identifiers=present(*(value for one in everyone for value in _fact_values(one))),
        need=Need.CASE_AND_REGISTER if party.own_case_id else Need.REGISTER,
        names=present(*(name for one in everyone for name in _names(one))),
        values=_values(*everyone),
    )


def read_involvement(involvement: Involvement) -> Content:
    party = involvement.party
    role = involvement.role.label
    return Content(
        case=involvement.case_id,
        title=party.name,
        parts=parts(("role", role), ("note", involvement.note)) + _facts(party) + _reviews(party),
        date=involvement.recorded_at,
        identifiers=_fact_values(party),
        names=_names(party),
        values=joined(values(role=role), _values(party)),
    )


def read_fact(fact: Fact) -> Content:
    """A fact from a case is found with that case; without a part in it, by register readers."""
    need = Need.VIEW if fact.is_of_involved else Need.CASE_AND_REGISTER  # type: ignore[attr-defined]
    is_name, is_place = fact.kind.code in NAMING, fact.kind.code in PLACES
    return Content(
        case=fact.case_id or 0,
        title=fact.party.name,
        parts=parts(
            ("fact", f"{fact.kind.label}: {fact.value}"),
            ("source", fact.source),
            ("checked", fact.method),
        ),
        date=moment(fact.as_of),
        identifiers=present(fact.value) if _is_identifier(fact.value) else (),
        need=need,
        names=present(fact.party.name, fact.value if is_name else ""),
        values=values(kind=fact.kind.label, place=fact.value if is_place else ""),
    )


def read_dealing(dealing: Dealing) -> Content:
    kind = choice(dealing, "kind")
    amount = f"{dealing.currency} {dealing.amount}" if dealing.amount else ""
    return Content(
        case=dealing.case_id,
        title=f"{dealing.giver.name}, {dealing.receiver.name}",
        parts=parts(
            ("note", dealing.note),
            ("source", dealing.source),
            ("dealing", " ".join((*kind, amount))),
        ),
        date=moment(dealing.happened_on) if dealing.happened_on else dealing.recorded_at,
        names=(dealing.giver.name, dealing.receiver.name),
        values=values(kind=kind),
    )


def read_flag(tick: Tick) -> Content:
    return Content(
        case=tick.case_id,
        title=tick.indicator.label,
        parts=parts(("note", tick.note), ("party", tick.party.name if tick.party else "")),
        date=tick.ticked_at,
        names=present(tick.party.name if tick.party else None),
    )


def read_hit(hit: Hit) -> Content:
    """One that rests on a fact of a case is found as that fact is."""
    case = hit.case_id or hit.party.own_case_id or 0
    need = Need.CASE_AND_REGISTER if case else Need.REGISTER
    if hit.case_id and hit.is_of_involved:  # type: ignore[attr-defined]  # annotated below
        need = Need.VIEW
    return Content(
        case=case,
        title=f"{hit.party.name}, {hit.entry.watchlist.name}",
        parts=parts(
            ("name_on_list", present(hit.entry.name, hit.matched_name)),
            ("judgement", choice(hit, "judgement")),
            ("reason", hit.reason),
        ),
        date=hit.found_at,
        identifiers=present(hit.entry.uid),
        need=need,
        names=present(hit.party.name, hit.entry.name, hit.matched_name),
    )


def _facts(party: Party) -> tuple[Part, ...]:
    told = [
        " ".join(present(f"{f.kind.label}: {f.value}", f.method))
        for f in _general(party)
        if f.value
    ]
    return parts(("fact", told))


def _reviews(party: Party) -> tuple[Part, ...]:
    reviews: list[Review] = list(party.reviews.all())
    return parts(("review", [" ".join((*choice(r, "decision"), r.reason)) for r in reviews]))


def _names(party: Party) -> tuple[str, ...]:
    return present(party.name, *(f.value for f in _general(party) if f.kind.code in NAMING))


def _values(*everyone: Party) -> Values:
    facts = [fact for one in everyone for fact in _general(one)]
    return values(
        kind=choice(everyone[0], "kind"),
        country=[one.country for one in everyone],
        place=[fact.value for fact in facts if fact.kind.code in PLACES],
    )


def _general(party: Party) -> list[Fact]:
    return list(party.general_facts)  # type: ignore[attr-defined]  # prefetched below


def _fact_values(party: Party) -> tuple[str, ...]:
    return tuple(fact.value for fact in _general(party) if _is_identifier(fact.value))


def _is_identifier(value: str) -> bool:
    """Numbers, PINs, telephones and addresses of e-mail; not sentences."""
    return 0 < len(value) <= 40 and any(c.isdigit() for c in value)


def _general_facts(path: str) -> Prefetch:  # type: ignore[type-arg]
    general = Fact.objects.filter(case__isnull=True).select_related("kind")
    return Prefetch(path, general, to_attr="general_facts")


def _involved() -> Exists:
    return Exists(Involvement.objects.filter(party=OuterRef("party"), case=OuterRef("case")))


SOURCES = (
    Source(
        "party",
        lambda: (
            Party.objects.filter(merged_into__isnull=True)
            .select_related("own_case")
            .prefetch_related(
                _general_facts("facts"), "reviews", "absorbed", _general_facts("absorbed__facts")
            )
        ),
        "own_case",
        read_party,
    ),
    Source(
        "involvement",
        lambda: Involvement.objects.select_related("case", "party", "role").prefetch_related(
            _general_facts("party__facts"), "party__reviews"
        ),
        "case",
        read_involvement,
    ),
    Source(
        "fact",
        lambda: (
            Fact.objects.filter(case__isnull=False)
            .select_related("case", "party", "kind")
            .annotate(is_of_involved=_involved())
        ),
        "case",
        read_fact,
    ),
    Source(
        "dealing",
        lambda: Dealing.objects.select_related("case", "giver", "receiver"),
        "case",
        read_dealing,
    ),
    Source(
        "flag", lambda: Tick.objects.select_related("case", "indicator", "party"), "case", read_flag
    ),
    Source(
        "listed",
        lambda: (
            Hit.objects.filter(closed_at__isnull=True)
            .select_related("case", "party__own_case", "entry__watchlist")
            .annotate(is_of_involved=_involved())
        ),
        "case",
        read_hit,
        also_of="party__own_case",
    ),
)
