"""Changes that reach the index as they do when a request commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from casework.models import Case, User
from search import index, run, sync
from search.engines import Engine, SearchOrder

Find = Callable[..., set[str]]


@pytest.fixture
def engine(case: Case) -> Engine:
    """The default engine over an index that holds the case and its team."""
    sync.rebuild()
    return index.engine()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """`with committed():` runs what waits for the commit, as a request's end would."""

    @contextmanager
    def _committed() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return _committed


@pytest.fixture
def find() -> Find:
    """Kinds and titles of what a person finds, as `kind: title`."""

    def _find(person: User, typed: str = "", **fields: Any) -> set[str]:
        answer = run.search(person, run.Params(typed=typed, order=SearchOrder.NEWEST, **fields))
        assert not answer.is_lookup
        assert answer.total == len(answer.results)
        return {f"{hit.key.kind}: {hit.title.plain}" for hit in answer.results}

    return _find


@pytest.fixture
def note(case: Case, investigator: User) -> Callable[..., Any]:
    """A diary entry of the case."""
    from django.utils import timezone

    from casework.models import DiaryEntry

    def _note(text: str, **fields: Any) -> DiaryEntry:
        made: DiaryEntry = DiaryEntry.objects.create(
            case=case, text=text, happened_at=timezone.now(), written_by=investigator, **fields
        )
        return made

    return _note
