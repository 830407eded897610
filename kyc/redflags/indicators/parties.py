"""Rules about one party: who it is, how it can be reached, and what is known of those behind it."""

from collections.abc import Iterator
from datetime import date

from kyc.redflags.indicators.evidence import (
    Days,
    Evidence,
    Mark,
    Point,
    Term,
    Value,
    Verdict,
    said,
    verdict,
)
from kyc.redflags.indicators.load import Earlier, Fact, Listed, Party
from kyc.redflags.indicators.sentences import TERMS
from kyc.redflags.indicators.settings import Settings
from kyc.redflags.indicators.words import content, phrases_in

CONTACTS = ("address", "postal_address", "phone", "email", "website")


def fact_term(kind: str) -> Term:
    return Term(f"fact_{kind}" if f"fact_{kind}" in TERMS else "fact_other")


def new_firm(party: Party, settings: Settings) -> Verdict:
    """P1: formed, or first seen, within so many days before it shipped."""
    if party.shipped_on is None:
        return verdict((), "shipped_on")
    found = [*_age(party, settings.whole("days", 180)), *_first_seen(party, settings)]
    needed = "incorporation_date" if party.kind != "person" else "first_seen"
    judged = any(fact.stands and fact.day for fact in party.of(needed))
    return verdict(found, *(() if judged else (needed,)))


def young_firm(party: Party, settings: Settings) -> Verdict:
    """S1: formed within so many days before it shipped."""
    if party.kind == "person":
        return Verdict()
    if party.shipped_on is None:
        return verdict((), "shipped_on")
    judged = any(fact.stands and fact.day for fact in party.of("incorporation_date"))
    found = _age(party, settings.whole("days", 365))
    return verdict(found, *(() if judged else ("incorporation_date",)))


def _age(party: Party, most: int) -> Iterator[Evidence]:
    shipped = party.shipped_on
    for fact in party.of("incorporation_date"):
        day = fact.day if fact.stands else None
        if day is None or shipped is None:
            continue
        if day > shipped:
            yield said("formed_after", fact.point, day=day)
        elif (shipped - day).days <= most:
            yield said("young", fact.point, day=day, days=Days((shipped - day).days))


def _first_seen(party: Party, settings: Settings) -> Iterator[Evidence]:
    most = settings.whole("first_seen_days", 30)
    for fact in party.of("first_seen"):
        day = fact.day if fact.stands else None
        if day and party.shipped_on and 0 <= (party.shipped_on - day).days <= most:
            days = Days((party.shipped_on - day).days)
            yield said("first_seen", fact.point, day=day, days=days)


def owner_unknown(party: Party, settings: Settings) -> Verdict:
    """P2, P9, S8: the owner is on record as unknown, for one of the reasons of the setting."""
    if party.kind == "person":
        return Verdict()
    facts, reasons = party.of("owner"), settings.texts("reasons")
    if any(fact.stands and fact.value for fact in facts):
        return Verdict()
    told = [fact for fact in facts if fact.standing == "unknown" and fact.unknown_reason]
    found = [
        said("owner_unknown", fact.point, reason=fact.reason_words or fact.unknown_reason)
        for fact in told
        if fact.unknown_reason in reasons
    ]
    unasked = not told or any(f.unknown_reason in settings.texts("not_judged") for f in told)
    return verdict(found, *(("owner",) if unasked else ()))


def contradicted_contact(party: Party, settings: Settings) -> Verdict:
    """P3: an address, telephone or e-mail that a check contradicts."""
    facts = party.of(*(settings.texts("kinds") or CONTACTS))
    found = [_contradicted(fact) for fact in facts if fact.standing == "contradicted"]
    checked = any(fact.standing == "verified" for fact in facts)
    return verdict(found, *(() if checked else ("contact_checked",)))


def _contradicted(fact: Fact) -> Evidence:
    told: dict[str, Value] = {"kind": fact_term(fact.kind), "value": fact.value}
    if fact.found_instead:
        return said("contradicted_by", fact.point, found=fact.found_instead, **told)
    return said("contradicted", fact.point, **told)


def free_mail_or_shared(party: Party, settings: Settings) -> Verdict:
    """P4: an address of a free mail service, or a telephone that other parties give."""
    facts = [fact for fact in party.of("phone", "email") if fact.stands and fact.value]
    services = settings.texts("services")
    found = [
        said("free_mail", fact.point, value=Mark(fact.value))
        for fact in facts
        if fact.mail_service in services
    ]
    related = {fact.related for fact in party.facts}
    shared = [
        one for one in party.shared if one.kind in ("phone", "email") and one.other not in related
    ]
    if len({one.other for one in shared}) >= settings.whole("others", 1):
        found += [
            said(
                "shared_by", Point("fact", one.fact), Point("party", one.other),
                other=one.other_name, kind=fact_term(one.kind), value=Mark(one.value),
            )
            for one in shared
        ]  # fmt: skip
    return verdict(found, *(() if facts else ("contact",)))


def post_box_only(party: Party, settings: Settings) -> Verdict:
    """P5: every address that it gives is a post box."""
    facts = [f for f in party.of("address", "postal_address") if f.value and f.stands]
    boxes = [f for f in facts if phrases_in(f.value, settings.texts("words"))]
    found = [said("post_box", fact.point, value=fact.value) for fact in boxes]
    return verdict(found if len(boxes) == len(facts) else (), *(() if facts else ("address",)))


def known_people(party: Party, settings: Settings) -> Verdict:
    """P7: those behind it had a part in an earlier case, or it or they stand on a list."""
    left_out = settings.texts("roles_left_out")
    found = [
        said(
            _through(one),
            Point("fact", one.through_fact or 0), Point("case", one.case),
            name=one.through, case=Mark(one.case), role=one.role,
            **({"firm": one.firm} if one.firm else {}),
        )
        for one in party.earlier
        if one.through and one.role_code not in left_out
    ]  # fmt: skip
    found += [_listed(one) for one in party.listed]
    behind = any(fact.related for fact in party.of("director", "owner", "shareholder"))
    lacks = [*(() if behind or party.kind == "person" else ("behind",))]
    lacks += [] if party.is_screened else ["judged_hits"]
    return verdict(found, *lacks)


def _through(one: Earlier) -> str:
    if not one.firm:
        return "known_through"
    return "known_by_name" if one.is_by_name else "known_through_firm"


def _listed(one: Listed) -> Evidence:
    told = {"name": one.name, "list": one.watchlist}
    if one.through:
        points = (Point("fact", one.through_fact or 0), Point("hit", one.pk))
        return said("listed_through", *points, through=one.through, **told)
    return said("listed", Point("hit", one.pk), **told)


def public_office(party: Party, settings: Settings) -> Verdict:
    """P13: judged to be somebody whom a list has in or near public office."""
    topics = frozenset(settings.texts("topics"))
    found = [
        said("topic", Point("hit", one.pk), name=one.name, list=one.watchlist)
        for one in party.listed
        if topics & frozenset(one.topics)
    ]
    return verdict(found, *(() if party.is_screened else ("judged_hits",)))


def earlier_cases(party: Party, settings: Settings) -> Verdict:
    """P14: the party itself had a part in an earlier case."""
    left_out = settings.texts("roles_left_out")
    if party.roles and party.roles <= frozenset(left_out):
        return Verdict()
    return verdict(
        said("known_itself", Point("case", one.case), case=Mark(one.case), role=one.role)
        for one in party.earlier
        if not one.through and one.role_code not in left_out
    )


def unusual_goods(party: Party, settings: Settings) -> Verdict:
    """P8: no word of what it says that it trades in is among the words for the goods."""
    usual = [f for f in party.of("commodities") if f.stands and f.value]
    goods, ignored = [text for text in party.goods if text], settings.texts("ignored")
    if not usual or not goods:
        return verdict((), "commodities" if not usual else "goods")
    known = frozenset[str]().union(*(content(fact.value, ignored) for fact in usual))
    return verdict(
        said("unusual_goods", *(f.point for f in usual), said=usual[0].value, goods=text)
        for text in goods
        if known and content(text, ignored) and not known & content(text, ignored)
    )


def out_of_reach(party: Party, settings: Settings) -> Verdict:
    """P10: a container is for a private person, or for somebody without a verified address."""
    if not party.containers:
        return Verdict()
    if party.kind == "person":
        many = party.containers > 1
        told = {"containers": party.containers} if many else {}
        sentence = "person_for_container" if many else "person_for_one"
        return verdict([said(sentence, party.point, **told)])
    facts = [fact for fact in party.of("address") if fact.value or fact.standing == "unknown"]
    if not facts:
        return verdict((), "address")
    if any(fact.standing == "verified" for fact in facts):
        return Verdict()
    gone = all(fact.standing == "contradicted" for fact in facts)
    sentence = "address_gone" if gone else "address_unverified"
    return verdict([said(sentence, *(fact.point for fact in facts))])


def is_between(day: date, start: date, days: int) -> bool:
    return 0 <= (day - start).days <= days
