"""People of the guard's scene, and who of them gets a page: what the table is written with."""

from dataclasses import dataclass

PEOPLE = (
    "anonymous", "inactive", "outsider", "revoked", "expired", "administrator",
    "investigator", "custodian", "prosecutor", "manager", "auditor", "legal",
)  # fmt: skip
OUTSIDE = ("outsider", "revoked", "expired", "administrator", "legal")
READERS = "investigator custodian prosecutor manager auditor"
EVERYONE = f"outsider revoked expired administrator legal {READERS}"

# The roles of the scene: investigator leads, the manager's unit investigates.
EDIT = "investigator manager"
EXHIBIT = "investigator custodian manager"
CUSTODY = "investigator custodian prosecutor manager"
PROSECUTE = "prosecutor"
# Read by all of them, changed by the first: the empty form of a page comes from the first.
WHO_CHANGES_FIRST = "prosecutor investigator custodian manager auditor"
WITNESSES = "investigator manager prosecutor"  # who investigate, and who prosecute
DOSSIER = "investigator prosecutor"
TEAM = "investigator"
AUDIT = "investigator auditor"
REGISTER = "investigator prosecutor"
REGISTER_READERS = "investigator prosecutor manager auditor"
STORE = "custodian investigator manager auditor"
KEEPERS = "custodian manager"


@dataclass(frozen=True)
class Page:
    """`allowed` get one of `answers`; the rest of those who may see the object get 403."""

    allowed: str
    args: tuple[str, ...] = ()  # names of what the scene holds
    is_of_case: bool = False
    answers: tuple[int, ...] = (200, 302)
    refusals: tuple[int, ...] = (403,)

    def expected(self, person: str) -> tuple[int, ...]:
        if person in self.allowed.split():
            return self.answers
        if person in ("anonymous", "inactive"):
            return (302,)
        return (404,) if self.is_of_case and person in OUTSIDE else self.refusals


def case(allowed: str, *more: str, answers: tuple[int, ...] = (200, 302)) -> Page:
    return Page(allowed, ("reference", *more), is_of_case=True, answers=answers)


def thing(allowed: str, *args: str, answers: tuple[int, ...] = (200, 302)) -> Page:
    """An object of a case that has an address of its own."""
    return Page(allowed, args, is_of_case=True, answers=answers)


def position(allowed: str, *args: str) -> Page:
    return Page(allowed, args)
