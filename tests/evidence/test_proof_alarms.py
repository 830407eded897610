"""Each alarm from the record that raises it, and what ends it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework import access, hearings
from casework.models import AssistanceRequest, Code, Provision, Summons, Taxon, User
from casework.witnesses import admissions, statements, witnesses
from evidence.papers import alarms as species
from evidence.proof import alarms, proof_lacks
from evidence.proof.alarms import Alarm
from evidence.reading import all_of
from tests.casework import court_stories as court
from tests.casework.court_stories import Pair
from tests.evidence import proof_scenes
from tests.evidence.proof_scenes import Scene
from tests.evidence.test_laboratory import report, send


@pytest.fixture
def scene(investigator: User, prosecutor: User) -> Scene:
    return proof_scenes.drafted(Pair(investigator, prosecutor), "Benson Tsofa", "Neema Kai")


def told(scene: Scene) -> dict[str, Alarm]:
    prosecutor = scene.pair.prosecutor
    trial = scene.trial
    trial.case = access.get_case(prosecutor, scene.case.reference)
    return {alarm.code: alarm for alarm in alarms.of_proceeding(trial, prosecutor)}


def said(scene: Scene, language: str = "", **more: Any) -> Any:
    witness = scene.witness(**more)
    return statements.record(
        scene.case, witness=witness, text="I saw it.", taken_on=date(2020, 3, 3),
        language=language, actor=scene.pair.investigator,
    )  # fmt: skip


def test_a_new_draft_lacks_a_report_first_and_then_the_link_to_each_accused(scene: Scene) -> None:
    found = list(told(scene).values())
    assert [alarm.code for alarm in found] == ["no_report", "no_link", "missing"]
    assert found[0].charges == "Count 1: all accused"


def test_a_report_that_is_linked_ends_the_first(scene: Scene) -> None:
    tusk = scene.exhibit()
    officer = scene.pair.investigator
    made = report(send(scene.case, officer, tusk), officer, "Loxodonta africana")
    for code in ("species", "trophy", "quantity"):
        scene.link(made, code)
    assert "no_report" not in told(scene)


def test_hippopotamus_found_where_elephant_is_charged_is_said(scene: Scene) -> None:
    tusk, officer = scene.exhibit(), scene.pair.investigator
    elephant = Taxon.objects.get(scientific_name="Loxodonta africana")
    count = scene.charges[0].count
    species.name_species(count, taxon=elephant, exhibits=[tusk], actor=scene.pair.prosecutor)
    report(send(scene.case, officer, tusk), officer, "Hippopotamus amphibius")
    assert "Hippopotamus" in told(scene)["contradicted"].title


def test_a_weight_without_the_scale_s_certificate_is_said(scene: Scene) -> None:
    scene.link(scene.exhibit(), "quantity")
    assert "KP-118" in told(scene)["no_certificate"].title


def test_a_thing_needs_somebody_who_brings_it_in(scene: Scene) -> None:
    made = scene.link(scene.exhibit(), "continuity")
    assert "E1" in told(scene)["no_witness"].title
    from evidence.proof import links

    links.bring_in(
        scene.case, links=[row.pk for row in made], witness=scene.witness(),
        actor=scene.pair.prosecutor,
    )  # fmt: skip
    assert "no_witness" not in told(scene)
    assert scene.cell("continuity").pieces[0].witness is not None


def test_a_witness_is_to_be_summoned_once_a_day_is_listed(scene: Scene) -> None:
    row = said(scene)
    scene.link(row, "possession")
    assert "not_summoned" not in told(scene)
    hearing = hearings.schedule(
        scene.trial, kind=Code.objects.get(kind="hearing_type", code="hearing"),
        starts_at=timezone.now() + timedelta(days=9), actor=scene.pair.prosecutor,
    )  # fmt: skip
    assert "Salim Mwero" in told(scene)["not_summoned"].title
    Summons.objects.create(
        witness=row.witness, hearing=hearing, issued_on=timezone.localdate(),
        recorded_by=scene.pair.prosecutor,
    )  # fmt: skip
    assert "not_summoned" not in told(scene)


def test_points_that_rest_on_a_dropped_witness_are_said(scene: Scene) -> None:
    row = said(scene)
    scene.link(row, "possession")
    witnesses.drop(row.witness, why="She left the country.", actor=scene.pair.prosecutor)
    assert told(scene)["dropped"].mark == "cross"


def test_a_statement_in_another_language_needs_its_translation(scene: Scene) -> None:
    row = said(scene, language="Vietnamese")
    scene.link(row, "possession")
    assert "Vietnamese" in told(scene)["no_translation"].title
    statements.translate(
        row, language="English", translator="Hoa Invented", text="I saw it.",
        actor=scene.pair.investigator,
    )  # fmt: skip
    assert "no_translation" not in told(scene)


def test_a_statement_in_a_language_of_the_court_needs_none(scene: Scene) -> None:
    scene.link(said(scene, language="Kiswahili"), "possession")
    assert "no_translation" not in told(scene)


def test_evidence_from_abroad_that_is_outstanding_is_said(scene: Scene) -> None:
    form = Code.objects.kind("evidence_form").earliest("position")
    AssistanceRequest.objects.create(
        case=scene.case, number=1, country="VN", partner="Invented Ministry", form=form,
        due_on=date(2020, 9, 1), state="sent", recorded_by=scene.pair.prosecutor,
    )  # fmt: skip
    assert "Invented Ministry" in told(scene)["foreign_evidence"].title


def test_an_admission_that_is_taken_back_no_longer_helps(scene: Scene) -> None:
    row = admissions.record(
        scene.case.accused.get(number=1), what="I drove.", made_on=date(2020, 4, 1),
        actor=scene.pair.prosecutor,
    )  # fmt: skip
    scene.link(row, "possession")
    assert "admission_withdrawn" not in told(scene)
    admissions.take_back(row, correction="He denies it now.", actor=scene.pair.prosecutor)
    assert "A1" in told(scene)["admission_withdrawn"].title


def test_a_statement_that_is_replaced_is_to_be_linked_anew(scene: Scene) -> None:
    row = said(scene)
    scene.link(row, "possession")
    statements.replace(
        row, correction="A page was missing.", text="I saw both.", actor=scene.pair.investigator
    )
    assert "replaced" in told(scene)


def test_a_contested_point_and_one_nobody_judged_are_said_last(scene: Scene) -> None:
    scene.link(said(scene), "possession")
    scene.judge("contested", "identity", note="He has an alibi.")
    assert list(told(scene))[-2:] == ["contested", "not_judged"]


def test_a_section_without_points_says_whom_to_ask(scene: Scene, client: Any) -> None:
    Provision.objects.filter(section="92(4)").update(proof_template="")
    assert list(told(scene)) == ["no_points"]
    client.force_login(scene.pair.prosecutor)
    body = client.get(f"/cases/{scene.case.reference}/proof/").content.decode()
    assert "A legal officer chooses them" in body


def test_a_legal_officer_who_reads_the_case_is_led_to_the_law(
    scene: Scene, client: Any, legal: User
) -> None:
    provision = Provision.objects.get(section="92(4)")
    Provision.objects.filter(pk=provision.pk).update(proof_template="")
    court.join(scene.case, legal, "viewer", scene.pair)
    client.force_login(legal)
    body = client.get(f"/cases/{scene.case.reference}/proof/").content.decode()
    assert f"/law/provisions/{provision.pk}/change/" in body
    assert client.get(f"/law/provisions/{provision.pk}/change/").status_code == 200


def test_a_decided_charge_alarms_nobody(scene: Scene) -> None:
    court.file_sheet(scene.trial, scene.pair)
    court.plead(scene.charges, scene.pair, plea="guilty")
    court.decide(dict.fromkeys(scene.charges, "convicted_plea"), scene.pair)
    assert told(scene) == {}


def test_the_elements_are_those_of_the_law_on_the_day_of_the_offence(scene: Scene) -> None:
    from casework.models import Element

    Element.objects.filter(template="possession", code="no_permit").update(
        valid_from=date(2021, 1, 1)
    )
    assert "no_permit" not in {cell.element.code for cell in scene.matrix().cells}


def test_what_a_case_lacks_counts_its_points(scene: Scene, prosecutor: User) -> None:
    scene.judge("contested", "identity", note="He has an alibi.")
    lines = proof_lacks.of_cases([scene.case], all_of(prosecutor))[scene.case.pk]
    assert [line.title for line in lines] == [
        "9 points to prove have nothing behind them", "1 point to prove is contested",
    ]  # fmt: skip
