"""Charged as elephant tusks; the expert finds hippopotamus teeth, and nobody has answered yet."""

from casework import access
from casework.models import Case, Count
from evidence import exhibits
from evidence.exhibits import Thing
from evidence.models import Exhibit
from evidence.papers import alarms, laboratory
from evidence.papers.laboratory import Found, Packed
from search.demo import papers
from search.demo.cast import Cast
from search.demo.stage import KILO, ago, at, code, day, taxon, upload
from search.demo.tea_exhibits import hand_over

DAYS = 420


def tell(cast: Cast, case: Case) -> None:
    seizure = case.seizures.get()
    with at(DAYS, "11:00"):
        teeth = exhibits.register(
            case,
            Thing(
                kind=code("exhibit_kind", "specimen"), description="Eighteen curved tusks",
                found_at="Under the floor of a lorry", seal_number="WS-M 005301", count=18,
                weight_mg=int(141.5 * KILO), scale="KP-118",
            ),
            seizure=seizure, actor=cast.investigator, happened_at=ago(DAYS, "06:20"),
            place="Weighbridge, Mariakani",
        )  # fmt: skip
    _charged(cast, case, teeth)
    _reported(cast, case, teeth)


def _charged(cast: Cast, case: Case, teeth: Exhibit) -> None:
    count = Count.objects.get(charge_sheet__proceeding__case=case)
    with at(DAYS - 14, "10:00"):
        elephant = taxon("Loxodonta africana")
        alarms.name_species(count, taxon=elephant, exhibits=[teeth], actor=cast.prosecutor)


def _reported(cast: Cast, case: Case, teeth: Exhibit) -> None:
    with at(41, "15:00"):
        access.grant(
            case, role="custodian", to=cast.expert, actor=cast.investigator,
            reason="Examines the tusks",
        )  # fmt: skip
    with at(40, "07:30"):
        request = laboratory.send(
            case,
            to=laboratory.laboratory(name="National Laboratory", actor=cast.investigator),
            question="Of which species?",
            items=[Packed(teeth, "WS-M 005301", "", 18, int(141.5 * KILO))],
            sent_by="Sgt Amina Wekesa", carried_by="Sgt Amina Wekesa", sent_on=day(40),
            actor=cast.investigator,
        )  # fmt: skip
    hand_over(
        teeth, cast.investigator, cast.expert, (40, "09:40"), (40, "10:05"),
        purpose="Species", place="National Laboratory, reception",
    )  # fmt: skip
    with at(39, "09:15"):
        laboratory.receive(
            request, received_by="Dr Esther Rono", received_on=day(40), is_intact=True,
            reference="NL 6012", actor=cast.investigator,
        )  # fmt: skip
    with at(6, "14:20"):
        paper = papers.one_page("SPECIES REPORT NL 6012", (
            ("Exhibit", "E1, 18 teeth"), ("Found", "Hippopotamus amphibius"),
            ("How", "Enamel, cross-section, no Schreger pattern"), ("Expert", "Dr Esther Rono"),
        ))  # fmt: skip
        laboratory.report(
            request, expert="Dr Esther Rono", reported_on=day(7), reference="NL 6012/R1",
            actor=cast.investigator,
            paper=upload("species-report.pdf", paper, "application/pdf"),
            findings=[Found(
                request.items.get(), taxon("Hippopotamus amphibius"), "certain",
                code("specimen", "TEE"), "Enamel and cross-section",
                "Teeth of the hippopotamus. No Schreger pattern: not elephant ivory.", 18,
            )],
        )  # fmt: skip
