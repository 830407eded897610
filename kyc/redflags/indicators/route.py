"""Rules about goods and the way they go: where they grow, what they cover, through which ports."""

from collections.abc import Iterator, Mapping

from kyc.redflags.indicators.evidence import (
    Country,
    Evidence,
    Mark,
    Point,
    Term,
    Verdict,
    said,
    verdict,
)
from kyc.redflags.indicators.load import Load
from kyc.redflags.indicators.settings import Settings
from kyc.redflags.indicators.words import phrases_in


def heading_of(code: str, table: Mapping[str, object]) -> str:
    """The longest entry of a table that an HS code falls under; empty where there is none."""
    return max((key for key in table if key and code.startswith(key)), key=len, default="")


def from_elsewhere(load: Load, settings: Settings) -> Verdict:
    """R1: not grown where they come from, or sent to where they are grown."""
    if not load.headings:
        return verdict((), "hs_code")
    if not load.sources:
        return verdict((), "source_country")
    return verdict(_grown(load, settings))


def _grown(load: Load, settings: Settings) -> Iterator[Evidence]:
    grown, large = settings.table("produced_in"), settings.table("large_producers")
    names = settings.table("names")
    for code, point in load.headings:
        where, abroad = heading_of(code, grown), heading_of(code, large)
        for country in load.sources if where else ():
            if country not in grown[where]:
                goods = _named(where, names)
                yield said("not_grown", point, goods=goods, country=Country(country))
        for country in load.ends if abroad else ():
            if country in large[abroad]:
                goods = _named(abroad, names)
                yield said("sent_to_producer", point, goods=goods, country=Country(country))


def _named(heading: str, names: Mapping[str, tuple[str, ...]]) -> str | Mark:
    return names[heading][0] if heading in names else Mark(f"HS {heading}")


def through_hub(load: Load, settings: Settings) -> Verdict:
    """R4: changes ship in a country known for trade in wildlife, on the way to another."""
    hubs = settings.texts("countries")
    port = (load.discharge_country,) if load.discharge_country not in load.ends else ()
    way = [country for country in (*load.transits, *port) if country]
    known = bool(way or load.discharge_country or load.destinations)
    return verdict(
        (said("hub", load.point, country=Country(one)) for one in way if one in hubs),
        *(() if known else ("route",)),
    )


def cover_load(load: Load, settings: Settings) -> Verdict:
    """R5: goods under which wildlife was found before, by HS heading or by word."""
    headings, words = settings.table("headings"), settings.texts("words")
    found = []
    for code, point in load.headings:
        heading = heading_of(code, headings)
        if heading:
            goods = headings[heading][0]
            found.append(said("cover_code", point, value=Mark(code), goods=goods))
    if not found:
        found = [
            said("cover_word", point, paper=_paper(point), goods=phrase)
            for text, point in load.descriptions
            for phrase in phrases_in(text, words)
        ]
    judged = bool(load.headings or load.descriptions)
    return verdict(found, *(() if judged else ("goods",)))


def _paper(point: Point) -> Term:
    return Term(point.kind if point.kind in ("bill", "entry") else "record")


def small_port(load: Load, settings: Settings) -> Verdict:
    """R7: loaded at a small port that feeds a larger one."""
    if not load.loading_locode:
        return verdict((), "loading_port")
    if load.loading_locode not in settings.texts("ports"):
        return Verdict()
    return verdict([said("small_port", load.point, port=load.loading_port)])


def inland_border(load: Load, settings: Settings) -> Verdict:
    """R8: comes over a land border and leaves through a sea port of the coast."""
    if not load.loading_locode:
        return verdict((), "loading_port")
    if load.loading_locode not in settings.texts("ports"):
        return Verdict()
    places, countries = settings.texts("places"), settings.texts("countries")
    found = [
        said("inland_place", point, place=text, port=load.loading_port)
        for text, point in _starts(load)
        if phrases_in(text, places)
    ]
    found += [
        said("inland_country", load.point, country=Country(one), port=load.loading_port)
        for one in dict.fromkeys((*load.origins, *load.exports))
        if one in countries
    ]
    known = any(True for _one in _starts(load)) or load.origins or load.exports
    return verdict(found, *(() if known else ("source_country",)))


def _starts(load: Load) -> Iterator[tuple[str, Point]]:
    if load.stuffing_place:
        yield load.stuffing_place, load.point
    if load.bill and load.bill.place_of_receipt:
        yield load.bill.place_of_receipt, load.bill.point


def source_to_market(load: Load, settings: Settings) -> Verdict:
    """R9: from a country where the animals live to one where they are sold."""
    if not load.sources:
        return verdict((), "source_country")
    if not load.ends:
        return verdict((), "route")
    sources, markets = settings.texts("sources"), settings.texts("markets")
    return verdict(
        said("source_to_market", load.point, country=Country(one), market=Country(other))
        for one in load.sources
        for other in load.ends
        if one in sources and other in markets
    )
