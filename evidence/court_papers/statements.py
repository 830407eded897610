"""The form on which a witness states what they know, filled as far as the record goes."""

from collections.abc import Iterator

from casework import display
from casework.models import Case, Statement, User, Witness
from casework.witnesses import witness_list
from evidence.dossier.sheet import Grid, Sheet, Signature

TRUE = (
    "This statement is true to the best of my knowledge and belief. I make it knowing that, if it "
    "is put in evidence, I shall be liable to prosecution for anything in it that I know to be "
    "false."
)
LINES = 14  # to write on, where nothing is recorded yet


def statement_form(case: Case, key: str, user: User) -> Sheet:
    """`W3`: of the newest statement of this witness, or blank."""
    witness = witness_list.get(case, key)
    rows = Statement.objects.visible_to(user).standing().filter(witness=witness)
    last = rows.filter(translation_of__isnull=True).order_by("-taken_on", "-pk").first()
    text = last.text.strip() if last else ""
    told = tuple(line.strip() for line in text.split("\n") if line.strip())
    blank = Grid("What I state", ("",), (("",),) * LINES)
    return Sheet(
        reference=case.reference,
        number=f"Statement of {witness.label}",
        agency=case.agency.name,
        title="Statement of a witness",
        under=witness.label if witness.is_protected else witness.name,
        standing="" if last and last.is_signed else "Not signed yet.",
        facts=tuple(_facts(witness, last)),
        paragraphs=told,
        grids=() if told else (blank,),
        closing=TRUE,
        signatures=(
            Signature("The witness", "Signature or mark, place, date"),
            Signature("Taken by", "Name, number, position, signature"),
            Signature("Interpreter, where there was one", "Name, language, signature"),
        ),
        foot=f"{case.reference}, statement of {witness.label}",
    )


def _facts(witness: Witness, last: Statement | None) -> Iterator[tuple[str, str]]:
    if not witness.is_protected:
        yield "Name", witness.name
        yield "Position", witness.position or display.NOTHING
    yield "Language", (last.language if last else witness.language) or display.NOTHING
    yield "Taken on", display.day(last.taken_on) if last else ""
    yield "Taken at", last.place if last else ""
    yield "Taken by", last.taken_by if last else ""
