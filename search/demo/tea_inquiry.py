"""Who stands behind the tea: what was found of each party, who paid and called whom, the flags
that people ticked and dismissed, and what was decided about the firms."""

from decimal import Decimal
from typing import Any

from casework import proceedings
from casework.models import Case, Indicator, Seizure
from kyc import parties
from kyc.diligence import reviews
from kyc.models import Consignment, Party
from kyc.parties import Origin
from kyc.redflags import flag_board, flags
from kyc.ties import dealings
from kyc.ties.dealings import Sum
from search.demo.cast import Cast
from search.demo.stage import at, code, day
from search.demo.tea import SEIZED, enter
from search.demo.tea_trade import FIRST_CONSIGNEE

TRANSPORTER = "Duncan Ochieng Rabare"
CLERK = "Benson Karisa Tsofa"


def tell(cast: Cast, seizure: Seizure) -> None:
    consignment: Consignment = seizure.consignments.get()
    with at(SEIZED - 2, "17:30"):
        _people(cast, consignment)
    with at(SEIZED - 4, "09:10"):
        _called_on(cast, seizure.case, consignment)
    with at(SEIZED - 7, "13:15"):
        for accused in seizure.case.accused.all():
            proceedings.change_accused(accused, party=party(accused.name), actor=cast.prosecutor)
    with at(SEIZED - 5, "16:00"):
        _dealt(cast, seizure.case)
    with at(SEIZED - 5, "17:20"):
        _flagged(cast, seizure.case, consignment)
    _decided(cast)


def party(name: str) -> Party:
    found: Party = Party.objects.get(name=name)
    return found


def _people(cast: Cast, consignment: Consignment) -> None:
    enter(cast, consignment, TRANSPORTER, "KE", "driver", kind="person")
    enter(cast, consignment, CLERK, "KE", "suspect", kind="person")
    enter(cast, consignment, "Anchor Lane Consulting", "AE", "payer")
    enter(cast, consignment, FIRST_CONSIGNEE, "SG", "other")


def _called_on(cast: Cast, case: Case, consignment: Consignment) -> None:
    """The telephone and the consignee of the papers, tried; the agent behind the logins."""
    own = Origin("primary_research", "Calls noted by Sgt Wekesa", day(SEIZED - 4), case)
    parties.contradict(
        party("Tamarind Reef Exporters Ltd").facts.get(kind__code="phone"),
        found="+254 700 000 231", method="Rang it: a hair salon answers; its owner gave this one",
        origin=own, actor=cast.investigator,
    )  # fmt: skip
    parties.contradict(
        party("Red River Provisions Co.").facts.get(kind__code="address"),
        found="A karaoke bar, for years", method="Looked up by the attaché",
        origin=own, actor=cast.investigator,
    )  # fmt: skip
    for name, kind, value in (
        (FIRST_CONSIGNEE, "name", FIRST_CONSIGNEE),
        (FIRST_CONSIGNEE, "business", "Buys tea; says it never ordered this load"),
        ("Anchor Lane Consulting", "name", "Anchor Lane Consulting"),
        ("Anchor Lane Consulting", "email", "anchorlane.pay@example.com"),
        (TRANSPORTER, "phone", "+254 700 000 419"),
        (CLERK, "phone", "+254 700 000 502"),
    ):
        parties.add_fact(
            party(name), kind=code("fact_kind", kind), value=value, origin=own,
            actor=cast.investigator,
        )  # fmt: skip
    parties.add_fact(
        party("Seven Baobabs Clearing & Forwarding Ltd"), kind=code("fact_kind", "agent"),
        related_party=party(CLERK), origin=own, actor=cast.investigator,
    )  # fmt: skip


def _dealt(cast: Cast, case: Case) -> None:
    """From the clerk's telephone, and from the statement of the director's money account."""
    telephone, account = "Telephone of the clerk, exhibit E5", "Statement of her money account"
    bank = "Statement of the shipper's bank"
    director, clerk, driver = party("Lucy Wanja Muriuki"), party(CLERK), party(TRANSPORTER)
    payer = party("Anchor Lane Consulting")
    shipper = party("Tamarind Reef Exporters Ltd")
    rows: tuple[tuple[str, Party, Party, int, int, Sum | None, str], ...] = (
        ("payment", payer, shipper, 9, 1, Sum(Decimal(18_400), "USD"), bank),
        ("payment", director, driver, 4, 3, Sum(Decimal(45_000), "KES"), account),
        ("payment", director, clerk, 3, 2, Sum(Decimal(120_000), "KES"), account),
        ("call", director, clerk, 3, 11, None, telephone),
        ("call", clerk, driver, 2, 6, None, telephone),
        ("message", director, clerk, 1, 4, None, telephone),
    )
    for kind, giver, receiver, days, times, paid, source in rows:
        dealings.add(
            case, kind=kind, giver=giver, receiver=receiver, happened_on=day(SEIZED + days),
            times=times, paid=paid, source=source, actor=cast.investigator,
        )  # fmt: skip


def _flagged(cast: Cast, case: Case, consignment: Consignment) -> None:
    """Two that only people see; one that the computer raised and that means nothing here."""
    for indicator, note in (
        ("C10", "Dense curved masses behind the even grey of the tea."),
        ("B4", "Nobody asked for the container, at the line or at customs, since it was stopped."),
    ):
        flags.tick(
            case, Indicator.objects.get(code=indicator), consignment=consignment, note=note,
            actor=cast.investigator,
        )  # fmt: skip
    raised = flag_board.board(case, cast.investigator).find("R4", f"c{consignment.pk}")
    if raised is not None and raised.flag is not None:
        flags.dismiss(
            case, "R4", raised.subject.key, seen=raised.flag.digest, actor=cast.investigator,
            reason="Every ship of this line to Hai Phong calls there. It tells nothing here.",
        )  # fmt: skip


def _decided(cast: Cast) -> None:
    shipper, agent = "Tamarind Reef Exporters Ltd", "Seven Baobabs Clearing & Forwarding Ltd"
    rows: tuple[tuple[int, str, str, str, str, dict[str, Any]], ...] = (
        (SEIZED - 6, shipper, "enhanced", "refused",
         "No such firm at its address, nobody at its telephone, and its owner is not known.", {}),
        (SEIZED - 6, agent, "standard", "enhanced",
         "Its licence is in order. Its clerk changed the bill and the entry at night.",
         {"next_review_on": day(30)}),
        (21, agent, "enhanced", "enhanced",
         "It has dismissed the clerk and named two owners, whose papers are awaited.",
         {"next_review_on": day(-70)}),
    )  # fmt: skip
    for days, name, regime, decision, reason, more in rows:
        with at(days, "14:30"):
            reviews.decide(
                party(name), regime=regime, decision=decision, reason=reason,
                actor=cast.investigator, **more,
            )  # fmt: skip
