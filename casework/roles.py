"""Who may do what: the two tables every question of permission is answered from.

ROLES: what a role on one case allows there. POSITIONS: what a person's position allows anywhere.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

VIEW: Final = "view"
EDIT: Final = "edit"  # the case itself, its seizures, consignment and parties' involvement
EXHIBIT: Final = "exhibit"  # register exhibits, attach files, print labels
CUSTODY: Final = "custody"  # offer, acknowledge, seal, weigh
SUBMIT: Final = "submit"  # send the file to the prosecutor
PROSECUTE: Final = "prosecute"  # proceedings, counts, hearings, outcomes
DOSSIER: Final = "dossier"  # build and open dossiers
SENSITIVE: Final = "view_sensitive"  # sealed notes, informants, restricted exhibits and files
TEAM: Final = "team"  # grant and revoke roles
AUDIT: Final = "audit"  # read who did and who saw what

ACTIONS: Final = (
    VIEW, EDIT, EXHIBIT, CUSTODY, SUBMIT, PROSECUTE, DOSSIER, SENSITIVE, TEAM, AUDIT,
)  # fmt: skip

ROLES: Final[dict[str, frozenset[str]]] = {
    "lead": frozenset({VIEW, EDIT, EXHIBIT, CUSTODY, SUBMIT, DOSSIER, SENSITIVE, TEAM, AUDIT}),
    "investigator": frozenset({VIEW, EDIT, EXHIBIT, CUSTODY, SUBMIT}),
    "custodian": frozenset({VIEW, EXHIBIT, CUSTODY}),
    "prosecutor": frozenset({VIEW, PROSECUTE, CUSTODY, DOSSIER, SENSITIVE}),
    "supervisor": frozenset({VIEW, EDIT, SUBMIT, DOSSIER, SENSITIVE, TEAM, AUDIT}),
    "auditor": frozenset({VIEW, SENSITIVE, AUDIT}),
    "viewer": frozenset({VIEW}),
}

ROLE_WORDS: Final[dict[str, StrOrPromise]] = {
    "lead": _("Lead"),
    "investigator": _("Investigator"),
    "custodian": _("Exhibit custodian"),
    "prosecutor": _("Prosecutor"),
    "supervisor": _("Supervisor"),
    "auditor": _("Auditor"),
    "viewer": _("Reader"),
}

RECORD_SEIZURE: Final = "casework.record_seizure"
IMPORT_SEIZURES: Final = "casework.import_seizures"
VIEW_STATISTICS: Final = "casework.view_statistics"
MANAGE_PEOPLE: Final = "casework.manage_people"
MANAGE_REFERENCE: Final = "casework.manage_reference"
MANAGE_LAW: Final = "casework.manage_law"
BREAK_GLASS: Final = "casework.break_glass"
VIEW_REGISTER: Final = "kyc.view_register"
EDIT_REGISTER: Final = "kyc.edit_register"
KEEP_WATCHLISTS: Final = "kyc.keep_watchlists"
DECIDE_FEED: Final = "kyc.decide_feed"
VIEW_STORE: Final = "evidence.view_store"
KEEP_STORE: Final = "evidence.keep_store"
VIEW_LEDGER: Final = "evidence.view_ledger"
EXPORT_HITS: Final = "search.export_hits"

POSITIONS: Final[dict[str, frozenset[str]]] = {
    "investigator": frozenset(
        {RECORD_SEIZURE, VIEW_REGISTER, EDIT_REGISTER, VIEW_STORE, EXPORT_HITS}
    ),
    "custodian": frozenset({RECORD_SEIZURE, VIEW_STORE, KEEP_STORE}),
    "prosecutor": frozenset({VIEW_REGISTER, EDIT_REGISTER, EXPORT_HITS}),
    "manager": frozenset(
        {
            *(RECORD_SEIZURE, IMPORT_SEIZURES, VIEW_STATISTICS, VIEW_REGISTER, BREAK_GLASS),
            *(VIEW_STORE, KEEP_STORE, VIEW_LEDGER, KEEP_WATCHLISTS, DECIDE_FEED),
            EXPORT_HITS,
        }
    ),
    "auditor": frozenset(
        {
            *(VIEW_REGISTER, VIEW_STATISTICS, BREAK_GLASS, VIEW_STORE, VIEW_LEDGER),
            EXPORT_HITS,
        }
    ),
    "administrator": frozenset({MANAGE_PEOPLE, MANAGE_REFERENCE}),
    "legal": frozenset({MANAGE_LAW}),
    "observer": frozenset(),
}


def roles_allowing(action: str) -> list[str]:
    """The role codenames that allow an action; an unknown action is a programming error."""
    if action not in ACTIONS:
        raise ValueError(f"unknown action {action!r}")
    return [role for role, actions in ROLES.items() if action in actions]
