"""The tea story before the next hearing: witnesses, what proves what, and what has not come yet."""

from casework.days import needs, summonses
from casework.duties import assistance, authorities, deadlines
from casework.models import Accused, Case, Hearing, Proceeding, Witness
from casework.procedure import steps
from casework.sentencing import custody
from casework.witnesses import admissions, statements, witnesses
from evidence.in_court import marks
from evidence.models import Exhibit
from evidence.proof import links, matrix, suggestions
from evidence.proof.matrix import Cell
from evidence.reading import of_case
from search.demo import trial
from search.demo.cast import Cast
from search.demo.stage import at, code, day
from search.demo.tea import SEIZED

# Of the points that evidence is linked to: what the prosecutor makes of them.
PROVED = ("trophy", "species", "place_date", "quantity", "concealment")
CONTESTED = {"continuity": "The seal of E3 was found cut; the defence asks who had it that night."}


def tell(cast: Cast, case: Case) -> None:
    proceeding = case.proceedings.get()
    people = trial.people_of(case)
    _arrested(cast, people)
    called = _witnesses(cast, case)
    _statements(cast, case, called)
    _abroad(cast, case)
    _absconded(cast, case, people[2])
    for kind, days in (("disclosed", 18), ("opened", 130)):
        with at(SEIZED - days, "12:40"):
            steps.take(proceeding, kind=kind, happened_on=day(SEIZED - days), actor=cast.prosecutor)
    with at(33, "09:40"):
        admissions.record(
            people[0], what="A1 filed the export entry with the customs system.",
            made_on=day(33), actor=cast.prosecutor,
        )  # fmt: skip
    _proof(cast, case, proceeding)
    _next_hearing(cast, proceeding, called)
    _in_court(cast, case, proceeding, called["officer"])


def _arrested(cast: Cast, people: list[Accused]) -> None:
    for person in people:
        for kind, days in (("arrested", 5), ("arraigned", 6), ("bailed", 7)):
            with at(SEIZED - days, "13:20"):
                custody.record(
                    person, kind=kind, happened_on=day(SEIZED - days), place="Mombasa",
                    actor=cast.prosecutor,
                )  # fmt: skip


def _witnesses(cast: Cast, case: Case) -> dict[str, Witness]:
    told = (
        ("scanner", "Insp. Ali Mwakio", "officer", cast.customs_officer, "PW1",
         "What the scanner showed at 05:40, and the opening of the container"),
        ("officer", "Sgt Amina Wekesa", "officer", cast.investigator, "PW2",
         "Seizure, count, weighing and photographs; place and day"),
        ("keeper", "Joseph Kilonzi", "officer", cast.custodian, "PW3",
         "Who held the exhibits since; the seals"),
        ("expert", "Dr Esther Rono", "expert", cast.expert, "",
         "The species of the tusks and pieces"),
        ("docker", "Hamisi Omar Kitsao", "civilian", None, "",
         "Two lorries at night at Plot 41; who gave the orders"),
        ("bank", "Beatrice Chelagat", "official", None, "",
         "Who paid the clearing of the container"),
    )  # fmt: skip
    made = {}
    with at(SEIZED - 60, "10:15"):
        for key, name, kind, user, number, proves in told:
            made[key] = witnesses.add(
                case, name=name, kind=kind, user=user, court_number=number, proves=proves,
                language="Swahili" if key == "docker" else "English", actor=cast.prosecutor,
            )  # fmt: skip
        witnesses.add(
            case, name="A guard of the night shift", kind="civilian", is_protected=True,
            proves="Saw the seal changed", actor=cast.prosecutor,
        )  # fmt: skip
    return made


def _statements(cast: Cast, case: Case, called: dict[str, Witness]) -> None:
    said = (
        ("scanner", 0, "The picture showed dense curved masses behind the first two rows of bags."),
        ("officer", 1, "We cut the seal before two witnesses, counted 187 pieces, weighed them."),
        ("docker", 24, "Malori mawili yalikuja usiku. Bwana Rabare alitoa amri ya kupakia."),
    )  # fmt: skip
    for key, days, text in said:
        with at(SEIZED - days, "17:30"):
            statements.record(
                case, witness=called[key], taken_on=day(SEIZED - days), text=text, is_signed=True,
                taken_by="Sgt Amina Wekesa", place="Mombasa", language=called[key].language,
                actor=cast.investigator,
            )  # fmt: skip


def _abroad(cast: Cast, case: Case) -> None:
    """The consignee's country was asked two years ago for its company file."""
    with at(SEIZED - 100, "09:00"):
        request = assistance.draft(
            case, country="VN", partner="Prosecutor's office, Hai Phong",
            what="The company file of the consignee, and who paid the freight.",
            through="Central authority", form=code("evidence_form", "certified_copy"),
            form_note="Translated into English", due_on=day(-3), actor=cast.prosecutor,
        )  # fmt: skip
    for state, days, note in (
        ("sent", SEIZED - 112, "By diplomatic bag"),
        ("acknowledged", SEIZED - 190, "They ask for the bill of lading once more."),
        ("acknowledged", 88, "Reminder sent; no answer."),
    ):
        with at(days, "10:30"):
            assistance.step(
                request, state=state, happened_on=day(days), note=note, actor=cast.prosecutor
            )


def _absconded(cast: Cast, case: Case, accused: Accused) -> None:
    with at(150, "12:45"):
        custody.record(
            accused, kind="absconded", happened_on=day(150), actor=cast.prosecutor,
            note="Did not come; the surety does not know where he is.",
        )  # fmt: skip
        authorities.add(
            case, kind=code("authority_kind", "bench_warrant"), number="W 118/77",
            issued_on=day(150), accused=accused, issuer="Hon. R. Achola",
            scope="To arrest A3 and bring him before Court 3.", actor=cast.prosecutor,
        )  # fmt: skip


def _proof(cast: Cast, case: Case, proceeding: Proceeding) -> None:
    """What the record offers is taken over for the first two counts, and judged."""
    reading = of_case(case, cast.prosecutor)
    with at(31, "15:00"):
        for one in matrix.of(proceeding, reading).counts[:2]:
            offers = suggestions.of(one, suggestions.read(case, reading))
            if offers:
                links.take_over(case, offers=suggestions.grouped(offers), actor=cast.prosecutor)
    with at(31, "16:10"):
        for one in matrix.of(proceeding, reading).counts[:2]:
            for cell in one.cells:
                _judge(cast, case, cell)


def _judge(cast: Cast, case: Case, cell: Cell) -> None:
    if not cell.pieces:
        return
    point = [(cell.charge, cell.element)]
    if cell.element.code in PROVED:
        links.judge(case, points=point, state="proved", actor=cast.prosecutor)
    elif cell.element.code in CONTESTED:
        note = CONTESTED[cell.element.code]
        links.judge(case, points=point, state="contested", note=note, actor=cast.prosecutor)


def _next_hearing(cast: Cast, proceeding: Proceeding, called: dict[str, Witness]) -> None:
    """The expert is served, the dock worker could not be found; an interpreter is still wanted."""
    hearing = Hearing.objects.get(proceeding=proceeding, state=Hearing.State.LISTED)
    with at(20, "11:00"):
        made = summonses.issue(
            hearing, [called["expert"], called["docker"]], issued_on=day(20), actor=cast.prosecutor
        )
        for kind, key in (("expert", "expert"), ("witness", "docker"), ("witness", "bank")):
            needs.add(hearing, kind=kind, witness=called[key], actor=cast.prosecutor)
        needs.add(hearing, kind="interpreter", language="Swahili", actor=cast.prosecutor)
    with at(12, "16:20"):
        by_witness = {one.witness_id: one for one in made}
        summonses.record(
            by_witness[called["expert"].pk], state="served", served_on=day(13),
            served_by="Cpl Juma Barasa", actor=cast.prosecutor,
        )  # fmt: skip
        summonses.record(
            by_witness[called["docker"].pk], state="not_found", actor=cast.prosecutor,
            note="Has left the address; his brother will ask.",
        )  # fmt: skip
    with at(10, "09:00"):
        deadlines.add(
            proceeding.case, title="Disclose the report on the telephone of A1",
            due_on=day(-2), assigned_to=cast.prosecutor, proceeding=proceeding,
            actor=cast.prosecutor,
        )  # fmt: skip


def _in_court(cast: Cast, case: Case, proceeding: Proceeding, officer: Witness) -> None:
    """E1 was shown by the second witness; the court has not taken it in yet."""
    hearing = Hearing.objects.get(proceeding=proceeding, note__startswith="PW2 and PW3")
    shown = Exhibit.objects.get(case=case, label="E1")
    with at(383, "12:50"):
        for kind, number in (("marked", "MFI 1"), ("produced", "MFI 1")):
            marks.record(
                shown, proceeding=proceeding, hearing=hearing, kind=kind, court_number=number,
                witness=officer, actor=cast.prosecutor,
            )  # fmt: skip
