"""Names on lists among the red flags: what a person judged to be the same."""

from datetime import date
from io import BytesIO

from casework.models import Case, User
from kyc import parties
from kyc.models import Party
from kyc.parties import Origin
from kyc.redflags import flag_board
from kyc.watch import screening, watchlists
from tests.kyc.test_flags import code, firm, load, raised

__all__ = ["firm", "load"]  # fixtures


def test_a_name_on_a_list_is_told_once_where_register_and_case_were_both_judged(
    case: Case, firm: Party, investigator: User, manager: User
) -> None:
    rows = b"Company,Country,Tel,Address\nTamarind Reef Export,KE,0712 345 679,Shed 4 Nyali\n"
    watchlists.import_file(BytesIO(rows), "Refused shippers", actor=manager)
    origin = Origin("case_document", "Bill of lading", date(2024, 2, 13), case)
    for kind, value in (("phone", "0712 345 679"), ("address", "Shed 4, Nyali")):
        parties.add_fact(
            firm, kind=code("fact_kind", kind), value=value, origin=origin, actor=investigator
        )
    found = screening.screen_party(firm)
    for hit in found:
        screening.judge(hit, judgement="same", reason="Same street", actor=investigator)
    (evidence,) = raised(flag_board.board(case, investigator), "P7").evidence
    assert evidence.sentence == "listed"
