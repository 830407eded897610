"""Links on the case page that depend on what the reader may do there."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import roles
from casework.models import Case
from evidence.lacks import address

register = template.Library()

# What a reader may do from the case page, the first that applies being the filled button.
ACTS: tuple[tuple[str, StrOrPromise, str, str], ...] = (
    (roles.EXHIBIT, _("Register an exhibit"), "evidence:exhibit-register", ""),
    (roles.SUBMIT, _("Send to the prosecutor"), "casework:case-submit", ""),
    (roles.PROSECUTE, _("Open a proceeding"), "casework:proceeding-open", ""),
    (roles.DOSSIER, _("Build the dossier"), "evidence:dossier-list", ""),
    (roles.VIEW, _("Write a note"), "casework:diary-add", "n"),
    (roles.EDIT, _("Edit"), "casework:case-edit", ""),
)
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
def case_actions(case: Case) -> dict[str, Any]:
    """The acts open to the reader whose `granted_actions` the case carries."""
    found = [
        {"url": address(name, case.reference), "word": word, "key": key}
        for action, word, name, key in ACTS
        if action in case.granted_actions
    ]
    acts = [act for act in found if act["url"]]
    is_act = bool(acts) and acts[0]["word"] not in (ACTS[-2][1], ACTS[-1][1])
    return {"acts": acts, "has_filled": is_act}


@register.simple_tag
def role_word(role: str) -> StrOrPromise:
    return ROLE_WORDS.get(role, role)
