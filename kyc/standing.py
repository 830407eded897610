"""What is known of a party so far: facts by group, and contradictions side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kyc.models import Fact

Standing = Fact.Standing

MARKS = {
    Standing.VERIFIED: "full",
    Standing.OWN_WORD: "half",
    Standing.UNKNOWN: "open",
    Standing.CONTRADICTED: "cross",
}

GROUPS: tuple[tuple[StrOrPromise, frozenset[str]], ...] = (
    (_("Identified"), frozenset({
        "name", "trading_name", "previous_name", "legal_form", "registration", "lei",
        "incorporation_date", "dissolution_date", "jurisdiction", "birth_date", "birth_place",
        "nationality", "id_number", "passport", "gender", "alias",
    })),
    (_("Tax and licences"), frozenset({"tax_pin", "vat", "licence", "business_permit", "aeo"})),
    (_("Address and premises"), frozenset({"address", "postal_address", "site_visit"})),
    (_("Reached at"), frozenset({"phone", "email", "website"})),
    (_("Directors and owners"), frozenset({"director", "shareholder", "owner", "agent"})),
    (_("Nature of business"), frozenset({
        "business", "commodities", "prior_shipments", "first_seen", "occupation",
    })),
    (_("Money"), frozenset({"bank", "iban"})),
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """One line of "known so far": how many facts of a group stand, of how many."""

    label: StrOrPromise
    mark: str
    verified: int
    total: int


@dataclass(frozen=True)
class Tally:
    total: int
    verified: int
    own_word: int
    unknown: int
    contradicted: int

    @property
    def mark(self) -> str:
        """The worst standing among the facts decides the mark."""
        if not self.total:
            return "later"
        if self.contradicted:
            return "cross"
        return "full" if self.verified == self.total else "half"


def tally(facts: Iterable[Fact]) -> Tally:
    standings = [fact.standing for fact in facts]
    return Tally(
        len(standings),
        *(
            standings.count(standing)
            for standing in (
                Standing.VERIFIED,
                Standing.OWN_WORD,
                Standing.UNKNOWN,
                Standing.CONTRADICTED,
            )
        ),
    )


def known_so_far(facts: Sequence[Fact]) -> list[Known]:
    """A line for each group, so that what nobody has asked shows as missing."""
    return [_line(label, [f for f in facts if f.kind.code in kinds]) for label, kinds in GROUPS]


def _line(label: StrOrPromise, facts: Sequence[Fact]) -> Known:
    counted = tally(facts)
    mark = counted.mark if counted.total > counted.unknown else "open"
    return Known(label, mark, counted.verified, counted.total)


def contradictions(facts: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """What was said beside what was found, for the facts that a reader sees both sides of."""
    seen = {fact.pk: fact for fact in facts}
    return [
        (fact, seen[fact.contradicted_by_id])
        for fact in facts
        if fact.contradicted_by_id is not None and fact.contradicted_by_id in seen
    ]
