"""What a reader may not see of the evidence leaves no trace in the matrix, its alarms and pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework import access
from casework.models import Code, User
from casework.witnesses import statements
from evidence import exhibits
from evidence.proof import alarms
from kyc import parties
from kyc.models import Fact
from kyc.parties import NewParty, Origin
from tests.casework import court_stories as court
from tests.casework.court_stories import Pair
from tests.evidence import proof_scenes, scenes
from tests.evidence.proof_scenes import Scene

SignIn = Callable[[User], Client]


@pytest.fixture
def scene(investigator: User, prosecutor: User, outsider: User) -> Scene:
    """The outsider reads the case: no trust, no register."""
    made = proof_scenes.drafted(Pair(investigator, prosecutor), "Benson Tsofa", "Neema Kai")
    court.join(made.case, outsider, "viewer", made.pair)
    return made


def restricted(scene: Scene) -> Any:
    thing = scene.exhibit(description="Telephone of the informant")
    return exhibits.amend(thing, actor=scene.pair.investigator, is_restricted=True)


def of_protected(scene: Scene) -> Any:
    witness = scene.witness("Hidden Person", is_protected=True)
    return statements.record(
        scene.case, witness=witness, text="I saw it.", taken_on=date(2020, 3, 3),
        actor=scene.pair.investigator,
    )  # fmt: skip


def sensitive(scene: Scene) -> Any:
    return statements.record(
        scene.case, witness=scene.witness(), text="I saw it.", taken_on=date(2020, 3, 3),
        is_sensitive=True, actor=scene.pair.investigator,
    )  # fmt: skip


def of_another_case(scene: Scene) -> Any:
    """A fact of the accused's party that rests on a case which the reader may not see."""
    origin = Origin("case_document", "Customs entry", date(2020, 2, 12))
    role = Code.objects.get(kind="party_role", code="shipper")
    phone = Code.objects.get(kind="fact_kind", code="phone")
    part = parties.introduce(
        scene.case, NewParty("person", "Benson Tsofa", "KE"), role=role, origin=origin,
        facts=[], actor=scene.pair.investigator,
    )  # fmt: skip
    first = scene.case.accused.get(number=1)
    first.party = part.party
    first.save()
    other = court.seized(scene.pair)
    court.join(other, scene.pair.prosecutor, "prosecutor", scene.pair)
    parties.involve(other, part.party, role=role, actor=scene.pair.investigator)
    return Fact.objects.create(
        party=part.party, kind=phone, value="+254 712 345678", source_type="case_document",
        source="Telephone", case=other, as_of=date(2020, 3, 3),
        recorded_by=scene.pair.investigator,
    )  # fmt: skip


HIDDEN = {"restricted": restricted, "protected": of_protected, "sensitive": sensitive,
          "another case": of_another_case}  # fmt: skip


def seen(scene: Scene, reader: User) -> list[Any]:
    """All that the matrix and its alarms tell a reader."""
    found = scene.matrix(reader)
    trial = scene.trial
    trial.case = access.get_case(reader, scene.case.reference)
    cells = [(cell.key, cell.state, [piece.key for piece in cell.pieces]) for cell in found.cells]
    return [cells, alarms.of_proceeding(trial, reader)]


@pytest.mark.parametrize("kind", HIDDEN)
def test_a_hidden_link_leaves_no_trace(scene: Scene, outsider: User, kind: str) -> None:
    thing = HIDDEN[kind](scene)
    before = seen(scene, outsider)
    scene.link(thing, "identity", accused=1)
    assert seen(scene, outsider) == before
    assert scene.cell("identity", 1).state == "linked"
    assert scene.cell("identity", 1, user=outsider).state == "missing"


def test_a_link_through_a_protected_witness_is_hidden_with_its_open_exhibit(
    scene: Scene, outsider: User
) -> None:
    witness = scene.witness("Hidden Person", is_protected=True)
    scene.link(scene.exhibit(), "identity", witness=witness)
    assert scene.cell("identity", user=outsider).pieces == ()


def test_a_judgement_is_for_all_who_read_the_case_whatever_it_rests_on(
    scene: Scene, outsider: User
) -> None:
    """So a cell that is proved by hidden evidence looks like one that needs no evidence."""
    scene.link(restricted(scene), "identity", accused=1)
    scene.judge("proved", "identity", accused=1)
    scene.judge("proved", "identity", accused=2)
    one, two = (scene.cell("identity", n, user=outsider) for n in (1, 2))
    assert (one.state, one.pieces) == (two.state, two.pieces) == ("proved", ())


def test_the_pages_name_nothing_hidden(
    scene: Scene, sign_in: SignIn, outsider: User, prosecutor: User
) -> None:
    thing = restricted(scene)
    scene.link(thing, "identity", note="Names the informant")
    cell = scene.cell("identity")
    pages = [
        reverse("evidence:case-proof", args=[scene.case.reference]),
        reverse("evidence:proof-witnesses", args=[scene.case.reference]),
        reverse("evidence:proof-cell", args=[scene.case.reference, cell.charge.pk,
                                             cell.element.pk]),
        reverse("casework:case", args=[scene.case.reference]),
    ]  # fmt: skip
    trusted, plain = sign_in(prosecutor).get(pages[2]), None
    assert "Names the informant" in trusted.content.decode()
    for url in pages:
        plain = sign_in(outsider).get(url).content.decode()
        assert "Names the informant" not in plain
        assert f">{thing.label}<" not in plain


def test_evidence_that_the_actor_does_not_see_cannot_be_linked(scene: Scene) -> None:
    from casework.errors import RuleBroken

    other = court.seized(scene.pair)
    strange = scenes.exhibit(other, scene.pair.investigator)
    with pytest.raises(RuleBroken, match="evidence of this case"):
        scene.link(strange, "identity")
