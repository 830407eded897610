"""A record that cannot be read or stored keeps no other from the index, and stays hidden."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from casework import cases
from casework.models import Case, User
from evidence.models import CustodyEvent
from search import documents, outbox, state, sync, terms
from search.engines import DocumentsRefusedError, Engine, IndexDocument, Key
from search.models import OutboxEntry
from search.scope import WHOLE_CASE
from tests.search.conftest import Find, Story

Break = Callable[[Key], None]


def open_case(actor: User, title: str) -> Case:
    return cases.open_case(title=title, tier="port", actor=actor)


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Break:
    """A bug in one row: reading it fails, whatever is read with it."""

    def _break(broken: Key, error: Exception | None = None) -> None:
        whole = documents.load

        def load(keys: Iterable[Key]) -> list[IndexDocument]:
            wanted = list(keys)
            if broken in wanted:
                raise error or TypeError("NoneType has no attribute 'name'")
            return whole(wanted)

        monkeypatch.setattr(documents, "load", load)

    return _break


@pytest.fixture
def refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """An engine that stores the others, and never this one; or only without its long text."""

    def _refuse(broken: Key, *, takes_short: bool = False) -> None:
        whole = type(engine).write

        def write(self: Any, found: Iterable[IndexDocument], gone: Iterable[Key] = ()) -> None:
            given = list(found)
            bad = [d for d in given if d.key == broken and (d.parts or not takes_short)]
            whole(self, [d for d in given if d not in bad], gone)
            if bad:
                raise DocumentsRefusedError({d.key: "immense term" for d in bad})

        monkeypatch.setattr(type(engine), "write", write)

    return _refuse


def test_a_record_that_cannot_be_read_is_parked_alone(
    engine: Engine, unreadable: Break, investigator: User, find: Find
) -> None:
    broken = open_case(investigator, "Pangolin one")
    for number in range(5):
        open_case(investigator, f"Pangolin number {number}")
    unreadable(Key("case", broken.pk))
    sync.catch_up()
    assert len(find(investigator, "pangolin")) == 5
    assert not outbox.waiting().exists()
    [entry] = outbox.parked()
    assert outbox.key(entry) == Key("case", broken.pk)
    assert "TypeError" in entry.error


def test_it_leaves_the_parked_ones_when_it_can_be_read_again(
    engine: Engine, unreadable: Break, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = open_case(investigator, "Pangolin one")
    unreadable(Key("case", broken.pk))
    sync.catch_up()
    monkeypatch.undo()
    OutboxEntry.objects.create(kind=WHOLE_CASE, object_id=broken.pk)
    sync.catch_up()
    assert not OutboxEntry.objects.exists()
    assert not any(sync.drift().values())


def test_what_may_have_become_hidden_stays_hidden_while_it_is_parked(
    story: Story, unreadable: Break, investigator: User, find: Find
) -> None:
    sync.rebuild()
    [shown] = find(investigator, "sisal")
    held = CustodyEvent.objects.get(note="Wrapped in sisal")
    unreadable(Key("custody", held.pk))
    OutboxEntry.objects.create(kind=WHOLE_CASE, object_id=story.case.pk)
    sync.catch_up()
    assert [entry.kind for entry in outbox.parked()] == ["custody"]
    assert shown.startswith("custody")
    assert find(investigator, "sisal") == set()
    OutboxEntry.objects.create(kind="custody.words", object_id=held.pk)
    sync.catch_up()
    assert find(investigator, "sisal") == set()


def test_a_change_of_words_that_cannot_be_read_leaves_the_record_findable(
    story: Story, unreadable: Break, investigator: User, find: Find
) -> None:
    sync.rebuild()
    held = CustodyEvent.objects.get(note="Wrapped in sisal")
    unreadable(Key("custody", held.pk))
    OutboxEntry.objects.create(kind="custody.words", object_id=held.pk)
    sync.catch_up()
    assert [entry.kind for entry in outbox.parked()] == ["custody.words"]
    assert len(find(investigator, "sisal")) == 1


def test_a_refused_record_is_found_without_its_long_text(
    engine: Engine, refused: Callable[..., None], investigator: User, find: Find
) -> None:
    broken = open_case(investigator, "Pangolin one")
    refused(Key("case", broken.pk), takes_short=True)
    open_case(investigator, "Pangolin two")
    sync.catch_up()
    assert len(find(investigator, "pangolin")) == 2
    assert [entry.error for entry in outbox.parked()] == ["immense term"]


def test_a_record_that_is_refused_altogether_is_parked(
    engine: Engine, refused: Callable[..., None], investigator: User, find: Find
) -> None:
    broken = open_case(investigator, "Pangolin one")
    refused(Key("case", broken.pk))
    open_case(investigator, "Pangolin two")
    sync.catch_up()
    assert find(investigator, "pangolin") == {"case: Pangolin two"}
    assert outbox.parked().count() == 1


def test_a_database_that_is_away_parks_nothing(
    engine: Engine, unreadable: Callable[..., None], investigator: User
) -> None:
    broken = open_case(investigator, "Pangolin one")
    unreadable(Key("case", broken.pk), OperationalError("server closed the connection"))
    with pytest.raises(OperationalError):
        sync.catch_up()
    assert outbox.waiting().exists()
    assert not outbox.parked().exists()


def test_a_rebuild_leaves_out_what_cannot_be_read_and_the_check_says_so(
    engine: Engine,
    unreadable: Break,
    investigator: User,
    find: Find,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = open_case(investigator, "Pangolin one")
    open_case(investigator, "Pangolin two")
    unreadable(Key("case", broken.pk))
    call_command("rebuild_search")
    assert find(investigator, "pangolin") == {"case: Pangolin two"}
    with pytest.raises(SystemExit):
        call_command("rebuild_search", check=True)
    said = capsys.readouterr().out
    assert f"parked: 1 (case:{broken.pk})" in said
    assert "missing" not in said
    assert "TypeError" in said


def test_a_text_that_makes_the_tokens_fail_is_refused_alone(
    engine: Engine, investigator: User, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = terms.of

    def of(document: IndexDocument) -> Any:
        if "one" in document.title:
            raise RecursionError("too deep")
        return whole(document)

    monkeypatch.setattr(terms, "of", of)
    for title in ("Pangolin one", "Pangolin two"):
        open_case(investigator, title)
    sync.catch_up()
    assert find(investigator, "pangolin") == {"case: Pangolin two"}
    sync.rebuild()
    assert find(investigator, "pangolin") == {"case: Pangolin two"}
    assert outbox.parked().count() == 1


def test_the_page_of_the_state_counts_them(engine: Engine) -> None:
    OutboxEntry.objects.create(kind="case.words", object_id=1, error="immense term")
    found = state.read()
    assert (found.parked, found.waiting, found.failed) == (1, 0, 0)
