"""What a reader of a disclosure, who wants what was withheld, tries: none of it works."""

import json
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from casework import cases
from casework.models import Case, User
from casework.witnesses import statements, witnesses
from evidence import custody, exhibits, files
from evidence.disclosure import choices, decisions, disclosures, inventory
from evidence.disclosure import withhold as withholding
from evidence.disclosure.decisions import Choice
from evidence.disclosure.disclosures import Asked
from evidence.disclosure.hiding import hidden
from evidence.dossier import snapshot_papers
from evidence.issuing import dossiers
from evidence.issuing.wishes import Wishes
from evidence.models import Attachment, Dossier, Redaction
from kyc import parties
from kyc.parties import NewParty, Origin
from tests.evidence import disclosure_scenes, dossier_case, dossier_snapshot
from tests.evidence.disclosure_scenes import CANARY, disclosed, everything
from tests.evidence.pictures import jpeg, upload


def withhold(case: Case, actor: User, *keys: str) -> None:
    chosen = [Choice(key=key, treatment="withheld", ground="Not theirs") for key in keys]
    choices.save(case, chosen, actor=actor)


def ledger_of(dossier: Dossier) -> str:
    with zipfile.ZipFile(dossiers.bundle_path(dossier)) as archive:
        name = next(each for each in archive.namelist() if each.endswith("custody.json"))
        return archive.read(name).decode()


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("王伟", "证人王伟说"),
        ("王伟", "证人王 伟说"),
        ("بكر", "وبكر قال"),
        ("Łukasz", "Lukasz said"),
        ("Soren", "Søren said"),
    ],
)
def test_a_name_is_found_in_every_script(word: str, text: str) -> None:
    assert hidden([word]).is_in(text)


def test_what_a_withheld_exhibit_is_stays_closed_in_the_chains_of_others(
    told_case: Case, custodian: User, prosecutor: User
) -> None:
    one, two = told_case.exhibits.get(label="E1"), told_case.exhibits.get(label="E2")
    type(two).objects.filter(pk=two.pk).update(description=f"Telephone of {CANARY}")
    custody.examine(one, actor=custodian, note=f"Lay beside the telephone of {CANARY}")
    withhold(told_case, prosecutor, "exhibit:E2")
    made = disclosed(told_case, prosecutor)
    assert CANARY not in ledger_of(made)


def test_a_name_of_a_file_goes_with_the_part_that_held_it(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    files.attach(
        told_case, upload=upload(jpeg(77, 50), name=f"{CANARY} tip.jpg"), kind="photograph",
        actor=investigator,
    )  # fmt: skip
    cases.change(
        told_case, actor=investigator, summary=f"As {CANARY} tip.jpg shows.", reason="For the court"
    )
    withhold(told_case, prosecutor, "part:files")
    assert CANARY.casefold() not in everything(disclosed(told_case, prosecutor))


@pytest.fixture
def original(told_case: Case, prosecutor: User) -> Attachment:
    row = files.attach(
        told_case, upload=upload(jpeg(77, 50), name=f"{CANARY}.jpg"), kind="photograph",
        actor=prosecutor, caption=f"{CANARY} at the gate", right="dossier",
    )  # fmt: skip
    disclosure_scenes.redacted(row, prosecutor, jpeg(21, 21))
    return row


def test_the_name_and_caption_of_a_redacted_file_stay(
    told_case: Case, original: Attachment, prosecutor: User
) -> None:
    assert CANARY.casefold() not in everything(disclosed(told_case, prosecutor))


def test_a_merged_copy_is_not_called_by_its_original(
    told_case: Case, original: Attachment, prosecutor: User
) -> None:
    first = dossiers.request(told_case, actor=prosecutor, is_disclosure=True)
    dossiers.build(first)
    first.refresh_from_db()
    more = dossiers.request(
        told_case, actor=prosecutor, is_disclosure=True, continues=first,
        wishes=Wishes(documents=(original.pk,)),
    )  # fmt: skip
    dossiers.build(more)
    more.refresh_from_db()
    assert more.failure == ""
    assert CANARY.casefold() not in everything(more)


def test_the_inventory_confirms_no_guess(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    """A digest of a text would tell whoever guesses the withheld words of it."""
    one = witnesses.add(told_case, name="Rehema Invented", kind="civilian", actor=investigator)
    told: dict[str, Any] = {"taken_on": told_case.created_at.date(), "actor": investigator}
    statements.record(told_case, witness=one, text=f"{CANARY} paid me", **told)
    made = disclosed(told_case, prosecutor, Asked(words=(CANARY,)))
    for row in made.items.exclude(key__startswith="file:"):
        assert row.served_digest == "" or row.served_digest != row.digest, row.key
    sheet = inventory.sheet_of(told_case, str(made.number), prosecutor)
    said = json.dumps([grid.rows for grid in sheet.grids])
    for row in made.items.filter(key__startswith="statement:"):
        assert row.digest
        assert row.digest not in said


def test_what_is_withheld_while_it_waits_is_not_served(told_case: Case, prosecutor: User) -> None:
    made = dossiers.request(
        told_case, actor=prosecutor, is_disclosure=True,
        wishes=disclosures.wishes_of(told_case, Asked(), prosecutor),
    )  # fmt: skip
    withhold(told_case, prosecutor, "exhibit:E2")
    dossiers.build(made)
    assert made.items.get(key="exhibit:E2").treatment == "withheld"


def test_the_chains_of_what_is_served_are_in_the_bundle(told_case: Case, prosecutor: User) -> None:
    withhold(told_case, prosecutor, "exhibit:E2")
    chains = json.loads(ledger_of(disclosed(told_case, prosecutor)))["chains"]
    assert [one["label"].rpartition("/")[2] for one in chains] == ["E1", "E3"]


def stated(case: Case, actor: User, **fields: Any) -> Any:
    one = witnesses.add(case, name="Rehema Invented", kind="civilian", actor=actor)
    return statements.record(
        case, witness=one, taken_on=case.created_at.date(), actor=actor, **fields
    )


def test_the_paper_of_a_sensitive_statement_is_withheld_with_it(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    paper = files.attach(
        told_case, upload=upload(jpeg(77, 50), name=f"{CANARY}.jpg"), kind="document",
        actor=investigator,
    )  # fmt: skip
    stated(told_case, prosecutor, text="Told", attachment=paper, is_sensitive=True)
    made = disclosed(told_case, prosecutor)
    assert CANARY.casefold() not in everything(made)
    assert made.items.get(key=f"file:{paper.file.digest}").treatment == "withheld"


def test_a_translation_that_is_sensitive_is_withheld(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    said = stated(told_case, investigator, text="Told", language="Swahili")
    put = statements.translate(
        said, language="English", translator="Somebody Invented", text=f"{CANARY} told",
        actor=investigator,
    )  # fmt: skip
    statements.replace(put, correction="It names one", actor=prosecutor, is_sensitive=True)
    assert CANARY.casefold() not in everything(disclosed(told_case, prosecutor))


def test_a_sample_goes_with_what_it_was_taken_from(
    told_case: Case, custodian: User, prosecutor: User
) -> None:
    whole = told_case.exhibits.get(label="E1")
    part = exhibits.take_sample(
        whole, exhibits.Thing(kind=whole.kind, description="Piece", label="E1/S1"), actor=custodian
    )
    withhold(told_case, prosecutor, "exhibit:E1")
    made = disclosed(told_case, prosecutor)
    item = made.items.get(key=f"exhibit:{part.label}")
    assert item.treatment == "withheld"


def test_letters_without_a_shape_are_no_word() -> None:
    assert hidden(["\u0640\u0640", "\u200d\u200d"]).found is None


def test_a_copy_that_is_being_made_again_is_not_served(
    told_case: Case, original: Attachment, prosecutor: User
) -> None:
    """Who begins another one found something in the first."""
    key = f"file:{original.file.digest}"
    Redaction.objects.create(original=original, begun_by=prosecutor)
    found = {one.thing.key: one for one in decisions.read(told_case, prosecutor)}
    assert found[key].treatment == "withheld"
    disclosure_scenes.redacted(original, prosecutor, jpeg(23, 23))
    found = {one.thing.key: one for one in decisions.read(told_case, prosecutor)}
    assert found[key].treatment == "redacted"


def test_what_a_laboratory_found_in_a_withheld_exhibit_is_not_told() -> None:
    thing = snapshot_papers.Examined(
        label="E2", description="Piece", handover="", is_handed_over=True
    )
    asked = snapshot_papers.Examination(
        number=1, laboratory="L", question="Which?", sent_by="A", carried_by="B",
        sent_on=date(2026, 1, 5), mark="full", state="Reported", items=(thing,),
    )  # fmt: skip
    said = snapshot_papers.Comparison(mark="full", sentence="The expert found the same in E2.")
    other = replace(said, sentence="The expert found the same in E3.")
    taken = replace(
        dossier_snapshot.snapshot(dossier_snapshot.Pictures()),
        examinations=(asked,),
        comparisons=(said, other),
    )
    left = withholding.withhold(taken, withholding.Decided(exhibits=frozenset({"E2"})))
    assert (left.examinations, left.comparisons) == ((), (other,))


def test_a_protected_name_goes_though_the_register_bears_it(
    told_case: Case, investigator: User, prosecutor: User
) -> None:
    """The protected witness is a party too: their surname alone is still theirs."""
    name = f"Zawadi {CANARY}"
    origin = Origin("case_document", "Invoice", timezone.localdate(), told_case)
    parties.introduce(
        told_case, NewParty("person", name, "KE"), role=dossier_case.code("party_role"),
        origin=origin, facts=[], actor=investigator,
    )  # fmt: skip
    witnesses.add(told_case, name=name, kind="civilian", is_protected=True, actor=investigator)
    cases.change(
        told_case, actor=investigator, summary=f"Mr {CANARY} called.", reason="For the court"
    )
    assert CANARY.casefold() not in everything(disclosed(told_case, prosecutor))


def test_a_sample_of_a_restricted_exhibit_is_no_line_of_the_inventory(
    told_case: Case, custodian: User, prosecutor: User
) -> None:
    whole = told_case.exhibits.get(label="E1")
    exhibits.take_sample(
        whole, exhibits.Thing(kind=whole.kind, description=CANARY, label="E1/S1"), actor=custodian
    )
    type(whole).objects.filter(pk=whole.pk).update(is_restricted=True)
    made = disclosed(told_case, prosecutor)
    assert made.items.get(key="exhibit:E1/S1").is_sensitive
    assert CANARY not in repr(inventory.sheet_of(told_case, str(made.number), prosecutor))
