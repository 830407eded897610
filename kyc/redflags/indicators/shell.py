"""The parts of the shell-company score: each weighs little, several together say a lot."""

from kyc.redflags.indicators.evidence import (
    Days,
    Evidence,
    Mark,
    Point,
    Value,
    Verdict,
    said,
    verdict,
)
from kyc.redflags.indicators.load import Fact, Party
from kyc.redflags.indicators.parties import fact_term, is_between
from kyc.redflags.indicators.settings import Settings
from kyc.redflags.indicators.words import folded, phrases_in

INTERESTS = ("director", "owner", "shareholder")


def nominee(party: Party, settings: Settings) -> Verdict:
    """S2: somebody holds or directs it for another."""
    if party.kind == "person":
        return Verdict()
    interests = settings.texts("interests")
    facts = [fact for fact in party.of(*INTERESTS) if fact.stands]
    found = [
        said("nominee", fact.point, value=fact.value)
        for fact in facts
        if fact.interest in interests
    ]
    judged = any(fact.interest for fact in facts)
    return verdict(found, *(() if judged else ("shares",)))


def no_premises(party: Party, settings: Settings) -> Verdict:
    """S3: its place of business, or its website, was looked for and not found."""
    if party.kind == "person":
        return Verdict()
    facts = party.of(*settings.texts("kinds"))
    found = [one for fact in facts if (one := _missing(fact))]
    return verdict(found, *(() if facts else ("premises",)))


def _missing(fact: Fact) -> Evidence | None:
    kind = fact_term(fact.kind)
    if fact.standing == "unknown":
        reason = fact.reason_words or fact.unknown_reason
        return said("no_premises", fact.point, kind=kind, reason=reason)
    if fact.standing == "contradicted":
        told: dict[str, Value] = {"kind": kind, "value": fact.value}
        if fact.found_instead:
            return said("contradicted_by", fact.point, found=fact.found_instead, **told)
        return said("contradicted", fact.point, **told)
    return None


def crowded_address(party: Party, settings: Settings) -> Verdict:
    """S4: more than so many other parties give the same address."""
    facts = [fact for fact in party.of("address") if fact.value]
    most = settings.whole("others", 3)
    found = []
    for fact in facts:
        others = {one.other for one in party.shared if one.fact == fact.pk}
        if len(others) > most:
            points = (fact.point, *(Point("party", pk) for pk in sorted(others)))
            found.append(said("crowded_address", *points, number=len(others), value=fact.value))
    return verdict(found, *(() if facts else ("address",)))


def pin_trouble(party: Party, settings: Settings) -> Verdict:
    """S5: the tax PIN is contradicted or had expired."""
    facts = [fact for fact in party.of("tax_pin") if fact.value]
    found = [
        said("pin_trouble", fact.point, value=Mark(fact.value))
        for fact in facts
        if fact.standing == "contradicted"
    ]
    day = party.shipped_on
    found += [
        said("pin_expired", fact.point, value=Mark(fact.value), day=fact.expires_on)
        for fact in facts
        if fact.expires_on and day and fact.expires_on < day
    ]
    checked = any(fact.standing == "verified" for fact in facts)
    return verdict(found, *(() if checked else ("tax_pin",)))


def no_trade_before(party: Party, settings: Settings) -> Verdict:
    """S6: it is on record that it never traded before."""
    facts = [fact for fact in party.of("prior_shipments") if fact.stands and fact.value]
    none = {folded(word) for word in settings.texts("words")}
    found = [
        said("no_trade_before", fact.point, value=fact.value)
        for fact in facts
        if folded(fact.value) in none or phrases_in(fact.value, settings.texts("phrases"))
    ]
    return verdict(found, *(() if facts else ("prior_shipments",)))


def one_container(party: Party, settings: Settings) -> Verdict:
    """S7: the one shipment that it is known by is the one that was seized."""
    facts = [fact for fact in party.of("prior_shipments") if fact.stands and fact.value]
    one = {folded(word) for word in settings.texts("words")}
    found = [said("one_shipment", f.point) for f in facts if folded(f.value) in one]
    return verdict(found, *(() if facts else ("prior_shipments",)))


def dissolved_soon(party: Party, settings: Settings) -> Verdict:
    """S9: dissolved within so many days after the seizure."""
    seized, most = party.seized_on, settings.whole("days", 365)
    days = [(f, f.day) for f in party.of("dissolution_date") if f.stands and f.day]
    found = [
        said("dissolved", fact.point, day=day, days=Days((day - seized).days))
        for fact, day in days
        if seized and day and is_between(day, seized, most)
    ]
    return verdict(found, *(() if days or party.kind == "person" else ("dissolution_date",)))
