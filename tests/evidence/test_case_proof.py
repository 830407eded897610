"""The matrix of the points to prove: what its cells say, and who may change them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import AuditEntry, User
from evidence.models import ProofJudgement, ProofLink
from evidence.proof import links
from tests.casework.court_stories import Pair
from tests.evidence import proof_scenes
from tests.evidence.proof_scenes import Scene

SignIn = Callable[[User], Client]


@pytest.fixture
def scene(investigator: User, prosecutor: User) -> Scene:
    return proof_scenes.drafted(Pair(investigator, prosecutor), "Benson Tsofa", "Neema Kai")


def test_a_new_draft_shows_every_element_of_its_section_as_missing(scene: Scene) -> None:
    cells = scene.matrix().cells
    assert {cell.state for cell in cells} == {"missing"}
    assert {"identity", "possession", "species", "no_permit"} <= {c.element.code for c in cells}


def test_an_element_about_the_person_has_a_cell_for_each_accused(scene: Scene) -> None:
    (one,) = scene.matrix().counts
    spans = {row.element.code: (len(row.cells), row.span) for row in one.rows}
    assert spans["identity"] == (2, 1)
    assert spans["species"] == (1, 2)


def test_linked_evidence_proves_nothing_by_itself(scene: Scene) -> None:
    scene.link(scene.exhibit(), "continuity")
    cell = scene.cell("continuity")
    assert cell.state == "linked"
    assert [piece.words for piece in cell.pieces] == ["E1"]


def test_the_prosecutor_says_what_it_is_worth_and_may_say_otherwise(scene: Scene) -> None:
    scene.judge("proved", "identity", accused=2)
    scene.judge("contested", "identity", accused=2, note="He names another.")
    assert scene.cell("identity", accused=2).state == "contested"
    assert scene.cell("identity", accused=1).state == "missing"
    assert ProofJudgement.objects.count() == 2


def test_a_contested_point_wants_its_reason(scene: Scene) -> None:
    from casework.errors import RuleBroken

    with pytest.raises(RuleBroken, match="Say why"):
        scene.judge("contested", "identity")


def test_what_is_the_same_for_all_is_linked_for_all(scene: Scene) -> None:
    made = scene.link(scene.exhibit(), "continuity")
    assert {row.charge for row in made} == set(scene.charges)
    assert len(scene.cell("continuity").pieces) == 1


def test_the_charge_of_each_accused_leads_to_what_is_the_same_for_all(
    scene: Scene, sign_in: SignIn
) -> None:
    """A search finds what was said of it once for each."""
    client, element = sign_in(scene.pair.prosecutor), scene.cell("continuity").element
    for charge in scene.charges:
        here = [scene.case.reference, charge.pk, element.pk]
        shown = client.get(reverse("evidence:proof-cell", args=here))
        assert shown.status_code == 200
        assert "all accused: The thing in court" in shown.content.decode()


def test_a_link_is_made_once(scene: Scene) -> None:
    thing = scene.exhibit()
    scene.link(thing, "continuity")
    assert scene.link(thing, "continuity") == []


def test_what_is_taken_away_stays_on_record(scene: Scene) -> None:
    made = scene.link(scene.exhibit(), "continuity")
    links.remove(scene.case, links=[row.pk for row in made], actor=scene.pair.prosecutor)
    assert scene.cell("continuity").state == "missing"
    assert ProofLink.objects.count() == 2 * len(made)


def test_an_accused_may_leave_a_draft_with_the_evidence_linked(scene: Scene) -> None:
    from casework import charges

    scene.link(scene.exhibit(), "identity", accused=2)
    scene.link(scene.exhibit(), "continuity")
    count = scene.charges[0].count
    first = scene.case.accused.get(number=1)
    charges.change_count(count, accused=[first], actor=scene.pair.prosecutor)
    (one,) = scene.matrix().counts
    assert [person.number for person in one.accused] == [1]
    assert scene.cell("continuity").state == "linked"


def test_a_count_may_leave_a_draft_with_what_was_judged(scene: Scene) -> None:
    from casework import charges

    made = scene.link(scene.exhibit(), "continuity")
    links.remove(scene.case, links=[row.pk for row in made], actor=scene.pair.prosecutor)
    scene.judge("proved", "identity")
    scene.judge("missing", "identity")
    charges.remove_count(scene.charges[0].count, actor=scene.pair.prosecutor)
    assert scene.matrix().counts == ()
    assert not ProofLink.objects.exists()


def test_every_act_is_in_the_audit(scene: Scene) -> None:
    made = scene.link(scene.exhibit(), "continuity")
    scene.judge("proved", "continuity")
    links.remove(scene.case, links=[made[0].pk], actor=scene.pair.prosecutor)
    acts = AuditEntry.objects.filter(action__startswith="proof.").values_list("action", flat=True)
    assert set(acts) == {"proof.link", "proof.judge", "proof.unlink"}


def test_the_page_shows_the_matrix_and_lets_the_prosecutor_judge(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    browser = sign_in(prosecutor)
    cell = scene.cell("species")
    url = reverse("evidence:proof-cell", args=[scene.case.reference, cell.charge.pk,
                                               cell.element.pk])  # fmt: skip
    body = browser.get(url).content.decode()
    assert "It is of the species charged" in body
    sent = {"act": "judge", "j-state": "not_needed", "j-note": "Admitted in court."}
    answer = browser.post(url, sent, follow=True)
    assert "Admitted in court." in answer.content.decode()
    assert scene.cell("species").state == "not_needed"


def test_a_reader_sees_the_matrix_and_changes_nothing(
    scene: Scene, sign_in: SignIn, investigator: User
) -> None:
    browser = sign_in(investigator)
    cell = scene.cell("species")
    args = [scene.case.reference, cell.charge.pk, cell.element.pk]
    url = reverse("evidence:proof-cell", args=args)
    assert "Link evidence" not in browser.get(url).content.decode()
    assert browser.post(url, {"act": "judge", "j-state": "proved"}).status_code == 403


def test_several_things_are_linked_to_several_points_at_once(
    scene: Scene, sign_in: SignIn, prosecutor: User
) -> None:
    things = [scene.exhibit(), scene.exhibit()]
    first, second = scene.cell("possession", 1), scene.cell("possession", 2)
    url = reverse("evidence:proof-cell", args=[scene.case.reference, first.charge.pk,
                                               first.element.pk])  # fmt: skip
    sent = {"act": "link", "l-evidence": [f"exhibit-{one.pk}" for one in things],
            "l-also": [second.key], "l-note": "In his store"}  # fmt: skip
    sign_in(prosecutor).post(url, sent)
    assert len(scene.cell("possession", 2).pieces) == 2
    assert scene.cell("possession", 1).pieces[0].note == "In his store"
