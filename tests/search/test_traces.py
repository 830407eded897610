"""What is hidden leaves no trace: no reader without the right to it finds a word, a name, a sound
or a value of it, and no document of others says that it exists."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from casework import access
from casework.models import User
from casework.witnesses import witnesses
from evidence import custody, exhibits, files
from evidence.models import Attachment
from search import documents, index, labels, loading, lookup, query, run, scope, sync, terms
from search.documents.content import Need
from search.engines import FACETS, Request
from search.query import Mark, Near, Prefix, Tree, Within
from tests.search.conftest import Find, Story
from tests.search.permission_property import look
from tests.search.whole_story import HIDDEN, OPEN, Whole


@pytest.fixture(autouse=True)
def indexed(whole: Whole) -> None:
    sync.rebuild()


@pytest.fixture
def revoked(story: Story, colleague: User, investigator: User) -> User:
    """Who held the whole case, and holds nothing of it since."""
    for row in story.case.group_grants.all():
        access.revoke(row, actor=investigator, reason="Only the team")
    row = access.grant(
        story.case, role="supervisor", to=colleague, actor=investigator, reason="For a week"
    )
    sync.catch_up()
    access.revoke(row, actor=investigator, reason="The week is over")
    return colleague


def asked_in_every_way(word: str) -> Iterable[Tree]:
    """As a word, a beginning, with a slip, as a mark, as a name that sounds so, in each field."""
    typed = query.build(word)
    yield typed
    yield query.build(word.capitalize() + "e")  # sounds alike
    yield Prefix(word[:9])
    yield Prefix(word[:9], in_title=True)
    yield Near(word[:-1] + "x", 1)
    yield Mark(word)
    for name in ("seal", "holder", "place", "kind", "species", "role", "officer", "country"):
        yield Within(name, (word,), word)


def total(person: User, tree: Tree) -> int:
    person = User.objects.get(pk=person.pk)
    request = Request(tree=tree, scope=scope.build(person), facets=FACETS)
    page = index.engine().search(request)
    counted = sum(count.count for counts in page.facets.values() for count in counts)
    assert page.total or not counted
    return page.total


@pytest.fixture
def untrusted(custodian: User, outsider: User, revoked: User) -> tuple[User, ...]:
    """A member without the right to sensitive things, a stranger, and a former member."""
    return custodian, outsider, revoked


def test_no_word_of_what_is_hidden_is_found(untrusted: tuple[User, ...]) -> None:
    for person in untrusted:
        for word in HIDDEN:
            for tree in asked_in_every_way(word):
                assert total(person, tree) == 0, (person, word, tree)
        assert total(person, Prefix("umbra")) == 0


def test_the_trusted_find_all_of_it(prosecutor: User) -> None:
    missing = {word for word in HIDDEN if not total(prosecutor, Prefix(word))}
    # Of what is both open and hidden, the hidden part is left out for everybody.
    assert missing == {"umbraneed", "umbrathing"}


def test_the_team_finds_all_that_is_open(custodian: User, outsider: User) -> None:
    assert {word for word in OPEN if not total(custodian, Prefix(word))} == set()
    assert {word for word in OPEN if total(outsider, Prefix(word))} == set()


def test_no_open_document_speaks_of_what_is_hidden(whole: Whole) -> None:
    labels_of_hidden = {whole.hidden.label.casefold(), whole.protected.label.casefold()}
    for document in loading.everything({}):
        held = terms.of(document)
        if any(token.startswith(Need.SENSITIVE.value) for token in document.access):
            continue
        assert "umbra" not in repr(document).casefold(), document.key
        assert not labels_of_hidden & held.words, document.key


def test_how_to_reach_a_witness_is_found_by_nobody(prosecutor: User, investigator: User) -> None:
    """It is read by those alone who write in the case, which no index knows."""
    for person in (prosecutor, investigator):
        assert total(person, Prefix("nowherecontact")) == 0


def test_the_lookup_keeps_the_same_silence(custodian: User, whole: Whole) -> None:
    for typed in (*sorted(HIDDEN), "umbra", whole.hidden.label, whole.protected.label):
        found = lookup.keys(custodian, typed)
        told = documents.records(found, visible_to=custodian).values()
        assert not any("umbra" in repr(record.content).casefold() for record in told), typed


def test_hidden_and_missing_are_answered_alike(untrusted: tuple[User, ...]) -> None:
    """Not a byte of the answer tells a hidden word from one that nobody wrote."""
    for one in untrusted:
        person = User.objects.get(pk=one.pk)
        answers = {
            repr(run.search(person, run.Params(typed=word)).as_data()).replace(word, "?")
            for word in ("umbraexhibit", "umbrawitness", "neverwrittenword")
        }
        assert len(answers) == 1


def test_no_page_shows_a_hidden_word(
    untrusted: tuple[User, ...], sign_in: Callable[[User], Client], whole: Whole
) -> None:
    """Results, suggestions and files; narrowed and widened, by word, beginning and field."""
    asked = ("umbr*", "umbrwitness", "place:umbr", "openwitness umbrneed", "ivory", "kind:witness")
    for person in untrusted:
        signed_in = sign_in(person)
        for address in ("/search/", "/search/suggest/", "/search/found.csv"):
            for typed in (*asked, whole.hidden.label, whole.protected.label):
                page = b"".join(signed_in.get(address, {"q": typed})).decode()
                assert "umbra" not in page.casefold(), (person, address, typed)


def test_every_kind_and_part_has_a_word(whole: Whole) -> None:
    records = documents.records(document.key for document in loading.everything({}))
    assert {key.kind for key in records} == set(documents.SOURCES)
    assert set(documents.SOURCES) <= set(labels.KINDS)
    said = {part.label for record in records.values() for part in record.content.parts}
    assert said <= set(labels.PARTS)


def test_each_record_of_every_kind_is_found_by_those_who_may_see_it(
    custodian: User, prosecutor: User, manager: User, auditor: User, outsider: User, revoked: User
) -> None:
    everybody = (custodian, prosecutor, manager, auditor, outsider, revoked)
    look(everybody, [("", {}), ("open*", {}), ("umbra*", {}), ("ivory", {"kind": {"case"}})])


def test_what_becomes_hidden_is_gone_at_once_with_all_that_is_said_of_it(
    story: Story, whole: Whole, investigator: User, prosecutor: User, custodian: User
) -> None:
    offer = story.exhibit.custody.awaiting_acknowledgement().get()
    custody.withdraw(offer, reason="It stays", actor=investigator)
    sync.catch_up()
    shown = Attachment.objects.filter(case=whole.case, is_sensitive=False, exhibit=None)
    searches: list[tuple[str, Any]] = [
        ("", {}),
        ("openmark", {}),
        (story.exhibit.label, {}),
        ("openwitness", {}),
    ]
    for hides in (True, False):
        exhibits.amend(story.exhibit, is_restricted=hides, actor=investigator)
        look([custodian, prosecutor], searches)
        witnesses.protect(whole.witness, is_protected=hides, actor=prosecutor)
        look([custodian, prosecutor], searches)
        for kept in shown:
            files.amend(kept, caption="", kind=kept.kind, is_sensitive=hides, actor=investigator)
        look([custodian, prosecutor], searches)
        sync.catch_up()
        look([custodian, prosecutor], searches)


def test_a_witness_who_becomes_protected_is_gone_at_once(
    find: Find, custodian: User, prosecutor: User, whole: Whole
) -> None:
    before = find(custodian, "openwitness")
    assert {found.split(":")[0] for found in before} >= {"witness", "statement", "summons", "mark"}
    witnesses.protect(whole.witness, actor=prosecutor)
    assert find(custodian, "openwitness") == set()
    sync.catch_up()
    assert find(custodian, "openwitness") == set()
    assert find(prosecutor, "openwitness")
    assert not any(sync.drift().values())
