"""The exhibits of the tea story and every hand they passed through."""

from casework import access
from casework.models import Case, SeizedItem, Seizure, User
from evidence import custody, exhibits, files
from evidence.exhibits import Thing
from evidence.models import CustodyEvent, Exhibit
from search.demo import papers, photographs
from search.demo.cast import Cast
from search.demo.stage import ago, at, code, day, upload
from search.demo.tea import SEIZED

SCALES = {"NL": "NL-02"}  # each agency has its own; ES-04 stands in the exhibit store


def tell(cast: Cast, seizure: Seizure) -> None:
    things = _register(cast, seizure)
    _photographs(cast, seizure.case, things)
    _into_the_store(cast, things)
    _laboratory(cast, seizure.case, things["E2"])
    _refused(cast, things["E5"])
    _weighed_again(cast, things["E2"])
    _for_production(cast, things)


def _register(cast: Cast, seizure: Seizure) -> dict[str, Exhibit]:
    whole, pieces = seizure.items.order_by("number")
    scale = {"scale": "KP-118", "scale_calibrated_on": day(SEIZED + 41)}
    with at(SEIZED, "07:10"):
        registered = exhibits.register_all(
            seizure.case,
            [
                _specimen("Elephant tusks, whole, 163 of them", whole, "WS-M 004511", scale),
                _specimen("Twenty-four tusk pieces in a tea sack", pieces, "WS-M 004512", scale),
                Thing(kind=code("exhibit_kind", "package"), description="Tea sack that held E2"),
                Thing(kind=code("exhibit_kind", "seal"), description="Customs seal from the door",
                      found_at="Right door of MDOU 418207 9"),
                Thing(kind=code("exhibit_kind", "device"), seal_number="WS-M 004515",
                      description="Telephone of the clearing clerk"),
                Thing(kind=code("exhibit_kind", "document"),
                      description="Bill of lading MOLMBA240931, carrier's copy"),
            ],
            actor=cast.investigator,
            seizure=seizure,
            happened_at=ago(SEIZED, "05:40"),
            place="Gate 9 scanner yard, Mombasa",
        )  # fmt: skip
    return {exhibit.label: exhibit for exhibit in registered}


def _specimen(text: str, item: SeizedItem, seal: str, scale: dict[str, object]) -> Thing:
    return Thing(
        kind=code("exhibit_kind", "specimen"),
        description=text,
        item=item,
        found_at="Behind 640 bags of tea, container MDOU 418207 9",
        seal_number=seal,
        count=item.count,
        weight_mg=item.weight_mg,
        **scale,  # type: ignore[arg-type]  # scale and its day
    )


def _photographs(cast: Cast, case: Case, things: dict[str, Exhibit]) -> None:
    shots = (
        ("E1", "tusks", "Whole tusks laid out", "05:58"),
        ("E2", "sack", "As found, sack 5", "06:12"),
        ("E2", "tusks", "Four of 24, laid out", "06:40"),
        ("E2", "seal", "Seal after packing", "06:55"),
        ("E2", "scale", "Scale KP-118, first reading", "06:50"),
        ("E3", "sack", "The sack, emptied", "07:01"),
        ("E4", "container", "Door with its seal", "05:44"),
        ("E5", "telephone", "Telephone as taken", "06:20"),
    )
    for number, (label, scene, caption, hour) in enumerate(shots, 1):
        with at(SEIZED, "08:30"):
            files.attach(
                case,
                upload=upload(
                    f"IMG_{4100 + number}.jpg",
                    photographs.picture(scene, label, number),
                    "image/jpeg",
                ),
                kind="photograph",
                exhibit=things[label],
                caption=caption,
                taken_at=ago(SEIZED, hour),
                is_sensitive=label == "E5",
                actor=cast.investigator,
            )
    with at(SEIZED - 1, "15:10"):
        files.attach(
            case,
            upload=upload("bill-of-lading.pdf", papers.bill_of_lading(), "application/pdf"),
            kind="document",
            exhibit=things["E6"],
            caption="Bill of lading, carrier's copy",
            actor=cast.investigator,
        )
        files.attach(
            case,
            upload=upload(
                "scanner-gate-9.jpg", photographs.picture("container", "SCAN", 40), "image/jpeg"
            ),
            kind="scanner_image",
            caption="Scanner image, Gate 9",
            taken_at=ago(SEIZED, "05:31"),
            actor=cast.investigator,
        )


def hand_over(
    exhibit: Exhibit, giver: User, taker: User, offered: tuple[int, str], taken: tuple[int, str],
    *, purpose: str, place: str,
) -> CustodyEvent:  # fmt: skip
    """An offer and its acknowledgement, with what the taker read equal to what was offered."""
    scale = SCALES.get(taker.agency.code if taker.agency else "", "ES-04")
    with at(*offered) as moment:
        offer = custody.offer(
            exhibit, to=taker, actor=giver, happened_at=moment, purpose=purpose, place=place
        )
    with at(*taken) as moment:
        return custody.acknowledge(
            offer,
            actor=taker,
            happened_at=moment,
            place=place,
            seal_number=offer.seal_number,
            seal_intact=True if offer.seal_number else None,
            count=offer.count,
            weight_mg=offer.weight_mg,
            scale=scale if offer.weight_mg else "",
        )


def _into_the_store(cast: Cast, things: dict[str, Exhibit]) -> None:
    for exhibit in things.values():
        hand_over(
            exhibit,
            cast.investigator,
            cast.custodian,
            (SEIZED, "13:05"),
            (SEIZED, "16:25"),
            purpose="Safe keeping",
            place="Exhibit store, shelf C-2",
        )


def _laboratory(cast: Cast, case: Case, pieces: Exhibit) -> None:
    with at(SEIZED - 12, "15:00"):
        access.grant(
            case,
            role="custodian",
            to=cast.expert,
            actor=cast.investigator,
            reason="Examines the pieces",
        )
    hand_over(
        pieces, cast.custodian, cast.expert, (SEIZED - 19, "08:30"), (SEIZED - 19, "08:55"),
        purpose="Species and origin", place="National Laboratory, reception",
    )  # fmt: skip
    with at(SEIZED - 19, "11:20") as moment:
        custody.examine(
            pieces,
            actor=cast.expert,
            happened_at=moment,
            place="National Laboratory, room 14",
            purpose="Schreger angles; drilling for DNA",
            note="Seal WS-M 004512 cut in the presence of a second analyst.",
        )
    with at(SEIZED - 20, "16:40") as moment:
        custody.seal(
            pieces,
            actor=cast.expert,
            happened_at=moment,
            place="National Laboratory, room 14",
            seal_number="LAB-0931",
        )
    hand_over(
        pieces, cast.expert, cast.custodian, (SEIZED - 77, "09:40"), (SEIZED - 77, "10:20"),
        purpose="Back to the store", place="Exhibit store, shelf C-2",
    )  # fmt: skip
    with at(SEIZED - 78, "09:05") as moment:
        custody.seal(
            pieces,
            actor=cast.custodian,
            happened_at=moment,
            place="Exhibit store, shelf C-2",
            seal_number="WS-M 006120",
        )


def _refused(cast: Cast, telephone: Exhibit) -> None:
    """The laboratory refuses a telephone whose seal is torn; it is sealed again and goes later."""
    with at(SEIZED - 30, "09:10") as moment:
        offer = custody.offer(
            telephone,
            to=cast.expert,
            actor=cast.custodian,
            happened_at=moment,
            purpose="Reading out the messages",
            place="National Laboratory, reception",
        )
    with at(SEIZED - 30, "11:00") as moment:
        custody.refuse(
            offer,
            reason="The flap of the bag is torn beside the seal. Seal it again.",
            actor=cast.expert,
            happened_at=moment,
            place="National Laboratory, reception",
            seal_number="WS-M 004515",
            seal_intact=False,
        )


def _weighed_again(cast: Cast, pieces: Exhibit) -> None:
    with at(383, "14:10") as moment:
        custody.reweigh(
            pieces,
            actor=cast.custodian,
            happened_at=moment,
            place="Exhibit store, scale room",
            count=24,
            weight_mg=210_950 * 1000,
            scale="ES-04",
            scale_calibrated_on=day(400),
            discrepancy="Weighed without the two crates, which had been weighed with it before.",
        )
    with at(67, "11:12") as moment:
        custody.reweigh(
            pieces,
            actor=cast.custodian,
            happened_at=moment,
            place="Exhibit store, scale room",
            purpose="The defence has asked for it",
            count=24,
            weight_mg=206_850 * 1000,
            scale="ES-04",
            scale_calibrated_on=day(71),
            discrepancy="The ivory has dried in the store; scale and pieces are the same.",
        )


def _for_production(cast: Cast, things: dict[str, Exhibit]) -> None:
    """Yesterday evening two exhibits were offered to the investigator, who has not answered yet."""
    for label in ("E1", "E2"):
        with at(1, "17:50") as moment:
            custody.offer(
                things[label],
                to=cast.investigator,
                actor=cast.custodian,
                happened_at=moment,
                purpose="Production in court",
                place="Exhibit store, shelf C-2",
            )
