"""What changed between versions of a paper, and what only looks changed."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from kyc.cargo import bill_differences as diff
from kyc.cargo.bill_differences import BILL_SWITCHES, Version

NAMES = ("number", "consignee", "notify_party", "port_of_discharge", "packages", "seal_numbers")
TEXTS = st.text(alphabet="aAbZ 0-.é北", max_size=6)


@st.composite
def versions(draw: st.DrawFn, at_least: int = 1) -> list[Version]:
    count = draw(st.integers(at_least, 5))
    return [Version(n + 1, tuple((name, draw(TEXTS)) for name in NAMES)) for n in range(count)]


@given(versions())
def test_nothing_changed_against_itself(found: list[Version]) -> None:
    assert not any(line.is_changed for line in diff.differences(found[0], found[0]))


@given(versions())
def test_the_changes_make_the_last_version_out_of_the_first(found: list[Version]) -> None:
    fields = dict(found[0].fields)
    for change in diff.changes(found):
        assert fields[change.line.field] == change.line.old
        fields[change.line.field] = change.line.new
    assert fields == dict(found[-1].fields)


@given(versions(at_least=2))
def test_both_ways_change_the_same_lines(found: list[Version]) -> None:
    there, back = diff.differences(found[0], found[1]), diff.differences(found[1], found[0])
    assert [(a.field, a.is_changed) for a in there] == [(b.field, b.is_changed) for b in back]


@given(versions(at_least=2))
def test_a_switch_is_of_a_switched_field_and_never_spelling(found: list[Version]) -> None:
    for change in diff.changes(found):
        if change.line.is_switch:
            assert change.line.field in BILL_SWITCHES
            assert change.line.old
            assert diff.folded(change.line.old) != diff.folded(change.line.new) or not (
                diff.folded(change.line.old)
            )


@given(st.text(alphabet="abc xyz.,-", max_size=20))
def test_capitals_spaces_and_stops_are_spelling(text: str) -> None:
    old = Version(1, (("consignee", text),))
    new = Version(2, (("consignee", text.upper().replace(" ", "  ")),))
    line = diff.differences(old, new)[0]
    if diff.folded(text):
        assert line.kind in ("same", "spelling")
        assert not line.is_switch


def test_who_and_when_come_with_each_change() -> None:
    when = datetime(2024, 3, 7, 20, 47, tzinfo=UTC)
    first = Version(1, (("consignee", "Golden Egret"), ("notify_party", "")))
    last = Version(2, (("consignee", ""), ("notify_party", "Lotus Arch")), when, "Seven Baobabs")
    taken, named = diff.changes([first, last])
    assert (taken.line.kind, taken.line.is_switch, taken.at, taken.by) == (
        "removed", True, when, "Seven Baobabs",
    )  # fmt: skip
    assert (named.line.kind, named.line.is_switch) == ("added", False)


def test_days_count_from_loading_and_to_arrival() -> None:
    found = diff.timing(date(2024, 3, 7), date(2024, 3, 5), date(2024, 3, 26))
    assert (found.after_loading, found.before_arrival) == (2, 19)
    assert diff.timing(None, date(2024, 3, 5), None) == diff.Timing(None, None)
