"""What was asked of a dossier is what it becomes: parts, order, documents, signers, template."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import access, cases
from casework.errors import RuleBroken
from casework.models import Agency, Case, Court, User
from evidence import files
from evidence.dossier.plan import PARTS
from evidence.forms.dossier import DossierForm
from evidence.issuing import desk, dossiers, signers, templates, wishes
from evidence.issuing.wishes import Wishes
from evidence.models import Attachment, Dossier
from tests.evidence import scenes
from tests.evidence.pictures import jpeg, upload


def opened(case: Case, user: User) -> Case:
    return access.get_case(user, case.reference)


def picture(case: Case, actor: User, width: int, *, is_sensitive: bool = False) -> Attachment:
    return files.attach(
        case, upload=upload(jpeg(width, 20)), kind="document", actor=actor,
        is_sensitive=is_sensitive,
    )  # fmt: skip


def asked(dossier: Dossier) -> list[str]:
    return [part.key for part in wishes.plan(dossier, dossier.case).parts]


def test_only_the_chosen_parts_are_planned_in_the_order_of_the_template(
    case: Case, investigator: User, keeper: User
) -> None:
    rows = [{"key": key} for key in ("hearings", "summary", "charges")]
    template = templates.add(actor=keeper, name="Lagoon", parts=rows)
    wanted = Wishes(parts=("charges", "hearings"))
    dossier = dossiers.request(case, actor=investigator, template=template, wishes=wanted)
    assert asked(dossier) == ["hearings", "charges"]


def test_without_wishes_it_is_the_whole_record(case: Case, investigator: User) -> None:
    assert asked(dossiers.request(case, actor=investigator)) == list(PARTS)


def test_exhibits_stand_in_the_order_wanted(case: Case, investigator: User) -> None:
    rows = [scenes.exhibit(case, investigator) for _ in range(3)]
    wanted = Wishes(exhibits=("E3", "E1"))
    dossier = dossiers.request(case, actor=investigator, wishes=wanted)
    assert [row.label for row in wishes.ordered(dossier, rows)] == ["E3", "E1", "E2"]


def test_documents_are_merged_in_the_order_wanted(case: Case, investigator: User) -> None:
    first, second = picture(case, investigator, 20), picture(case, investigator, 21)
    wanted = Wishes(documents=(second.pk, first.pk))
    dossier = dossiers.request(case, actor=investigator, wishes=wanted)
    found = wishes.plan(dossier, case).documents
    assert [one.digest for one in found] == [second.file.digest, first.file.digest]
    assert [one.key for one in found] == ["document.1", "document.2"]


def test_a_document_that_its_maker_may_not_see_is_refused(
    case: Case, investigator: User, colleague: User
) -> None:
    hidden = picture(case, investigator, 22, is_sensitive=True)
    with pytest.raises(RuleBroken):
        wishes.demand(Wishes(documents=(hidden.pk,)), case, colleague)
    assert str(hidden) not in {
        row.what for row in desk.of(opened(case, colleague), colleague).papers
    }


def test_a_document_of_another_case_is_refused(case: Case, investigator: User) -> None:
    other = cases.open_case(title="Another", tier="port", actor=investigator)
    foreign = picture(other, investigator, 24)
    with pytest.raises(RuleBroken):
        dossiers.request(case, actor=investigator, wishes=Wishes(documents=(foreign.pk,)))


def test_a_part_that_does_not_exist_is_refused(case: Case, investigator: User) -> None:
    with pytest.raises(RuleBroken, match="no part"):
        dossiers.request(case, actor=investigator, wishes=Wishes(parts=("weather",)))


def test_signers_stand_in_turn(case: Case, investigator: User, prosecutor: User) -> None:
    turn = [(investigator, "Investigating officer"), (prosecutor, "Prosecutor")]
    dossier = dossiers.request(case, actor=investigator, signers=turn)
    assert [row.signer for row in dossier.signatures.order_by("turn")] == [investigator, prosecutor]
    assert wishes.plan(dossier, case).signers[1] == (str(prosecutor.name), "Prosecutor")


def test_who_may_not_open_the_dossier_cannot_be_asked_to_sign(
    case: Case, investigator: User, custodian: User, outsider: User
) -> None:
    for person in (custodian, outsider):
        with pytest.raises(RuleBroken, match="may open"):
            dossiers.request(case, actor=investigator, signers=[(person, "Witness")])
    assert custodian not in signers.eligible(case)


@pytest.mark.parametrize("capacity", ["", "  "])
def test_a_signer_says_as_what(case: Case, investigator: User, capacity: str) -> None:
    with pytest.raises(RuleBroken, match="signs as"):
        dossiers.request(case, actor=investigator, signers=[(investigator, capacity)])


def test_nobody_signs_twice(case: Case, investigator: User) -> None:
    turn = [(investigator, "Officer"), (investigator, "Prosecutor")]
    with pytest.raises(RuleBroken, match="once"):
        dossiers.request(case, actor=investigator, signers=turn)


def test_the_next_dossier_begins_with_the_wishes_of_the_one_before(
    case: Case, investigator: User
) -> None:
    scenes.exhibit(case, investigator), scenes.exhibit(case, investigator)
    kept = picture(case, investigator, 23)
    wanted = Wishes(parts=("summary",), exhibits=("E2", "E1"), documents=(kept.pk,))
    turn = [(investigator, "Officer")]
    dossier = dossiers.request(
        case, actor=investigator, wishes=wanted, signers=turn, addressed_to="Court 3"
    )
    dossiers.stop(dossier, actor=investigator)
    form = DossierForm(desk=desk.of(opened(case, investigator), investigator))
    assert [part.line.key for part in form.parts if part.is_in] == ["summary"]
    assert [row.label for row in form.exhibits] == ["E2", "E1"]
    assert [row.pk for row in form.papers if row.is_in] == [kept.pk]
    assert form["addressed_to"].value() == "Court 3"
    assert form["capacity_1"].value() == "Officer"


def test_what_was_typed_is_what_is_asked(case: Case, investigator: User) -> None:
    rows = [scenes.exhibit(case, investigator) for _ in range(3)]
    papers = [picture(case, investigator, 30 + n) for n in range(2)]
    typed = QueryDict(mutable=True)
    typed.setlist("parts", ["charges", "summary"])
    typed.setlist("shown_exhibit", [str(row.pk) for row in rows])
    typed.setlist("shown_paper", [str(row.pk) for row in papers])
    typed.setlist("papers", [str(row.pk) for row in papers])
    typed.update({f"exhibit_{rows[2].pk}": "1", f"exhibit_{rows[0].pk}": "1"})
    typed.update(
        {f"paper_{papers[1].pk}": "1", "signer_1": str(investigator.pk), "capacity_1": "IO"}
    )
    form = DossierForm(typed, desk=desk.of(opened(case, investigator), investigator))
    assert form.is_valid(), form.errors
    found = form.asked()
    assert found["wishes"].exhibits == ("E3", "E1", "E2")
    assert found["wishes"].documents == (papers[1].pk, papers[0].pk)
    assert found["wishes"].parts == ("charges", "summary")
    assert found["signers"] == ((investigator, "IO"),)


@pytest.mark.parametrize("junk", ["", "-1", "9" * 5000, "1e9", "\u0663", "<b>", "\x00"])
def test_an_odd_place_is_no_mistake_and_loses_nothing(
    case: Case, investigator: User, junk: str
) -> None:
    rows = [scenes.exhibit(case, investigator) for _ in range(2)]
    typed = QueryDict(mutable=True)
    typed.setlist("parts", ["charges"])
    typed.setlist("shown_exhibit", [junk, *(str(row.pk) for row in rows)])
    typed.update({f"exhibit_{rows[0].pk}": junk, "template": junk, "signer_1": junk})
    form = DossierForm(typed, desk=desk.of(opened(case, investigator), investigator))
    form.is_valid()
    assert {row.label for row in form.exhibits} == {"E1", "E2"}


def test_the_template_of_the_court_of_the_trial_is_the_first_choice(
    told_case: Case, keeper: User, prosecutor: User
) -> None:
    court = told_case.proceedings.get().court
    other = Court.objects.exclude(pk=court.pk).earliest("pk")
    rows = [{"key": "charges"}]
    named: dict[str, dict[str, object]] = {
        "House": {}, "Agency": {"agency": told_case.agency}, "Other court": {"court": other},
    }  # fmt: skip
    for name, more in named.items():
        templates.add(actor=keeper, name=name, parts=rows, **more)
    assert _default(told_case) == "Agency"
    templates.add(actor=keeper, name="Court", parts=rows, court=court)
    assert _default(told_case) == "Court"


def _default(case: Case) -> str:
    return str(templates.default(case, list(templates.offered(case))))


def test_another_agencys_template_is_not_offered(case: Case, keeper: User, customs: Agency) -> None:
    templates.add(actor=keeper, name="Theirs", parts=[{"key": "charges"}], agency=customs)
    assert list(templates.offered(case)) == []


def test_the_page_asks_as_often_for_30_of_everything_as_for_3(
    case: Case, investigator: User, keeper: User, sign_in: Callable[[User], Client]
) -> None:
    first = dossiers.request(case, actor=investigator)
    Dossier.objects.filter(pk=first.pk).update(state="issued", last_page=9)
    pages = [
        reverse("evidence:dossier-list", args=[case.reference]),
        reverse("evidence:dossier-supplement", args=[case.reference, first.number]),
    ]
    browser, counts = sign_in(investigator), []
    for begin, end in ((0, 3), (3, 30)):
        for n in range(begin, end):
            picture(case, investigator, 40 + n)
            templates.add(actor=keeper, name=f"Court {n}", parts=[{"key": "charges"}])
            if n < 10:
                scenes.exhibit(case, investigator)
        for page in pages:
            browser.get(page)
            with CaptureQueriesContext(connection) as queries:
                browser.get(page)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
