"""Documents of witnesses and summonses, statements and admissions.

Of a protected witness nothing is found by those who may not know of them. How to reach a witness
is read by those alone who write in the case, and is found by nobody.
"""

from casework.models import Admission, Statement, Summons, Witness
from search.documents.content import Content, Need, Source, moment, parts, present
from search.documents.words import choice, values


def read_witness(witness: Witness) -> Content:
    kind = choice(witness, "kind")
    return Content(
        case=witness.case_id,
        title=witness.name,
        parts=parts(
            ("proves", witness.proves),
            ("position", witness.position),
            ("language", witness.language),
            ("number", present(witness.label, witness.court_number)),
            ("why_not_called", witness.dropped_why),
        ),
        date=witness.added_at,
        identifiers=present(witness.label, witness.court_number),
        need=_need(witness.is_protected),
        names=(witness.name,),
        values=values(kind=kind, role=kind),
    )


def read_statement(statement: Statement) -> Content:
    witness, accused, paper = statement.witness, statement.accused, statement.attachment
    person = (witness or accused).name  # type: ignore[union-attr]  # one of them, by a constraint
    hidden = statement.is_sensitive or (witness is not None and witness.is_protected)
    if paper is not None:
        hidden |= paper.is_sensitive or (paper.exhibit is not None and paper.exhibit.is_restricted)
    return Content(
        case=statement.case_id,
        title=person,
        parts=parts(
            ("statement", statement.text),
            ("taken_by", statement.taken_by),
            ("translator", statement.translator),
            ("place", statement.place),
            ("language", statement.language),
        ),
        date=moment(statement.taken_on),
        need=_need(hidden),
        names=present(person, statement.taken_by, statement.translator),
        values=values(place=statement.place),
    )


def read_admission(admission: Admission) -> Content:
    return Content(
        case=admission.case_id,
        title=admission.accused.name,
        parts=parts(("admission", admission.what)),
        date=moment(admission.made_on),
        names=(admission.accused.name,),
        values=values(kind=choice(admission, "kind")),
    )


def read_summons(summons: Summons) -> Content:
    witness, proceeding = summons.witness, summons.hearing.proceeding
    state = choice(summons, "state")
    return Content(
        case=proceeding.case_id,
        title=f"{witness.name}, {proceeding.court}",
        parts=parts(
            ("note", summons.note),
            ("served_by", summons.served_by),
            ("service", state),
            ("court_file", proceeding.number),
        ),
        date=moment(summons.issued_on),
        identifiers=(proceeding.number,),
        need=_need(witness.is_protected),
        names=present(witness.name, summons.served_by),
        values=values(kind=choice(summons, "kind")),
    )


def _need(is_hidden: bool) -> Need:
    return Need.SENSITIVE if is_hidden else Need.VIEW


SOURCES = (
    Source("witness", lambda: Witness.objects.select_related("case"), "case", read_witness),
    Source(
        "statement",
        lambda: Statement.objects.standing().select_related(
            "case", "witness", "accused", "attachment__exhibit"
        ),
        "case",
        read_statement,
    ),
    Source(
        "admission",
        lambda: Admission.objects.standing().select_related("case", "accused"),
        "case",
        read_admission,
    ),
    Source(
        "summons",
        lambda: Summons.objects.select_related(
            "witness", "hearing__proceeding__case", "hearing__proceeding__court"
        ),
        "hearing__proceeding__case",
        read_summons,
    ),
)
