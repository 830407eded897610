"""A supplement goes on with the numbers of an issued dossier; what is issued never changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from casework import cases, clock, roles
from casework.errors import Conflict, RuleBroken
from casework.models import Case, Hearing, User
from evidence import files
from evidence.dossier import annex
from evidence.forms.dossier import SupplementForm
from evidence.issuing import desk, dossiers, wishes
from evidence.issuing.wishes import Wishes
from evidence.models import Attachment, Dossier
from tests.evidence import foreign_papers, scenes
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]
PAGES = 40  # of the dossier before it


def issued(case: Case, actor: User, pages: int = PAGES, **more: object) -> Dossier:
    """As the database keeps one; what its files hold is told elsewhere."""
    dossier = dossiers.request(case, actor=actor, **more)  # type: ignore[arg-type]
    first, given = dossier.first_page, dossier.wishes["replacements"]
    Dossier.objects.filter(pk=dossier.pk).update(
        state="issued", pages=pages, last_page=first + pages - 1, issued_at=dossier.requested_at,
        wishes=wishes.lettered(dossier, {f"replacement.{n}": 1 for n in range(1, len(given) + 1)}),
    )  # fmt: skip
    dossier.refresh_from_db()
    return dossier


def paper(case: Case, actor: User, width: int = 20) -> Attachment:
    return files.attach(case, upload=upload(jpeg(width, 20)), kind="document", actor=actor)


def replacing(page: int, by: Attachment, reason: str = "Misprinted") -> Wishes:
    return Wishes(replacements=({"page": page, "attachment": by.pk, "reason": reason},))


def test_it_begins_where_the_one_before_ends(case: Case, investigator: User) -> None:
    first = issued(case, investigator)
    second = issued(case, investigator, 5, continues=first)
    third = dossiers.request(case, actor=investigator, continues=second)
    plan = wishes.plan(third, case)
    assert (second.first_page, third.first_page, plan.first_page) == (41, 46, 46)
    assert (plan.supplement, plan.continues) == (2, second.name)


def test_only_an_issued_one_is_continued(case: Case, investigator: User) -> None:
    waiting = dossiers.request(case, actor=investigator)
    dossiers.stop(waiting, actor=investigator)
    with pytest.raises(RuleBroken, match="issued"):
        dossiers.request(case, actor=investigator, continues=waiting)


def test_two_do_not_continue_the_same(case: Case, investigator: User) -> None:
    first = issued(case, investigator)
    issued(case, investigator, continues=first)
    with pytest.raises(Conflict, match="dossier 2 already"):
        dossiers.request(case, actor=investigator, continues=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.create(
            case=case, number=9, continues=first, requested_by=investigator, first_page=41
        )


def test_a_stopped_supplement_stands_in_nobodys_way(case: Case, investigator: User) -> None:
    first = issued(case, investigator)
    given_up = dossiers.request(case, actor=investigator, continues=first)
    dossiers.stop(given_up, actor=investigator)
    again = dossiers.request(case, actor=investigator, continues=first)
    assert (again.number, again.first_page) == (3, 41)


def test_a_disclosure_and_a_dossier_keep_numbers_of_their_own(
    case: Case, investigator: User
) -> None:
    first = issued(case, investigator)
    with pytest.raises(RuleBroken, match="Neither continues"):
        dossiers.request(case, actor=investigator, continues=first, is_disclosure=True)


def test_a_dossier_of_another_case_is_not_continued(case: Case, investigator: User) -> None:
    first = issued(case, investigator)
    other = cases.open_case(title="Another", tier="port", actor=investigator)
    with pytest.raises(RuleBroken, match="same case"):
        dossiers.request(other, actor=investigator, continues=first)


def test_a_page_that_was_issued_is_replaced_with_its_reason(case: Case, investigator: User) -> None:
    first, sheet = issued(case, investigator), paper(case, investigator)
    asked = replacing(37, sheet)
    second = dossiers.request(case, actor=investigator, continues=first, wishes=asked)
    found = wishes.plan(second, case).replacements
    assert [(one.page, one.reason, one.used) for one in found] == [(37, "Misprinted", 0)]
    assert found[0].document.digest == sheet.file.digest


def test_letters_that_were_used_go_on(case: Case, investigator: User) -> None:
    first, sheet = issued(case, investigator), paper(case, investigator)
    asked = replacing(37, sheet)
    second = issued(case, investigator, 1, continues=first, wishes=asked)
    both = Wishes(replacements=asked.replacements * 2)
    third = dossiers.request(case, actor=investigator, continues=second, wishes=both)
    assert [one.used for one in wishes.plan(third, case).replacements] == [1, 2]


@pytest.mark.parametrize("page", [0, 41, 400])
def test_a_page_that_was_never_issued_is_not_replaced(
    case: Case, investigator: User, page: int
) -> None:
    first, sheet = issued(case, investigator), paper(case, investigator)
    with pytest.raises(RuleBroken, match="was not issued"):
        dossiers.request(case, actor=investigator, continues=first, wishes=replacing(page, sheet))


def test_a_replacement_needs_a_supplement_and_a_reason(case: Case, investigator: User) -> None:
    sheet = paper(case, investigator)
    with pytest.raises(RuleBroken, match="Only a supplement"):
        dossiers.request(case, actor=investigator, wishes=replacing(3, sheet))
    first = issued(case, investigator)
    with pytest.raises(RuleBroken, match="why page 3"):
        dossiers.request(case, actor=investigator, continues=first, wishes=replacing(3, sheet, " "))


def test_only_a_supplement_leaves_exhibits_out(case: Case, investigator: User) -> None:
    rows = [scenes.exhibit(case, investigator) for _ in range(2)]
    with pytest.raises(RuleBroken, match="holds them all"):
        dossiers.request(case, actor=investigator, wishes=Wishes(only=("E2",)))
    first = issued(case, investigator)
    asked = Wishes(only=("E2",))
    second = dossiers.request(case, actor=investigator, continues=first, wishes=asked)
    assert [row.label for row in wishes.ordered(second, rows)] == ["E2"]


def test_the_page_offers_what_is_new_since(case: Case, investigator: User, sign_in: SignIn) -> None:
    scenes.exhibit(case, investigator)
    first = issued(case, investigator)
    old, new = case.exhibits.get(), scenes.exhibit(case, investigator)
    page = reverse("evidence:dossier-supplement", args=[case.reference, first.number])
    text = sign_in(investigator).get(page).text
    assert "Continues at page 41" in text
    assert f'id="only-{new.pk}" checked' in text
    assert f'id="only-{old.pk}" checked' not in text


def test_the_page_refuses_half_a_replacement_and_keeps_what_was_typed(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    first = issued(case, investigator)
    page = reverse("evidence:dossier-supplement", args=[case.reference, first.number])
    typed = {"parts": ["charges"], "page_1": "37", "reason_1": "Misprinted"}
    answer = sign_in(investigator).post(page, typed)
    assert "what stands for it" in answer.text
    assert 'value="Misprinted"' in answer.text
    assert not case.dossiers.exclude(pk=first.pk).exists()


def test_a_supplement_asked_for_on_its_page(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    first, sheet = issued(case, investigator), paper(case, investigator)
    page = reverse("evidence:dossier-supplement", args=[case.reference, first.number])
    typed = {"parts": ["charges"], "page_1": "37", "stands_1": str(sheet.pk), "reason_1": "Torn"}
    sign_in(investigator).post(page, typed)
    made = case.dossiers.get(continues=first)
    assert (made.first_page, wishes.of(made).replacements[0]["page"]) == (41, 37)
    assert "continued by dossier 2" in sign_in(investigator).get(page).text


def test_no_field_of_the_page_has_the_name_of_a_row(case: Case, investigator: User) -> None:
    """A row is named after its key, `paper_1`; of two such fields only the last is read."""
    form = SupplementForm(desk=desk.of(case, investigator, issued(case, investigator)))
    assert not [name for name in form.fields if name.startswith(("exhibit_", "paper_"))]


def test_a_day_in_court_is_new_when_it_is_listed_or_over_and_not_while_it_is_waited_for(
    told_case: Case, prosecutor: User
) -> None:
    def is_new(moment: datetime) -> bool:
        return "hearings" in desk.new_since(told_case, prosecutor, moment)["parts"]

    now, hour = clock.now(), timedelta(hours=1)
    assert is_new(now - hour)  # listed since
    assert not is_new(now)  # known then, and still to come
    rows = Hearing.objects.filter(proceeding__case=told_case)
    rows.update(recorded_at=now - 3 * hour, starts_at=now - hour)
    assert is_new(now - 2 * hour)  # held since


def test_the_next_whole_dossier_does_not_begin_with_the_few_parts_of_a_supplement(
    case: Case, investigator: User
) -> None:
    first = issued(case, investigator, wishes=Wishes(parts=("charges", "hearings", "files")))
    dossiers.request(
        case, actor=investigator, continues=first, wishes=Wishes(parts=("files",), only=())
    )
    assert desk.of(case, investigator).wanted.parts == ("charges", "hearings", "files")


def test_a_dossier_that_is_being_built_has_no_supplement(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    waiting = dossiers.request(case, actor=investigator)
    page = reverse("evidence:dossier-supplement", args=[case.reference, waiting.number])
    assert sign_in(investigator).get(page).status_code == 409


def test_a_supplement_is_built_with_the_numbers_that_follow(
    told_case: Case, prosecutor: User
) -> None:
    first = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(first)
    first.refresh_from_db()
    sheet = told_case.attachments.filter(exhibit__label="E1").earliest("pk")
    asked = Wishes(
        parts=("hearings",), only=(),
        replacements=({"page": 2, "attachment": sheet.pk, "reason": "Misprinted"},),
    )  # fmt: skip
    second = dossiers.request(told_case, actor=prosecutor, continues=first, wishes=asked)
    dossiers.build(second)
    second.refresh_from_db()
    assert second.failure == ""
    volumes = list(second.volumes.all())
    assert volumes[0].first_label == str((first.last_page or 0) + 1)
    assert volumes[-1].first_label == "2A"
    own = sum(volume.pages for volume in volumes[:-1])
    assert second.last_page == (first.last_page or 0) + own


def test_letters_go_on_from_what_was_issued_whatever_the_document_gives_now(
    told_case: Case, prosecutor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(first)
    first.refresh_from_db()
    long = foreign_papers.data(foreign_papers.simple(3))
    sheet = files.attach(
        told_case, upload=upload(long, "three.pdf", "application/pdf"), kind="document",
        actor=prosecutor, right=roles.DOSSIER,
    )  # fmt: skip
    asked = replace(replacing(2, sheet), parts=("hearings",), only=())
    second = dossiers.request(told_case, actor=prosecutor, continues=first, wishes=asked)
    dossiers.build(second)
    second.refresh_from_db()
    assert [volume.last_label for volume in second.volumes.all()][-1] == "2C"
    monkeypatch.setattr(annex, "inspect", lambda *_: annex.Inspected(0, "It is damaged."))
    third = dossiers.request(told_case, actor=prosecutor, continues=second, wishes=asked)
    assert [one.used for one in wishes.plan(third, told_case).replacements] == [3]


def test_letters_go_on_from_a_supplement_of_before_they_were_kept(
    case: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, sheet = issued(case, investigator), paper(case, investigator)
    asked = replacing(37, sheet)
    with monkeypatch.context() as older:
        older.setattr(wishes, "lettered", lambda dossier, _pages: dossier.wishes)
        second = issued(case, investigator, 1, continues=first, wishes=asked)
    third = dossiers.request(case, actor=investigator, continues=second, wishes=asked)
    assert [one.used for one in wishes.plan(third, case).replacements] == [1]
