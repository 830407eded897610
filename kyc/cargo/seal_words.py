"""What the readings of seals say, in sentences that a magistrate understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_stubs_ext import StrOrPromise

from casework import display
from kyc.cargo import seal_journey
from kyc.cargo.seal_journey import Finding, Sighting, Twice
from kyc.models import Consignment, Container, Seal

AT: dict[str, StrOrPromise] = {
    "stuffing": gettext_lazy("at stuffing"),
    "bill": gettext_lazy("on the bill of lading"),
    "gate_in": gettext_lazy("at the gate"),
    "scan": gettext_lazy("at the scanner"),
    "loading": gettext_lazy("at loading"),
    "transshipment": gettext_lazy("at transshipment"),
    "discharge": gettext_lazy("at discharge"),
    "opening": gettext_lazy("when it was opened"),
}


@dataclass(frozen=True)
class Said:
    mark: str
    title: str
    why: str


@dataclass(frozen=True)
class Way:
    """A container's seals: the readings in their order, and what is odd about them."""

    container: Container | None
    seals: list[Seal]
    said: list[Said]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Each number that was read, once, with whose it is."""
        return list(dict.fromkeys((seal.number, str(seal.source)) for seal in self.seals))


def sighting(seal: Seal) -> Sighting:
    """A row as the pure reading takes it."""
    return Sighting(
        seal.number, seal.number_key, seal.source.label, seal.stage, seal.seen_by,
        seal.seen_at_place, seal.seen_on, seal.is_intact,
        seal.container.number if seal.container else "",
    )  # fmt: skip


def ways(consignment: Consignment) -> list[Way]:
    """Each container's own readings, then those that name no container. No query of its own."""
    seals = list(consignment.seals.all())
    boxes: list[Container | None] = [*consignment.containers.all(), None]
    found = [_way(box, [s for s in seals if s.container_id == (box and box.pk)]) for box in boxes]
    return [way for way in found if way.container or way.seals]


def _way(box: Container | None, seals: list[Seal]) -> Way:
    by_sighting: dict[int, Seal] = {}
    read = []
    for seal in seals:
        one = sighting(seal)
        by_sighting[id(one)] = seal
        read.append(one)
    journey = seal_journey.read(read)
    ordered = [by_sighting[id(point)] for point in journey.points]
    return Way(box, ordered, [sentence(finding) for finding in journey.findings])


def sentence(finding: Finding) -> Said:
    """`CU 558120 at stuffing, CU 558121 at the gate.`"""
    seen = [read_at(one) for one in finding.sightings]
    numbers = [one.number for one in finding.sightings]
    if finding.code == "missing":
        stages = ", ".join(str(AT[stage]) for stage in finding.stages)
        return Said("open", _("Nobody read the seal %(where)s.") % {"where": stages},
                    _("Between the readings before and after it, nothing shows which seal was on "
                      "the door."))  # fmt: skip
    if finding.code == "broken":
        return Said(
            "cross",
            _("%(number)s was broken %(at)s.")
            % {"number": numbers[0], "at": at(finding.sightings[0])},
            _("Somebody could reach the goods before the box was opened."),
        )
    two = _("%(first)s, %(second)s.") % {"first": seen[0], "second": seen[1]}
    return Said(*_of_two(finding, two))


def _of_two(finding: Finding, two: str) -> tuple[str, str, str]:
    words = {
        "changed": (
            "cross", two, _("The number changed on the way, and nobody recorded that it was cut.")
        ),
        "replaced": (
            "half", two, _("The first was broken and another put on. Ask who did it, and when.")
        ),
        "look_alike": (
            "half", two, _("These read alike: O and 0, I and 1. Look at a photograph of the seal.")
        ),
        "backwards": (
            "half", two, _("The days run against the way. One of them is written wrong.")
        ),
        "unseen": (
            "cross", two, _("Nobody read the bill's number on the door.")
        ),
    }  # fmt: skip
    return words[finding.code]


def read_at(one: Sighting) -> str:
    return pgettext("a seal, and where it was read", "%(number)s %(at)s") % {
        "number": one.number,
        "at": at(one),
    }


def at(one: Sighting) -> str:
    """`at the gate, 8 Mar 2024`; a reading without a stage says its place."""
    where = str(AT.get(one.stage, "")) or (
        _("at %(place)s") % {"place": one.place} if one.place else _("at a place not recorded")
    )
    return f"{where}, {display.day(one.on)}" if isinstance(one.on, date) else where


def of_twice(found: Twice) -> Said:
    """One number on two doors."""
    first, second = found.first, found.second
    values = {
        "number": first.number,
        "first": display.container(first.container),
        "second": display.container(second.container),
        "first_at": at(first),
        "second_at": at(second),
        "place": first.place,
        "other": second.place,
    }
    if found.code == "cut_before":
        title = _("%(number)s was cut before it was read again.")
        why = _(
            "Cut on %(first)s %(first_at)s. A seal with this number on %(second)s, %(second_at)s, "
            "can only be a copy."
        )
    elif found.code == "two_places":
        title = _("%(number)s was in two places on one day.")
        why = _("On %(first)s in %(place)s and on %(second)s in %(other)s. One of them is a copy.")
    else:
        title = _("%(number)s is on two containers.")
        why = _("On %(first)s %(first_at)s and on %(second)s %(second_at)s. A seal is used once.")
    return Said("cross", title % values, why % values)


def doubles(seals: Iterable[Seal]) -> list[Said]:
    """What the same number on several containers says, over any rows that may be shown."""
    return [of_twice(found) for found in seal_journey.twice([sighting(s) for s in seals])]


def named(seals: Iterable[Any]) -> str:
    return ", ".join(dict.fromkeys(str(seal.number) for seal in seals))
