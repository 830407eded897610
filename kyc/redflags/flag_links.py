"""Where a flag's evidence can be read, and what a flag is about: words and addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext

from kyc.models import Consignment
from kyc.redflags.flag_board import Subject
from kyc.redflags.flag_data import Data
from kyc.redflags.indicators import Point
from kyc.redflags.indicators.parties import fact_term
from kyc.redflags.indicators.sentences import TERMS


@dataclass(frozen=True)
class Link:
    word: str
    url: str
    is_mark: bool = False  # a number to be compared: set in mono


@dataclass(frozen=True)
class Links:
    """The links of one case's data."""

    data: Data

    def subject(self, subject: Subject) -> Link:
        """The load, the party or the case that a flag is about."""
        if subject.consignment is not None and subject.consignment in self.data.rows:
            row = self.data.rows[subject.consignment]
            return Link(self._named(row), self._page("kyc:consignment", row))
        if subject.party is not None:
            name = self._names.get(subject.party, gettext("A party that was taken off the case"))
            return Link(name, reverse("kyc:party", args=[subject.party]))
        return Link(gettext("The case"), reverse("casework:case", args=[self.data.case.reference]))

    def of(self, points: Iterable[Point]) -> list[Link]:
        return list(dict.fromkeys(link for point in points for link in self._of(point)))

    def _of(self, point: Point) -> Iterator[Link]:
        if point.kind == "case":
            yield Link(str(point.key), reverse("casework:case", args=[point.key]), is_mark=True)
        elif point.kind == "fact" and point.key in self._facts:
            yield self._facts[int(point.key)]
        elif (point.kind, point.key) in self._papers:
            yield self._papers[(point.kind, int(point.key))]
        elif point.kind == "dealing":
            url = reverse("kyc:case-dealings", args=[self.data.case.reference])
            yield Link(gettext("Calls and payments"), url)

    def _named(self, row: Consignment) -> str:
        if len({one.seizure_id for one in self.data.rows.values()}) > 1:
            told = {"number": row.number, "seizure": row.seizure.number}
            return gettext("Consignment %(number)s of seizure %(seizure)s") % told
        return gettext("Consignment %(number)s") % {"number": row.number}

    def _page(self, name: str, row: Consignment) -> str:
        args = [self.data.case.reference, row.seizure.number, row.number]
        return reverse(name, args=args)

    @cached_property
    def _names(self) -> dict[int, str]:
        return {party.pk: party.name for party in self.data.parties}

    @cached_property
    def _facts(self) -> dict[int, Link]:
        return {
            fact.pk: Link(
                gettext(TERMS[fact_term(fact.kind).key]),
                f"{reverse('kyc:party', args=[party.pk])}#fact-{fact.pk}",
            )
            for party in self.data.parties
            for fact in party.facts
        }

    @cached_property
    def _papers(self) -> dict[tuple[str, int], Link]:
        found: dict[tuple[str, int], Link] = {}
        for load in self.data.loads:
            row = self.data.rows[load.pk]
            for bill in load.bills:
                word = gettext("bill, version %(n)s") % {"n": bill.version}
                found["bill", bill.pk] = Link(word, self._page("kyc:bill", row))
            for entry in load.entries:
                word = gettext("entry, version %(n)s") % {"n": entry.version}
                found["entry", entry.pk] = Link(word, self._page("kyc:entry", row))
            for seal in load.seals:
                link = Link(seal.number, self._page("kyc:consignment", row), is_mark=True)
                found["seal", seal.pk] = link
        return found
