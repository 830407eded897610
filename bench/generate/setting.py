"""The people and reference rows that all invented cases share."""

from dataclasses import dataclass, field

from bench.generate.words import Words
from casework import people, reference
from casework.models import Agency, Code, Court, Port, Provision, Taxon, Unit, User

PASSWORD = "tusk-river-lantern-42"  # noqa: S105  # of invented people in a throw-away database
UNITS = 5  # the people of a unit see a fifth of the cases
LISTS = (
    "specimen",
    "seal_source",
    "party_role",
    "fact_kind",
    "exhibit_kind",
    "hearing_type",
    "adjournment_reason",
)


@dataclass
class Setting:
    """`made` counts the cases so far."""

    agency: Agency
    units: list[Unit]
    officers: list[User]  # one of each unit
    auditor: User
    outsider: User
    ports: list[Port]
    taxa: list[Taxon]
    court: Court
    provision: Provision
    codes: dict[str, list[Code]]
    words: Words = field(default_factory=Words)
    made: int = 0

    @property
    def reader(self) -> User:
        """Sees a fifth of all cases through the unit."""
        return self.officers[0]


def people_and_places() -> Setting:
    """An agency of five units, its people, and the starter reference tables."""
    reference.load_starter()
    agency = people.create_agency(
        code="WS", name="Wildlife Service", kind="wildlife", country="KE", actor=None
    )
    units = [
        people.create_unit(agency, code=f"U{n}", name=f"Unit {n}", actor=None) for n in range(UNITS)
    ]
    return Setting(
        agency=agency,
        units=units,
        officers=[person(f"officer{n}", "investigator", agency, u) for n, u in enumerate(units)],
        auditor=person("auditor", "auditor", agency),
        outsider=person("outsider", "observer", agency),
        ports=list(Port.objects.all()),
        taxa=list(Taxon.objects.all()),
        court=Court.objects.order_by("pk")[0],
        provision=Provision.objects.order_by("pk")[0],
        codes={kind: list(Code.objects.kind(kind)) for kind in LISTS},
    )


def person(name: str, position: str, agency: Agency, unit: Unit | None = None) -> User:
    return people.create_person(
        username=name,
        password=PASSWORD,
        name=name.title(),
        position=position,
        agency=agency,
        unit=unit,
        actor=None,
    )
