"""Invented seizures with their items, routes, consignments and parties."""

from bench.generate.batch import Batch, officer_of
from casework.models import RouteCountry, SeizedItem, Seizure
from kyc.models import BillOfLading, Consignment, Container, Fact, Involvement, Party, Seal


def write(batch: Batch) -> list[Seizure]:
    seizures = _seizures(batch)
    _parties(batch, _consignments(batch, seizures))
    return seizures


def _seizures(batch: Batch) -> list[Seizure]:
    seizures = batch.save(
        Seizure(
            case=case,
            number=1,
            seized_at=case.created_at,
            port=batch.random.choice(batch.setting.ports),
            agency=batch.setting.agency,
            declared_goods=batch.text(5),
            concealment=batch.text(12),
            narrative=batch.text(80),
            recorded_by=officer_of(case),
        )
        for case in batch.cases
    )
    batch.save(
        SeizedItem(
            seizure=seizure,
            number=number,
            taxon=batch.random.choice(batch.setting.taxa),
            specimen=batch.code("specimen"),
            description=batch.text(5),
            count=batch.random.randint(1, 900),
            weight_mg=batch.random.randint(1, 3_000) * 10**6,
        )
        for seizure in seizures
        for number in (1, 2)
    )
    batch.save(
        RouteCountry(seizure=seizure, role=role, country=country)
        for seizure in seizures
        for role, country in (("origin", "UG"), ("transit", "KE"), ("destination", "VN"))
    )
    return seizures


def _consignments(batch: Batch, seizures: list[Seizure]) -> list[Consignment]:
    consignments = batch.save(
        Consignment(
            seizure=seizure,
            number=1,
            goods_description=batch.text(5),
            vessel_name=batch.text(2),
            port_of_loading=seizure.port,
            port_of_discharge=batch.random.choice(batch.setting.ports),
            declared_weight_mg=batch.random.randint(1, 20_000) * 10**6,
            recorded_by=officer_of(seizure.case),
        )
        for seizure in seizures
    )
    batch.save(
        Container(consignment=c, number=f"BNCU{c.pk % 10**7:07d}", is_recorded_as_found=True)
        for c in consignments
    )
    batch.save(
        Seal(
            consignment=c,
            number=f"CU {500_000 + 2 * c.pk + n}",
            number_key=f"CU{500_000 + 2 * c.pk + n}",
            source=batch.code("seal_source"),
        )
        for c in consignments
        for n in (0, 1)
    )
    batch.save(
        BillOfLading(
            consignment=c,
            number=f"MDO-MBA-{c.pk:07d}",
            shipper=f"{batch.text(2)} Ltd",
            consignee=f"{batch.text(2)} Co",
            recorded_by=officer_of(c.seizure.case),
        )
        for c in consignments
    )
    return consignments


def _parties(batch: Batch, consignments: list[Consignment]) -> None:
    every_other = batch.cases[::2]
    parties = batch.save(
        Party(kind="firm", name=f"{batch.text(2)} Ltd", created_by=officer_of(case))
        for case in every_other
    )
    batch.save(
        Fact(
            party=party,
            kind=batch.code("fact_kind"),
            value=f"{batch.text(2)} {party.pk * 7}",
            source_type="register",
            source="Invented register",
            as_of=case.created_at.date(),
            recorded_by=officer_of(case),
        )
        for case, party in zip(every_other, parties, strict=True)
        for _ in range(3)
    )
    roles = batch.setting.codes["party_role"]
    batch.save(
        Involvement(
            case=case,
            party=batch.random.choice(parties),
            consignment=consignment,
            role=role,
            recorded_by=officer_of(case),
        )
        for case, consignment in zip(batch.cases, consignments, strict=True)
        for role in roles[:2]
    )
