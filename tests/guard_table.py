"""Who gets which page: one line for every address, checked by test_guards.py.

A page of a case is a 404 to whoever may not see the case and a 403 to its other readers; a page of
a position is a 403 to everybody else. An address that is not here fails the test.
"""

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


PAGES: dict[str, Page] = {
    "login": Page(f"anonymous inactive {EVERYONE}"),
    "logout": Page(f"anonymous inactive {EVERYONE}", answers=(405, 302)),
    # casework
    "casework:home": position(EVERYONE),
    "casework:case": case(READERS),
    "casework:case-list": position(EVERYONE),
    "casework:case-edit": case(EDIT),
    "casework:case-step": case(EDIT),
    "casework:case-history": case(READERS),
    "casework:diary-add": case(CUSTODY),
    "casework:case-team": case(READERS),
    "casework:team-grant": case(TEAM),
    "casework:team-end": case(TEAM, "kind", "grant"),
    "casework:case-audit": case(AUDIT),
    "casework:preferences": position(EVERYONE),
    "casework:account-password": position(EVERYONE),
    "casework:break-glass": position("manager auditor"),
    "casework:law-list": position(EVERYONE),
    "casework:law-listings": position(EVERYONE),
    "casework:law-points": position(EVERYONE),
    "casework:law-limits": position(EVERYONE),
    "casework:law-row": position(EVERYONE, "law_table", "law_row"),
    "casework:law-add": position("legal", "law_table"),
    "casework:law-change": position("legal", "law_table", "law_row"),
    "casework:law-follow": position("legal", "law_table", "law_row"),
    "casework:law-verify": position("legal", "law_table", "law_row"),
    "casework:people-list": position("administrator"),
    "casework:people-add": position("administrator"),
    "casework:people-change": position("administrator", "person"),
    "casework:people-password": position("administrator", "person"),
    "casework:people-deactivate": position("administrator", "person"),
    "casework:people-handover": position("administrator", "person"),
    "casework:people-reactivate": position("administrator", "person"),
    "casework:people-agencies": position("administrator"),
    "casework:people-agency-add": position("administrator"),
    "casework:people-agency-change": position("administrator", "agency"),
    "casework:people-unit-add": position("administrator", "agency"),
    "casework:people-unit-change": position("administrator", "unit"),
    "casework:suggest-people": position(EVERYONE),
    "casework:suggest-ports": position(EVERYONE),
    "casework:suggest-taxa": position(EVERYONE),
    "casework:suggest-goods": position(EVERYONE),
    "casework:suggest-countries": position(EVERYONE),
    # casework: the court record and the figures
    "casework:hearing-list": position(EVERYONE),
    "casework:figures": position(EVERYONE),
    "casework:figures-cases": position(EVERYONE),
    "casework:figures-csv": position(EVERYONE),
    "casework:figures-xlsx": position(EVERYONE),
    "casework:figures-panel": position(EVERYONE, "panel"),
    "evidence:figures-report": position(EVERYONE),
    "casework:submission-new": case(EDIT, answers=(200, 302, 409)),
    "casework:submission-decide": case(PROSECUTE, answers=(200, 302, 404, 409)),
    "casework:submission-list": position(EVERYONE),
    "casework:submission": case(READERS),
    "casework:submission-answer": case(EDIT, "query"),
    "casework:accused": case(READERS, "accused"),
    "casework:accused-event-new": case(PROSECUTE, "accused"),
    "casework:accused-event-correct": case(PROSECUTE, "accused", "accused_event"),
    "casework:accused-event-withdraw": case(PROSECUTE, "accused", "accused_event"),
    "casework:bail-correct": case(PROSECUTE, "bail"),
    "casework:sentence": case(READERS, "sentenced"),
    "casework:sentence-correct": case(PROSECUTE, "sentenced"),
    "casework:sentence-event-new": case(PROSECUTE, "sentenced"),
    "casework:sentence-event-correct": case(PROSECUTE, "sentenced", "sentence_event"),
    "casework:sentence-event-withdraw": case(PROSECUTE, "sentenced", "sentence_event"),
    "casework:court-order-new": case(PROSECUTE, "proceeding"),
    "casework:court-order": case(READERS, "order"),
    "casework:court-order-correct": case(PROSECUTE, "order"),
    "casework:court-order-withdraw": case(PROSECUTE, "order"),
    "casework:proceeding-list": case(READERS),
    "casework:proceeding-new": case(PROSECUTE),
    "casework:proceeding": case(READERS, "proceeding"),
    "casework:appeal-new": case(PROSECUTE, "proceeding", answers=(200, 302, 404, 409)),
    "casework:bail-new": case(PROSECUTE, "proceeding"),
    "casework:charge-sheet": case(READERS, "proceeding"),
    "casework:charge-sheet-file": case(PROSECUTE, "proceeding", answers=(200, 302, 404, 409)),
    "casework:prosecution-close": case(PROSECUTE, "proceeding"),
    "casework:charge-line": case(READERS, "charge"),
    "casework:charge-sheet-version": case(READERS, "tried", "version"),
    "casework:charge-sheet-amend": case(PROSECUTE, "tried"),
    "casework:charge-sheet-discard": case(PROSECUTE, "tried", answers=(200, 302, 404, 409)),
    "casework:count-replace": case(
        PROSECUTE, "tried", "standing", answers=(200, 302, 404, 409)
    ),
    "casework:charge-sever": case(PROSECUTE, "tried"),
    "casework:charge-join": case(PROSECUTE, "tried"),
    "casework:charge-withdraw": case(PROSECUTE, "tried"),
    "casework:trial-step-new": case(PROSECUTE, "tried"),
    "casework:trial-step-correct": case(PROSECUTE, "tried", "step"),
    "casework:count-new": case(PROSECUTE, "proceeding", answers=(200, 302, 404, 409)),
    "casework:count-edit": case(PROSECUTE, "proceeding", "count", answers=(200, 302, 404, 409)),
    "casework:count-remove": case(PROSECUTE, "proceeding", "count", answers=(200, 302, 404, 409)),
    "casework:plea-new": case(PROSECUTE, "proceeding", answers=(200, 302, 404, 409)),
    "casework:outcome-new": case(PROSECUTE, "proceeding", answers=(200, 302, 404, 409)),
    "casework:hearing-new": case(PROSECUTE, "proceeding"),
    "casework:accused-new": case(PROSECUTE),
    "casework:accused-several": case(PROSECUTE),
    "casework:accused-edit": case(PROSECUTE, "accused"),
    "casework:outcome-correct": case(PROSECUTE, "charge", answers=(200, 302, 404, 409)),
    "casework:sentence-new": case(PROSECUTE, "charge", answers=(200, 302, 404, 409)),
    "casework:case-hearings": case(READERS),
    "casework:hearing-record": case(PROSECUTE, "hearing"),
    # evidence: the points to prove
    "evidence:case-proof": case(READERS),
    "evidence:proof-cell": case(WHO_CHANGES_FIRST, "charge", "element"),
    "evidence:proof-offers": case(PROSECUTE, "count_key"),
    "evidence:proof-witnesses": case(WHO_CHANGES_FIRST),
    # casework: witnesses and days in court
    "casework:case-witnesses": case(READERS),
    "casework:witness-add": case(WITNESSES),
    "casework:witness": case(READERS, "witness"),
    "casework:witness-edit": case(WITNESSES, "witness"),
    "casework:witness-drop": case(WITNESSES, "witness"),
    "casework:admission-new": case(PROSECUTE),
    "casework:admission-change": case(PROSECUTE, "admission"),
    "casework:hearing-calendar": position(EVERYONE),
    "casework:cause-list": position(EVERYONE, "day"),
    "casework:stalled-list": position(EVERYONE),
    "casework:summons-new": case(WITNESSES, "hearing"),
    "casework:summons": case(WITNESSES, "summons"),
    "casework:presiding-new": case(PROSECUTE, "proceeding"),
    "evidence:readiness": position(EVERYONE),
    "evidence:hearing": case(READERS, "hearing"),
    "evidence:need-add": case(WITNESSES, "hearing"),
    "evidence:need": case(WITNESSES, "need"),
    "evidence:statement-add": case(WITNESSES, answers=(200, 302, 404)),
    "evidence:statement": case(READERS, "statement"),
    "evidence:statement-replace": case(WITNESSES, "statement"),
    "evidence:statement-translate": case(WITNESSES, "statement"),
    "evidence:statement-take-back": case(WITNESSES, "statement"),
    # casework: deadlines, warrants and orders, assistance
    "casework:duty-list": position(EVERYONE),
    "casework:case-duties": case(READERS),
    "casework:deadline-add": case(WITNESSES),
    "casework:deadline": case(READERS, "deadline"),
    "casework:deadline-change": case(WITNESSES, "deadline"),
    "casework:deadline-answer": case(WITNESSES, "period"),
    "casework:authority-add": case(WITNESSES),
    "casework:authority": case(READERS, "authority"),
    "casework:authority-change": case(WITNESSES, "authority"),
    "casework:authority-execute": case(WITNESSES, "authority"),
    "casework:authority-end": case(WITNESSES, "authority"),
    "casework:assistance-add": case(WITNESSES),
    "casework:assistance": case(READERS, "assistance"),
    "casework:assistance-change": case(WITNESSES, "assistance"),
    "casework:assistance-step": case(WITNESSES, "assistance"),
    # evidence: exhibits in court, and what keeps them
    "evidence:mark-add": case(PROSECUTE, "label"),
    "evidence:mark-correct": case(PROSECUTE, "label", "court_mark"),
    "evidence:mark-take-back": case(PROSECUTE, "label", "court_mark"),
    "evidence:hold-add": case(WITNESSES, "label"),
    "evidence:hold-release": case(WITNESSES, "label", "hold"),
    "evidence:proceeding-exhibits": case(READERS, "proceeding"),
    "evidence:proceeding-exhibits-record": case(PROSECUTE, "proceeding"),
    # kyc
    "kyc:party-list": position(EVERYONE),
    "kyc:suggest-parties": position(EVERYONE),
    "kyc:party-create": position(REGISTER),
    "kyc:party": thing(READERS, "party"),
    "kyc:party-change": thing(EDIT, "party"),
    "kyc:party-release": thing(EDIT, "party"),
    "kyc:party-duplicates": position("investigator prosecutor manager auditor"),
    "kyc:party-reviews": thing(READERS, "party"),
    "kyc:review-add": thing(EDIT, "party"),
    "kyc:party-merge": thing(EDIT, "party"),
    "kyc:party-tell-apart": thing(EDIT, "party", "other_party"),
    "kyc:merge-undo": thing(EDIT, "merge"),
    "kyc:party-screening": thing(READERS, "party"),
    "kyc:screening-list": position(EVERYONE),
    "kyc:hit-judge": thing(EDIT, "hit"),
    "kyc:watchlist-list": position(REGISTER_READERS),
    "kyc:watchlist": position(REGISTER_READERS, "list"),
    "kyc:watchlist-entry": position(REGISTER_READERS, "list", "list_entry"),
    "kyc:watchlist-import": position("manager"),
    "kyc:feed-list": position("manager"),
    "kyc:feed-csv": position("manager"),
    "kyc:feed-decide": Page("manager", ("party",), answers=(403,)),  # nobody convicted it
    "kyc:feed-withdraw": position("manager", "feed"),
    "kyc:fact-add": thing(EDIT, "party"),
    "kyc:fact-verify": thing(EDIT, "fact"),
    "kyc:fact-contradict": thing(EDIT, "fact"),
    "kyc:case-parties": case(READERS),
    "kyc:involvement-add": case(EDIT),
    "kyc:involvement-withdraw": thing(EDIT, "involvement"),
    "kyc:seizure-record": position("investigator custodian manager"),
    "kyc:seizure-add": case(EDIT),
    "kyc:seizure": case(READERS, "seizure"),
    "kyc:seizure-edit": case(EDIT, "seizure"),
    "kyc:case-consignments": case(READERS),
    "kyc:consignment-add": case(EDIT, "seizure"),
    "kyc:consignment": case(READERS, "seizure", "consignment"),
    "kyc:consignment-edit": case(EDIT, "seizure", "consignment"),
    "kyc:consignment-weights": case(EDIT, "seizure", "consignment"),
    "kyc:consignment-stuffing": case(EDIT, "seizure", "consignment"),
    "kyc:seal-add": case(EDIT, "seizure", "consignment"),
    "kyc:seal-correct": case(EDIT, "seizure", "consignment", "seal"),
    "kyc:bill": case(READERS, "seizure", "consignment"),
    "kyc:bill-add": case(EDIT, "seizure", "consignment"),
    "kyc:bill-correct": case(EDIT, "seizure", "consignment", "version"),
    "kyc:entry": case(READERS, "seizure", "consignment"),
    "kyc:entry-add": case(EDIT, "seizure", "consignment"),
    "kyc:entry-correct": case(EDIT, "seizure", "consignment", "version"),
    "kyc:match-list": case(READERS),
    "kyc:match-share": case(TEAM, "match"),
    "kyc:container-edit": case(EDIT, "seizure", "consignment", "container"),
    "kyc:flag-list": case(READERS),
    "kyc:flag-line": case(READERS),
    "kyc:flag-tick": case(EDIT),
    "kyc:flag-untick": case(EDIT, "tick"),
    "kyc:flag-dismiss": case(EDIT, "flag", "subject"),
    "kyc:flag-restore": case(EDIT, "dismissal"),
    "kyc:party-flags": thing(READERS, "party"),
    "kyc:indicator-list": position("investigator prosecutor manager auditor administrator"),
    "kyc:party-network": thing(READERS, "party"),
    "kyc:case-network": case(READERS),
    "kyc:network-paths": position(EVERYONE),
    "kyc:network-recurring": position(EVERYONE),
    "kyc:suggest-ends": position(EVERYONE),
    "kyc:case-dealings": case(READERS),
    "kyc:dealing-add": case(EDIT),
    "kyc:dealing-remove": thing(EDIT, "dealing"),
    # evidence
    "evidence:exhibit-list": position(EVERYONE),
    "evidence:handover-offer": position(EVERYONE),
    "evidence:handover-receive": position(EVERYONE),
    "casework:scan": position(EVERYONE),
    "evidence:gap-list": position(EVERYONE),
    "evidence:stock": position(EVERYONE),
    "evidence:stock-csv": position(EVERYONE),
    "evidence:place-list": position(STORE),
    "evidence:place-add": position(KEEPERS),
    "evidence:place": Page(STORE, ("place",)),
    "evidence:place-short": Page(STORE, ("place",)),
    "evidence:place-fill": Page(STORE, ("place",)),
    "evidence:place-change": Page(KEEPERS, ("place",)),
    "evidence:place-close": Page(KEEPERS, ("place",)),
    "evidence:place-labels": position(STORE),
    "evidence:stocktake-start": Page(KEEPERS, ("place",)),
    "evidence:stocktake": Page(STORE, ("check",)),
    "evidence:stocktake-sign": Page(KEEPERS, ("check",)),
    "evidence:stocktake-csv": Page(STORE, ("check",)),
    "evidence:exhibit-short": thing(READERS, "identifier"),
    "evidence:case-exhibits": case(READERS),
    "evidence:exhibit-register": case(EXHIBIT),
    "evidence:exhibit-labels": case(READERS),
    "evidence:exhibit-labels-pdf": case(READERS),
    "evidence:exhibit": case(READERS, "label"),
    "evidence:exhibit-label": case(READERS, "label"),
    "evidence:exhibit-amend": case(EXHIBIT, "label"),
    **{
        f"evidence:custody-{act}": case(CUSTODY, "label", answers=(200, 302, 403, 409))
        for act in (
            "acknowledge", "move", "offer", "withdraw", "refuse", "seal", "reweigh", "examine",
            "copy", "sample", "produce", "return", "correct", "combine", "declare", "hand-out",
            "take-back",
            "destroy", "confirm", "damage", "loss", "found", "enclose", "split",
        )
    },
    "evidence:hand-out-form": case(READERS, "label", "event", answers=(200, 404)),
    "evidence:case-files": case(READERS),
    "evidence:file-add": case(EXHIBIT),
    "evidence:file": case(READERS, "file"),
    "evidence:file-amend": case(EXHIBIT, "file"),
    "evidence:file-download": case(READERS, "file"),
    "evidence:file-image": case(READERS, "file", "size"),
    "evidence:file-public": case(READERS, "file"),
    "evidence:file-acquisition": case(EXHIBIT, "file"),
    "evidence:file-copy": case(EXHIBIT, "file"),
    "evidence:file-copy-correct": case(EXHIBIT, "file", "hop"),
    "evidence:file-original": case(EXHIBIT, "file"),
    "evidence:redaction-begin": case(DOSSIER, "file"),
    "evidence:redaction": case(DOSSIER, "redaction"),
    "evidence:redaction-page": case(DOSSIER, "redaction", "side", "sheet"),
    "evidence:case-certificates": case(READERS),
    "evidence:certificate-add": case(EXHIBIT, "certificate_kind"),
    "evidence:certificate": case(READERS, "certificate"),
    "evidence:certificate-amend": case(EXHIBIT, "certificate"),
    "evidence:certificate-sign": case(EXHIBIT, "certificate"),
    "evidence:certificate-withdraw": case(EXHIBIT, "certificate"),
    "evidence:certificate-draft-pdf": case(READERS, "certificate"),
    "evidence:case-laboratory": case(READERS),
    "evidence:laboratory-send": case(EXHIBIT),
    "evidence:laboratory": case(READERS, "memo"),
    "evidence:laboratory-amend": case(EXHIBIT, "memo"),
    "evidence:laboratory-receive": case(EXHIBIT, "memo"),
    "evidence:laboratory-report": case(EXHIBIT, "memo"),
    "evidence:laboratory-memo-pdf": case(READERS, "memo"),
    "evidence:count-species": case(PROSECUTE, "proceeding", "count"),
    "evidence:count-answer": case(PROSECUTE, "proceeding", "count", "finding"),
    "evidence:case-papers": case(READERS),
    "evidence:court-paper": case(READERS, "paper", "key", "ending"),
    "evidence:dossier-list": case(DOSSIER),
    "evidence:dossier-template-list": position("administrator"),
    "evidence:dossier-template-add": position("administrator"),
    "evidence:dossier-template-change": position("administrator", "template"),
    "evidence:dossier-template-offer": Page(
        "administrator", ("template",), answers=(302, 405), refusals=(403, 405)
    ),
    "evidence:dossier-preview": case(DOSSIER),
    "evidence:dossier-preview-volume": case(
        DOSSIER, "volume", answers=(404,)
    ),  # laid out by the worker
    # It is not issued: nothing goes on with it yet.
    "evidence:dossier-supplement": case(DOSSIER, "dossier", answers=(409,)),
    "evidence:dossier-stop": case(DOSSIER, "dossier"),
    "evidence:dossier": case(DOSSIER, "dossier"),
    "evidence:dossier-volume": case(
        DOSSIER, "dossier", "volume", answers=(404,)
    ),  # it waits to be built
    "evidence:dossier-sign": case(DOSSIER, "dossier"),
    "evidence:dossier-refuse": case(DOSSIER, "dossier"),
    "evidence:dossier-retry": case(DOSSIER, "dossier"),
    "evidence:dossier-signatures": case(DOSSIER, "dossier"),
    "evidence:dossier-bundle": case(DOSSIER, "dossier", answers=(404,)),
    "evidence:disclosure": case(DOSSIER),
    "evidence:disclosure-build": case(DOSSIER),
    "evidence:disclosure-served": case(DOSSIER),
    "evidence:disclosure-served-csv": case(DOSSIER),
    "evidence:dossier-service-add": case(DOSSIER, "dossier"),
    "evidence:dossier-service-correct": case(DOSSIER, "dossier", "service"),
    "evidence:dossier-service-take-back": case(DOSSIER, "dossier", "service"),
    "evidence:ledger-heads": position("manager auditor"),
    # The witness for other agencies: no sign-in, and only what a known key has signed.
    "evidence:witness-add-checkpoint": Page(f"anonymous inactive {EVERYONE}", answers=(405,)),
    "evidence:witness-checkpoint": Page(
        f"anonymous inactive {EVERYONE}", ("origin_hash",), answers=(404,)
    ),
    # search
    "search:search": position(EVERYONE),
    "search:suggest": position(EVERYONE),
    "search:search-save": position(EVERYONE),
    "search:saved-delete": Page(
        "investigator", ("saved",), answers=(405, 302), refusals=(404, 405)
    ),
    "search:recent-clear": Page(EVERYONE, answers=(405, 302)),
    # 409 where the index is away: a look-up is not taken for everything.
    "search:search-csv": Page(REGISTER_READERS, answers=(200, 409)),
    "search:search-xlsx": Page(REGISTER_READERS, answers=(200, 409)),
    "search:state": position("administrator"),
}  # fmt: skip


def page(name: str) -> Page | None:
    """The line of an address. The reference tables are one line: their keeper and nobody else."""
    if name.startswith("admin:"):
        answers = (200, 301, 302, 403, 404, 405)
        return Page("administrator", answers=answers, refusals=(302, 403, 404, 405))
    return PAGES.get(name)
