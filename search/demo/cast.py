"""The invented people and agencies of the demonstration. None exists; any likeness is chance."""

from dataclasses import dataclass

from casework import people
from casework.demonstration import PASSWORD
from casework.models import Agency, Unit, User


@dataclass(frozen=True)
class Cast:
    """Everybody who acts in the stories."""

    investigator: User
    custodian: User
    prosecutor: User
    manager: User
    auditor: User
    outsider: User
    ranger: User
    expert: User
    customs_officer: User
    legal: User


def assemble() -> Cast:
    """Create agencies, units and people. The six to sign in as come first."""
    wildlife = _agency("WS", "Wildlife Service", "wildlife")
    prosecutions = _agency("PP", "Public Prosecutions", "prosecution")
    customs = _agency("CA", "Customs Authority", "customs")
    laboratory = _agency("NL", "National Laboratory", "laboratory")
    port = people.create_unit(wildlife, code="MSA", name="Port Unit, Mombasa", actor=None)
    store = people.create_unit(wildlife, code="STO", name="Exhibit store, Mombasa", actor=None)
    rangers = people.create_unit(wildlife, code="TSV", name="Tsavo patrol", actor=None)
    kilindini = people.create_unit(customs, code="KIL", name="Kilindini", actor=None)
    return Cast(
        investigator=_person("investigator", "Sgt", "Amina Wekesa", wildlife, port),
        custodian=_person("custodian", "", "Joseph Kilonzi", wildlife, store),
        prosecutor=_person("prosecutor", "", "Grace Nafula Odera", prosecutions),
        manager=_person("manager", "Supt", "Daniel Tarus", wildlife, port),
        auditor=_person("auditor", "", "Farida Mbwana", wildlife),
        outsider=_person("outsider", "", "Peter Mwangangi", customs, position="observer"),
        ranger=_person("ranger", "Cpl", "Juma Barasa", wildlife, rangers, "investigator"),
        expert=_person("expert", "Dr", "Esther Rono", laboratory, position="observer"),
        customs_officer=_person(
            "customs", "Insp.", "Ali Mwakio", customs, kilindini, "investigator"
        ),
        legal=_person("legal", "", "Lilian Chebet", prosecutions),
    )


def _agency(code: str, name: str, kind: str) -> Agency:
    return people.create_agency(code=code, name=name, kind=kind, country="KE", actor=None)


def _person(
    username: str,
    rank: str,
    name: str,
    agency: Agency,
    unit: Unit | None = None,
    position: str = "",
) -> User:
    return people.create_person(
        username=username,
        password=PASSWORD,
        rank=rank,
        name=name,
        position=position or username,
        agency=agency,
        unit=unit,
        service_number=f"{agency.code}-{1000 + 37 * len(username) + ord(name[0])}",
        email=f"{username}@casework.invalid",
        actor=None,
    )
