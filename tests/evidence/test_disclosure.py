"""A disclosure holds what was decided, and nothing of what was withheld, wherever one looks."""

import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.errors import RuleBroken
from casework.models import AuditEntry, Case, User
from casework.witnesses import statements, witnesses
from evidence.disclosure import choices, decisions, withhold
from evidence.disclosure.decisions import Choice
from evidence.disclosure.disclosures import Asked
from evidence.dossier.snapshot import Snapshot
from evidence.issuing import dossiers
from evidence.models import Attachment, Dossier, Exhibit, Redaction
from evidence.verifier import cli
from tests.evidence import disclosure_scenes, dossier_case
from tests.evidence.disclosure_scenes import CANARY, disclosed, everything
from tests.evidence.pictures import jpeg

SignIn = Callable[[User], Client]
KEPT = {"plan", "files_elsewhere", "accused", "proceedings", "admissions", "flags"}


@pytest.fixture
def hushed(told_case: Case, investigator: User, custodian: User, prosecutor: User) -> Case:
    disclosure_scenes.hush(told_case, investigator, custodian, prosecutor)
    return told_case


def test_nothing_withheld_is_anywhere(hushed: Case, prosecutor: User, ledger_key: Path) -> None:
    """Not even where the whole was built just before, and its pages are kept."""
    dossiers.build(dossiers.request(hushed, actor=prosecutor))
    made = disclosed(hushed, prosecutor)
    assert not made.has_sensitive
    said = everything(made)
    assert CANARY.casefold() not in said
    assert "zawadi" not in said
    assert "tusk 3" in said
    bundle = dossiers.bundle_path(made)
    assert cli.main([str(bundle), "--key", str(ledger_key)]) == 0


def test_a_whole_dossier_would_have_told(hushed: Case, prosecutor: User) -> None:
    whole = dossiers.request(hushed, actor=prosecutor)
    dossiers.build(whole)
    assert CANARY.casefold() in everything(Dossier.objects.get(pk=whole.pk))


def test_what_was_served_and_withheld_is_written_down(hushed: Case, prosecutor: User) -> None:
    made = disclosed(hushed, prosecutor)
    items = {row.key: row for row in made.items.all()}
    assert (items["exhibit:E1"].treatment, bool(items["exhibit:E1"].served_digest)) == (
        "served", True,
    )  # fmt: skip
    assert items["exhibit:E1"].pages.isdigit()
    hidden = items["exhibit:E4"]
    assert (hidden.treatment, hidden.served_digest, hidden.is_sensitive) == ("withheld", "", True)
    assert items["witness:X1"].ground == "Protects a witness or an informant"
    assert items["part:proof"].treatment == "withheld"


def test_a_word_that_somebody_named_goes_too(told_case: Case, prosecutor: User) -> None:
    made = disclosed(told_case, prosecutor, Asked(words=("Joseph Kilonzi",)))
    said = everything(made)
    assert "kilonzi" not in said
    assert "tusk 1" in said


def test_an_exhibit_withheld_by_choice_leaves_no_trace(told_case: Case, prosecutor: User) -> None:
    chosen = [Choice(key="exhibit:E2", treatment="withheld", ground="No bearing on the charges")]
    assert choices.save(told_case, chosen, actor=prosecutor) == 1
    made = disclosed(told_case, prosecutor)
    with zipfile.ZipFile(dossiers.bundle_path(made)) as archive:
        names = archive.namelist()
        ledger = next(archive.read(name) for name in names if name.endswith("custody.json"))
    assert not any("/exhibits/E2/" in name for name in names)
    assert str(told_case.exhibits.get(label="E2").identifier).encode() not in ledger
    photo = Attachment.objects.get(exhibit__label="E2")
    followed = made.items.get(key=f"file:{photo.file.digest}")
    assert (followed.treatment, followed.ground) == ("withheld", "With E2 Tusk 2")


def test_a_redacted_copy_goes_and_its_original_stays(told_case: Case, prosecutor: User) -> None:
    original = Attachment.objects.get(exhibit__label="E1")
    copy = disclosure_scenes.redacted(original, prosecutor, jpeg(21, 21))
    made = disclosed(told_case, prosecutor)
    with zipfile.ZipFile(dossiers.bundle_path(made)) as archive:
        held = [name for name in archive.namelist() if "/exhibits/E1/" in name]
    assert [copy.file.digest[:12] in name for name in held] == [True]
    item = made.items.get(key=f"file:{original.file.digest}")
    assert (item.treatment, item.served_digest) == ("redacted", copy.file.digest)


def test_a_ground_that_the_copy_says_stands_in_the_schedule(
    told_case: Case, prosecutor: User
) -> None:
    """One that it does not say stays inside, unless somebody types it for the schedule."""
    original = Attachment.objects.get(exhibit__label="E1")
    key = f"file:{original.file.digest}"
    disclosure_scenes.redacted(original, prosecutor, jpeg(21, 21))
    redaction = Redaction.objects.get()
    for ground in ("Private facts", "An informant", "Private facts"):
        redaction.marks.create(page=1, ground=ground, made_by=prosecutor)
    found = {one.thing.key: one.ground for one in decisions.read(told_case, prosecutor)}
    assert found[key] == ""
    Redaction.objects.update(says_grounds=True)
    found = {one.thing.key: one.ground for one in decisions.read(told_case, prosecutor)}
    assert found[key] == "Private facts; An informant"
    typed = [Choice(key=key, treatment="redacted", ground="No bearing on the charges")]
    choices.save(told_case, typed, actor=prosecutor)
    made = disclosed(told_case, prosecutor)
    assert made.items.get(key=key).ground == "No bearing on the charges"
    assert "no bearing on the charges" in everything(made)


def test_the_ground_in_the_schedule_is_that_of_the_copy_that_goes(
    told_case: Case, prosecutor: User
) -> None:
    """Where one file is attached twice, and each of the two was redacted."""
    first = Attachment.objects.get(exhibit__label="E1")
    again = Attachment.objects.create(
        case=told_case, file=first.file, name="again.jpg", kind=first.kind,
        uploaded_by=prosecutor, uploaded_at=first.uploaded_at,
    )  # fmt: skip
    for original, ground, side in ((first, "Private facts", 21), (again, "An informant", 22)):
        copy = disclosure_scenes.redacted(original, prosecutor, jpeg(side, side))
        made = Redaction.objects.get(result=copy)
        made.marks.create(page=1, ground=ground, made_by=prosecutor)
    Redaction.objects.update(says_grounds=True)
    found = {one.thing.key: one.thing for one in decisions.read(told_case, prosecutor)}
    thing = found[f"file:{first.file.digest}"]
    assert thing.copy is not None
    served = Redaction.objects.get(result__file__digest=thing.copy.digest)
    assert thing.ground == served.marks.get().ground


def test_a_copy_that_nobody_looked_at_is_not_served_and_neither_is_the_whole(
    told_case: Case, prosecutor: User
) -> None:
    original = Attachment.objects.get(exhibit__label="E1")
    disclosure_scenes.redacted(original, prosecutor, jpeg(21, 21))
    Redaction.objects.update(looked_at=None)
    found = {one.thing.key: one for one in decisions.read(told_case, prosecutor)}
    stands = found[f"file:{original.file.digest}"]
    assert (stands.treatment, stands.ground) == ("withheld", "Its redacted copy is not ready yet")


def test_a_sensitive_file_may_be_served_by_decision(hushed: Case, prosecutor: User) -> None:
    file = Attachment.objects.get(is_sensitive=True)
    chosen = [Choice(key=f"file:{file.file.digest}", treatment="served")]
    choices.save(hushed, chosen, actor=prosecutor)
    made = disclosed(hushed, prosecutor)
    assert made.has_sensitive
    with zipfile.ZipFile(dossiers.bundle_path(made)) as archive:
        assert any(file.file.digest[:12] in name for name in archive.namelist())


def test_what_became_sensitive_since_is_decided_anew(told_case: Case, prosecutor: User) -> None:
    chosen = [Choice(key="exhibit:E1", treatment="withheld", ground="Not now")]
    choices.save(told_case, chosen, actor=prosecutor)
    chosen = [Choice(key="exhibit:E1", treatment="served")]
    choices.save(told_case, chosen, actor=prosecutor)
    Exhibit.objects.filter(label="E1").update(is_restricted=True)
    found = {one.thing.key: one.treatment for one in decisions.read(told_case, prosecutor)}
    assert found["exhibit:E1"] == "withheld"


def test_a_protected_witness_cannot_be_served(hushed: Case, prosecutor: User) -> None:
    with pytest.raises(RuleBroken, match="protected witness"):
        choices.save(hushed, [Choice(key="witness:X1", treatment="served")], actor=prosecutor)
    with pytest.raises(RuleBroken, match="own work"):
        choices.save(hushed, [Choice(key="part:proof", treatment="served")], actor=prosecutor)
    with pytest.raises(RuleBroken, match="ground"):
        choices.save(hushed, [Choice(key="exhibit:E1", treatment="withheld")], actor=prosecutor)
    with pytest.raises(RuleBroken, match="no redacted copy"):
        choices.save(hushed, [Choice(key="exhibit:E1", treatment="redacted")], actor=prosecutor)


def test_a_statement_of_the_protected_stays(
    hushed: Case, investigator: User, prosecutor: User
) -> None:
    hidden = hushed.witnesses.get(is_protected=True)
    told: dict[str, Any] = {"taken_on": hushed.created_at.date(), "actor": investigator}
    statements.record(hushed, witness=hidden, text="I saw the Mwamba lorry", **told)
    open_one = witnesses.add(hushed, name="Rehema Invented", kind="civilian", actor=investigator)
    statements.record(hushed, witness=open_one, text="I saw the quay", **told)
    said = everything(disclosed(hushed, prosecutor))
    assert "mwamba" not in said
    assert "zawadi" not in said


def test_every_part_of_a_snapshot_is_known_to_the_filter() -> None:
    """A new list in the snapshot needs a decision: with which part it goes, or that it stays."""
    lists = {each.name for each in fields(Snapshot) if "tuple" in str(each.type)}
    made = {name for names in withhold.MADE_OF.values() for name in names}
    assert lists <= made | KEPT


def test_the_page_keeps_what_is_decided(told_case: Case, prosecutor: User, sign_in: SignIn) -> None:
    page, client = reverse("evidence:disclosure", args=[told_case.reference]), sign_in(prosecutor)
    assert "E2 Tusk 2" in client.get(page).content.decode()
    sent = {"exhibit:E2-treatment": "withheld", "exhibit:E2-ground": "Working paper"}
    assert client.post(page, sent).status_code == 302
    shown = client.get(page + "?show=withheld").content.decode()
    assert "E2 Tusk 2" in shown
    assert "E1 Tusk 1" not in shown
    assert AuditEntry.objects.filter(action="disclosure.choose").count() == 1


def test_what_the_page_refuses_is_said(told_case: Case, prosecutor: User, sign_in: SignIn) -> None:
    page = reverse("evidence:disclosure", args=[told_case.reference])
    sent = {"exhibit:E2-treatment": "withheld", "exhibit:E2-ground": ""}
    answer = sign_in(prosecutor).post(page, sent)
    said = "Say on what ground E2 Tusk 2 is withheld."
    assert f'<a href="#exhibit:E2-ground">Ground: {said}</a>' in answer.content.decode()
    in_its_row = f'<span class="due" id="exhibit:E2-ground_error">{said}'
    assert in_its_row in answer.content.decode()  # where the field says that it is described


def test_new_things_stand_out(
    told_case: Case, investigator: User, custodian: User, prosecutor: User, sign_in: SignIn
) -> None:
    disclosed(told_case, prosecutor)
    dossier_case.handed_over(told_case, investigator, custodian, 7)
    page = reverse("evidence:disclosure", args=[told_case.reference]) + "?show=new"
    shown = sign_in(prosecutor).get(page).content.decode()
    assert "new since" in shown
    assert "E4 Tusk 7" in shown
    assert "E1 Tusk 1" not in shown


def test_the_form_asks_for_a_disclosure(told_case: Case, prosecutor: User, sign_in: SignIn) -> None:
    page = reverse("evidence:disclosure-build", args=[told_case.reference])
    client = sign_in(prosecutor)
    assert "Say for whom" in client.post(page, {}).content.decode()
    accused = told_case.accused.get(name="Benson Tsofa")
    answer = client.post(page, {"accused": [accused.pk], "to": "Counsel", "words": "Juma\n\nJuma"})
    made = Dossier.objects.get(case=told_case)
    assert answer["Location"].endswith(f"/dossiers/{made.number}/")
    assert made.is_disclosure
    assert made.addressed_to == "Benson Tsofa; Counsel"
    assert made.wishes["more"]["disclosure"]["words"] == ["Juma"]
