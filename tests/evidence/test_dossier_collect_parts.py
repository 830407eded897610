"""What a dossier reads of proof, witnesses, statements, copies, court marks and red flags."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import access, cases
from casework.days import summonses
from casework.models import Case, Code, Element, Indicator, Proceeding, User
from casework.witnesses import admissions, statements, witnesses
from evidence import files
from evidence.court_papers.exhibits import exhibit_list
from evidence.dossier import snapshot
from evidence.dossier.snapshot import Snapshot
from evidence.filestore import copies
from evidence.in_court import marks
from evidence.issuing import build, dossiers, papers
from evidence.models import Attachment, Dossier, Exhibit
from evidence.proof import links
from kyc import parties
from kyc.models import Party
from kyc.parties import NewParty, Origin
from kyc.redflags import flag_board, flags
from tests.casework import court_stories as court
from tests.evidence import dossier_case, scenes
from tests.evidence.pictures import jpeg, upload

TODAY = timezone.localdate
SECRET = "Zuberi Hidden"
WHISPER = "The whisper in the yard"


@dataclass
class Story:
    """A case with everything that this module reads, and who works on it."""

    case: Case
    investigator: User
    prosecutor: User
    trial: Proceeding

    def exhibit(self, **more: Any) -> Exhibit:
        return scenes.exhibit(self.case, self.investigator, **more)

    def witness(self, name: str, **more: Any) -> Any:
        return witnesses.add(self.case, name=name, actor=self.prosecutor, **more)

    def stated(self, witness: Any, text: str, **more: Any) -> Any:
        return statements.record(
            self.case, witness=witness, text=text, taken_on=TODAY(), actor=self.prosecutor, **more
        )

    def link(self, thing: Any, witness: Any = None) -> None:
        charge = self.trial.charge_sheets.get().counts.get().charges.earliest("pk")
        element = Element.objects.filter(template=charge.count.provision.proof_template).earliest(
            "pk"
        )
        points = [(charge, element)]
        links.link(self.case, things=[thing], points=points, witness=witness, actor=self.prosecutor)

    def mark(self, exhibit: Exhibit, number: str = "MFI 3", **more: Any) -> None:
        marks.record(
            exhibit, proceeding=self.trial, kind="marked", happened_on=TODAY(),
            court_number=number, actor=self.prosecutor, **more,
        )  # fmt: skip

    def copied(self, attachment: Attachment) -> None:
        step = copies.Copy(
            from_medium="Card", to_medium="Computer", person="Sgt Wekesa",
            happened_at=timezone.now(),
        )  # fmt: skip
        copies.record(attachment, step, actor=self.investigator)

    def grow(self, number: int) -> None:
        """One more of everything."""
        thing = self.exhibit(description=f"Thing {number}")
        self.copied(dossier_case.photograph(thing, self.investigator, 100 + number))
        one = self.witness(f"Witness {number}")
        said = self.stated(one, f"I saw it {number} times.")
        statements.translate(
            said, language="English", translator="A. Interpreter", text="Once.",
            actor=self.prosecutor,
        )  # fmt: skip
        self.link(thing, one)
        self.link(said)
        self.mark(thing, f"MFI {40 + number}", witness=one)
        hearing = self.trial.hearings.earliest("pk")
        summonses.issue(hearing, [one], issued_on=TODAY(), actor=self.prosecutor)
        self.party(f"Firm {number}")

    def party(self, name: str) -> Party:
        origin = Origin("register", "Companies register", TODAY())
        formed = Code.objects.get(kind="fact_kind", code="incorporation_date")
        part = parties.introduce(
            self.case, NewParty("firm", name, "KE"), role=dossier_case.code("party_role"),
            origin=origin, facts=[(formed, TODAY().isoformat())], actor=self.investigator,
        )  # fmt: skip
        return part.party


@pytest.fixture
def story(told_case: Case, investigator: User, prosecutor: User) -> Story:
    trial = Proceeding.objects.get(case=told_case)
    return Story(told_case, investigator, prosecutor, trial)


def taken(story: Story, *, is_disclosure: bool = False) -> Snapshot:
    dossier = dossiers.request(story.case, actor=story.prosecutor)
    Dossier.objects.filter(pk=dossier.pk).update(is_disclosure=is_disclosure)
    dossier.refresh_from_db()
    try:
        case = access.get_case(story.prosecutor, story.case.reference)
        return build.take(dossier, case)[0]
    finally:
        dossiers._fail(dossier, "only read")


def less_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    roles = dict(access.ROLES) | {"prosecutor": access.ROLES["prosecutor"] - {"view_sensitive"}}
    for module in ("casework.roles", "casework.access"):
        monkeypatch.setattr(f"{module}.ROLES", roles)


def test_the_matrix_is_read_with_its_evidence(story: Story) -> None:
    one = story.witness("Salim Mwero", proves="The opening")
    story.link(story.case.exhibits.get(label="E1"), one)
    story.link(story.stated(one, "I opened it."))
    found = taken(story)
    pieces = [piece for cell in found.proof[0].cells for piece in cell.pieces]
    assert [(piece.exhibit, piece.statement, piece.witness) for piece in pieces] == [
        ("E1", 0, "W1"), ("", 1, "W1"),
    ]  # fmt: skip
    assert any(cell.state == "missing" for cell in found.proof[0].cells)


def test_witnesses_and_statements_name_each_other(story: Story) -> None:
    one = story.witness("Salim Mwero", proves="The opening", contact="+254 700 999999")
    story.stated(one, "I opened it.", taken_by="Sgt Wekesa")
    person = story.case.accused.earliest("number")
    statements.record(
        story.case, accused=person, text="I deny it.", taken_on=TODAY(), actor=story.prosecutor
    )
    found = taken(story)
    assert [(w.label, w.name, w.statements) for w in found.witnesses] == [
        ("W1", "Salim Mwero", (1,))
    ]
    assert [(s.number, s.witness, s.accused) for s in found.statements] == [
        (1, "W1", 0), (2, "", person.number),
    ]  # fmt: skip
    assert b"+254 700 999999" not in snapshot.canonical(found)


def test_what_an_accused_admits_is_read(story: Story) -> None:
    person = story.case.accused.earliest("number")
    admissions.record(person, made_on=TODAY(), what="I signed it.", actor=story.prosecutor)
    assert [one.what for one in taken(story).admissions] == ["I signed it."]


def test_every_copy_is_read_with_its_certificate(story: Story) -> None:
    photo = Attachment.objects.filter(case=story.case).earliest("pk")
    story.copied(photo)
    found = taken(story)
    record = next(one for one in found.electronic if one.digest == photo.file.digest)
    assert [step.what for step in record.steps] == ["copied", "taken in"]
    assert [step.certificate.mark if step.certificate else "" for step in record.steps] == [
        "open", "",
    ]  # fmt: skip
    assert all(line.is_electronic for line in found.certificates if "copied" in line.thing)


def test_court_marks_stand_with_their_exhibit(story: Story) -> None:
    story.mark(story.case.exhibits.get(label="E2"))
    first, second, _third = taken(story).exhibits
    assert first.court_marks == ()
    assert [(one.kind, one.number) for one in second.court_marks] == [
        ("Marked for identification", "MFI 3")
    ]


def test_what_the_court_of_another_case_did_is_not_told(story: Story) -> None:
    pair = court.Pair(story.investigator, story.prosecutor)
    other = court.opened(court.accepted(court.seized(pair), pair), pair, number="CR 9/2020")
    marks.record(
        story.case.exhibits.get(label="E2"), proceeding=other, kind="marked",
        happened_on=TODAY(), court_number="MFI 77", actor=story.prosecutor,
    )  # fmt: skip
    assert "MFI 77" not in str(taken(story).exhibits)
    case = access.get_case(story.prosecutor, story.case.reference)
    assert "MFI 77" not in str(exhibit_list(case, "all", story.prosecutor))


def hide(story: Story) -> None:
    """A protected witness, a sensitive statement, a restricted exhibit, each used everywhere."""
    hidden = story.witness(SECRET, is_protected=True, proves="Saw it", position="Neighbour Ngumi")
    paper = files.attach(
        story.case, upload=upload(jpeg(90, 30), "zuberi-hidden.jpg"), kind="photograph",
        actor=story.investigator, is_sensitive=True,
    )  # fmt: skip
    story.link(story.stated(hidden, WHISPER, attachment=paper))
    thing = story.exhibit(description="Secret ledger of Kito")
    story.mark(thing, witness=hidden)
    story.link(thing, hidden)
    known = story.witness("Salim Mwero")
    story.stated(known, "A sensitive word", is_sensitive=True)
    Exhibit.objects.filter(pk=thing.pk).update(is_restricted=True)


TRACES = [SECRET, "zuberi-hidden", WHISPER, "Ngumi"]


def test_a_protected_witness_is_a_cipher_for_those_who_may_know(story: Story) -> None:
    hide(story)
    found = taken(story)
    (cipher,) = [one for one in found.witnesses if one.is_protected]
    assert (cipher.label, cipher.name, cipher.position) == ("X1", "", "")
    text = snapshot.canonical(found).decode()
    assert [trace for trace in TRACES if trace in text] == []
    assert "A sensitive word" in text
    assert found.has_sensitive
    offered = papers.of(story.case, story.prosecutor)
    assert [row.name for row in offered if "zuberi" in row.name] == []


def test_the_less_trusted_builder_finds_no_trace(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(story)
    less_trusted(monkeypatch)
    found = taken(story)
    text = snapshot.canonical(found).decode()
    hidden = [*TRACES, "A sensitive word", "Secret ledger", '"X1', "X1 "]
    assert [trace for trace in hidden if trace in text] == []
    assert not found.has_sensitive
    assert [one.label for one in found.witnesses] == ["W1"]


def test_a_disclosure_never_knows_of_the_protected(story: Story) -> None:
    hide(story)
    found = taken(story, is_disclosure=True)
    text = snapshot.canonical(found).decode()
    assert [trace for trace in [*TRACES, "A sensitive word", '"X1', "X1 "] if trace in text] == []
    assert found.proof == ()


def test_the_same_queries_for_few_and_for_many(story: Story) -> None:
    counts = []
    for first, last in ((0, 3), (3, 12)):
        for number in range(first, last):
            story.grow(number)
        taken(story)
        with CaptureQueriesContext(connection) as queries:
            taken(story)
        of_tree = [query for query in queries if "evidence_ledger" in query["sql"]]
        counts.append(len(queries) - len(of_tree))
    assert counts[0] == counts[1]


def test_red_flags_stand_with_what_they_are_about(story: Story) -> None:
    firm = story.party("Young Firm Ltd")
    board = flag_board.board(access.get_case(story.prosecutor, story.case.reference),
                             story.prosecutor)  # fmt: skip
    raised = next(one for one in board.raised if one.flag and one.subject.party == firm.pk)
    seen = raised.flag.digest if raised.flag else ""
    flags.dismiss(
        story.case, raised.indicator.code, raised.subject.key, seen=seen,
        reason="A new branch of an old firm", actor=story.investigator,
    )  # fmt: skip
    party = next(one for one in taken(story).parties if one.name == "Young Firm Ltd")
    told = next(one for one in party.flags if one.label == raised.indicator.label)
    assert (told.mark, told.standing) == ("later", "Dismissed")
    assert told.answer.endswith("A new branch of an old firm")
    assert told.sentences


def test_flags_that_rest_on_another_case_are_not_this_courts(story: Story) -> None:
    firm = story.party("Young Firm Ltd")
    other = cases.open_case(title="Another case", tier="port", actor=story.investigator)
    access.grant(
        other, role="prosecutor", to=story.prosecutor, actor=story.investigator, reason="Both"
    )
    Case.objects.filter(pk=other.pk).update(created_at="2020-01-01T00:00:00Z")
    scenes.seizure(other, story.investigator, days_ago=900)
    parties.involve(
        other, firm, role=Code.objects.get(kind="party_role", code="shipper"),
        actor=story.investigator,
    )  # fmt: skip
    board = flag_board.board(access.get_case(story.prosecutor, story.case.reference),
                             story.prosecutor)  # fmt: skip
    points = [p for one in board.raised for e in one.evidence for p in e.points]
    assert any(point.kind == "case" for point in points), "the board knows of the other case"
    assert other.reference.encode() not in snapshot.canonical(taken(story))


def test_what_a_person_ticked_is_told_with_their_note(story: Story) -> None:
    dog = Indicator.objects.get(code="C12")
    flags.tick(story.case, dog, note="The dog sat down", actor=story.investigator)
    (flag,) = taken(story).flags
    assert flag.answer.endswith("The dog sat down")
