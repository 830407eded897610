"""Links on the case page that depend on what the reader may do there."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import cases, roles, submissions
from casework.models import Case
from evidence.lacks import address

register = template.Library()


@dataclass(frozen=True)
class Act:
    """A verb of the case page: who may, in which states of the case, and where it leads."""

    action: str
    word: StrOrPromise
    name: str
    statuses: frozenset[str] | None = None
    key: str = ""
    is_filled: bool = False


SENDABLE: frozenset[str] = frozenset(submissions.SENDABLE)

# The first filled one that applies is the page's one filled button.
ACTS = (
    Act(roles.PROSECUTE, _("Decide on the file"), "casework:submission-decide", is_filled=True),
    Act(roles.EXHIBIT, _("Register exhibits"), "evidence:exhibit-register", is_filled=True),
    Act(roles.SUBMIT, _("Send to the prosecutor"), "casework:submission-new", SENDABLE),
    Act(roles.DOSSIER, _("Dossier"), "evidence:dossier-list"),
    Act(roles.VIEW, _("Write a note"), "casework:diary-add", key="n"),
    Act(roles.EDIT, _("Edit"), "casework:case-edit"),
)  # fmt: skip
ROLE_WORDS: dict[str, StrOrPromise] = {
    "lead": _("Lead"),
    "investigator": _("Investigators"),
    "custodian": _("Custodian"),
    "prosecutor": _("Prosecutors"),
    "supervisor": _("Supervisor"),
    "auditor": _("Auditors"),
    "viewer": _("Readers"),
}


@register.inclusion_tag("evidence/case_actions.html")
def case_actions(case: Case, is_waiting: bool) -> dict[str, Any]:
    """The acts open to the reader whose `granted_actions` the case carries."""
    acts = [act for act in ACTS if _is_open(act, case, is_waiting)]
    filled = next((act for act in acts if act.is_filled), None)
    return {
        "acts": [
            {
                "word": act.word,
                "key": act.key,
                "go": act is filled,
                "url": address(act.name, case.reference),
            }
            for act in acts
        ]
    }


def _is_open(act: Act, case: Case, is_waiting: bool) -> bool:
    if act.action not in case.granted_actions:
        return False
    if act.name == "casework:diary-add":
        return bool(case.granted_actions & cases.NOTING)
    if act.name == "casework:submission-decide":
        return is_waiting
    return act.statuses is None or case.status in act.statuses


@register.simple_tag
def role_word(role: str) -> StrOrPromise:
    return ROLE_WORDS.get(role, role)


@register.simple_tag
def event_file(attached: dict[str, Any], digest: str) -> Any:
    """The file of the exhibit that an event names by its digest, where the reader may see it."""
    return attached.get(digest) if attached else None
