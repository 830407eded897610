"""The catalogue that comes with the product, and the whole of the rules on anything at all."""

import re
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kyc.redflags.indicators import RULES, Criterion, Evidence, Settings, judge_load, judge_party
from kyc.redflags.indicators.evidence import Term, said
from kyc.redflags.indicators.load import Bill, Box, Entry, Fact, Load, Party, Shared, Sighting
from kyc.redflags.indicators.sentences import SENTENCES, TERMS
from tests.kyc.indicators.made import criteria

EVERY = {
    *(f"P{n}" for n in range(1, 15)), *(f"D{n}" for n in range(1, 15)),
    *(f"R{n}" for n in range(1, 10)), *(f"C{n}" for n in range(1, 13)),
    *(f"B{n}" for n in range(1, 7)), *(f"S{n}" for n in range(1, 10)),
}  # fmt: skip


def test_every_indicator_is_there_and_every_rule_is_used() -> None:
    rows = criteria()
    assert set(rows) == EVERY
    assert {row.rule for row in rows.values()} - {""} == RULES


def test_a_digest_changes_with_words_values_and_points() -> None:
    one = said("seal_in_case", Load(pk=1).point, seal="CU 1", other="X")
    others = [
        said("seal_in_case", Load(pk=2).point, seal="CU 1", other="X"),
        said("seal_in_case", Load(pk=1).point, seal="CU 2", other="X"),
        said("seal_twice", Load(pk=1).point, seal="CU 1", other="X"),
    ]
    same = said("seal_in_case", Load(pk=1).point, other="X", seal="CU 1")
    assert one.digest == same.digest
    assert one.digest not in {other.digest for other in others}


def told(evidence: Evidence) -> str:
    """The sentence is whole: every value it names is given, every word of ours is known."""
    names = set(re.findall(r"%\((\w+)\)", SENTENCES[evidence.sentence]))
    values = dict(evidence.values)
    assert names <= values.keys(), evidence
    terms = [value.key for value in values.values() if isinstance(value, Term)]
    known = {key for key in terms if not key.startswith(("Stage_", "stage_", "source_"))}
    assert known <= TERMS.keys(), evidence
    return evidence.template % values


days = st.dates(date(2023, 1, 1), date(2025, 12, 31)) | st.none()
moments = st.datetimes() | st.none()
words = st.sampled_from(
    ["", "tea", "general cargo", "Kampala", "Golden Egret", "any safe port", "P.O. Box 1",
     "2024-01-05"]
) | st.text(max_size=8)  # fmt: skip
codes = st.tuples(st.sampled_from(["0902", "080262", "99", "0305"])) | st.just(())
weights = st.integers(0, 3_000_000_000_000) | st.none()
countries = st.sampled_from(["", "KE", "UG", "VN", "MY", "CN", "XX"])
containers = st.sampled_from(["MDOU4182079", "MDOU4182075", "MDOU5520139"])
numbers = st.lists(containers, max_size=2).map(tuple)
stages = st.sampled_from(
    ["", "stuffing", "bill", "gate_in", "scan", "loading", "discharge", "opening"]
)

facts = st.builds(
    Fact,
    pk=st.integers(1, 9),
    kind=st.sampled_from(
        ["owner", "address", "email", "incorporation_date", "director", "tax_pin", "commodities",
         "dissolution_date", "prior_shipments", "site_visit", "first_seen", "phone"]
    ),
    value=words,
    standing=st.sampled_from(["own_word", "verified", "unknown", "contradicted"]),
    unknown_reason=st.sampled_from(["", "no_owner", "not_provided", "not_asked"]),
    mail_service=st.sampled_from(["", "free"]),
    related=st.integers(50, 52) | st.none(),
    expires_on=days,
)  # fmt: skip
parties = st.builds(
    Party,
    pk=st.integers(1, 3),
    name=words,
    kind=st.sampled_from(["firm", "person", "unknown"]),
    roles=st.frozensets(st.sampled_from(["shipper", "consignee", "notify", "carrier"])),
    facts=st.lists(facts, max_size=4).map(tuple),
    shared=st.lists(
        st.builds(
            Shared, fact=st.integers(1, 9), kind=st.sampled_from(["phone", "address"]),
            value=words, other=st.integers(1, 5), other_name=words,
        ),
        max_size=2,
    ).map(tuple),
    shipped_on=days,
    seized_on=days,
    goods=st.lists(words, max_size=2).map(tuple),
    containers=st.integers(0, 2),
)  # fmt: skip
bills = st.builds(
    Bill, pk=st.integers(1, 9), version=st.integers(1, 3), shipper=words, consignee=words,
    notify_party=words, is_to_order=st.booleans(), is_switch=st.booleans(),
    port_of_discharge=words, place_of_receipt=words, place_of_delivery=words, description=words,
    hs_codes=codes, packages=st.integers(0, 3) | st.none(), gross_mg=weights, containers=numbers,
    seals=numbers, freight_payment=st.sampled_from(["", "PRE", "COL"]), freight_payer=words,
    shipped_on=days, changed_at=moments,
)  # fmt: skip
entries = st.builds(
    Entry, pk=st.integers(1, 9), version=st.integers(1, 3), lodged_at=moments,
    lane=st.sampled_from(["", "green", "red"]), selected_at=moments, description=words,
    hs_codes=codes, packages=st.integers(0, 3) | st.none(), gross_mg=weights, containers=numbers,
    value=st.decimals(0, 10**6, places=2) | st.none(), currency=st.sampled_from(["", "USD"]),
    destination=countries,
)  # fmt: skip
seals = st.builds(
    Sighting, pk=st.integers(1, 9), number=words, key=words, stage=stages,
    source=st.sampled_from(["CAR", "CUS"]), container=containers, on=days,
    is_intact=st.booleans() | st.none(),
)  # fmt: skip
loads = st.builds(
    Load, pk=st.just(1), goods=words, hs_code=st.sampled_from(["", "090240", "0305"]),
    loading_locode=st.sampled_from(["", "KEMBA", "KELAU"]), loading_country=countries,
    discharge_country=countries, declared_mg=weights, vgm_mg=weights, weighbridge_mg=weights,
    value=st.decimals(0, 10**6, places=2) | st.none(), currency=st.sampled_from(["", "USD"]),
    is_scanned=st.booleans() | st.none(), is_stuffing_supervised=st.booleans() | st.none(),
    stuffing_place=words, stuffed_on=days, seized_on=days,
    transits=st.lists(countries, max_size=2).map(tuple),
    bills=st.lists(bills, max_size=3).map(tuple), entries=st.lists(entries, max_size=3).map(tuple),
    boxes=st.lists(st.builds(Box, pk=st.integers(1, 9), number=containers), max_size=2).map(tuple),
    seals=st.lists(seals, max_size=4).map(tuple), parties=st.lists(parties, max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(loads)
def test_any_load_is_judged_without_a_slip(load: Load) -> None:
    answer = judge_load(load, criteria().values())
    assert all(told(one) for flag in answer.flags for one in flag.evidence)
    assert answer == judge_load(load, criteria().values())
    # Raised, or not to be judged: never both.
    assert not {flag.code for flag in answer.flags} & {one.code for one in answer.unjudged}


@settings(max_examples=60, deadline=None)
@given(parties)
def test_any_party_is_judged_without_a_slip(party: Party) -> None:
    answer = judge_party(party, criteria().values())
    assert all(told(one) for flag in answer.flags for one in flag.evidence)
    assert not {flag.code for flag in answer.flags} & {one.code for one in answer.unjudged}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(loads, parties, st.data())
def test_a_setting_of_the_wrong_shape_breaks_no_page(
    load: Load, party: Party, data: st.DataObject
) -> None:
    """Somebody types the settings by hand."""
    rows: list[Criterion] = []
    for row in criteria().values():
        spoilt: dict[str, Any] = {name: data.draw(anything) for name in row.settings.values}
        rows.append(Criterion(row.code, row.rule, Settings(spoilt)))
    judge_load(load, rows)
    judge_party(party, rows)


def test_a_company_without_anything_raises_nothing() -> None:
    """What nobody knows is not to be judged; it is no flag."""
    assert judge_load(Load(pk=1), criteria().values()).flags == ()
    assert judge_party(Party(pk=1, name="Firm"), criteria().values()).flags == ()
