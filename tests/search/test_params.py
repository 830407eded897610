"""What an address asks, and the address that asks the same."""

from datetime import date

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import query
from search.engines import FACETS, SearchOrder
from search.params import LAST_PAGE, Params, params_from

typed = st.text(max_size=40).map(query.clean)
values = st.frozensets(typed, min_size=1, max_size=4)
asked = st.builds(
    Params,
    typed=typed,
    chosen=st.dictionaries(st.sampled_from(FACETS), values, max_size=3),
    order=st.sampled_from(SearchOrder),
    page=st.integers(1, LAST_PAGE),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
)

slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slowly
@given(asked)
def test_an_address_asks_what_it_was_written_from(params: Params) -> None:
    assert params_from(QueryDict(params.address())) == params


@slowly
@given(st.dictionaries(st.sampled_from(["q", "from", "to", "page", "sort", "kind"]), st.text()))
def test_any_address_asks_something(said: dict[str, str]) -> None:
    data = QueryDict(mutable=True)
    data.update(said)
    params = params_from(data)
    assert 1 <= params.page <= LAST_PAGE
    assert params.between is None or params.between.first >= 0


def test_what_is_no_day_is_left_out() -> None:
    params = params_from(QueryDict("from=2024-02-30&to=yesterday"))
    assert (params.since, params.until) == (None, None)
    assert params_from(QueryDict("to=2024-02-29")).until == date(2024, 2, 29)
