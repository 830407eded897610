"""The parts of a dossier by the names that the house gives them, where people choose them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

TITLES: dict[str, StrOrPromise] = {
    "charges": _("Charges"),
    "summary": _("Summary of facts"),
    "chronology": _("Chronology"),
    "proof": _("Points to prove"),
    "exhibits": _("Exhibit list"),
    "custody": _("Exhibits and custody reports"),
    "laboratory": _("Expert and laboratory reports"),
    "certificates": _("Certificates"),
    "electronic": _("Electronic evidence"),
    "parties": _("Parties behind the consignment"),
    "consignments": _("Consignment"),
    "witnesses": _("Witnesses"),
    "statements": _("Statements"),
    "hearings": _("Hearing history"),
    "files": _("Documents of the case"),
}


def unknown(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key not in TITLES]
