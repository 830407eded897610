"""The names of fields that may be typed before a colon, and the dates among them.

Pure. The left-hand names are those of `IndexDocument.values`; the others are what people also call
them, in English, French and Swahili.
"""

from collections.abc import Mapping

from search import text

FIELDS: Mapping[str, tuple[str, ...]] = {
    "agency": ("service", "shirika"),
    "bill": ("bl", "bol", "connaissement", "lading"),
    "booking": ("reservation",),
    "container": ("conteneur", "kontena", "box"),
    "country": ("pays", "nchi"),
    "court": ("tribunal", "mahakama"),
    "holder": ("custodian", "heldby", "detenteur", "mshikiliaji"),
    "imo": (),
    "kind": ("type", "is", "genre", "aina"),
    "officer": ("lead", "agent", "afisa"),
    "place": ("lieu", "mahali", "location"),
    "port": ("bandari", "locode"),
    "reference": ("ref", "case", "dossier", "kumbukumbu"),
    "role": ("part", "capacity"),
    "seal": ("scelle", "plomb", "muhuri", "lakiri"),
    "species": ("taxon", "espece", "spishi"),
    "status": ("state", "statut", "hali"),
    "tier": ("level", "niveau", "ngazi"),
    "vessel": ("ship", "navire", "meli"),
}
NUMBERS = frozenset({"bill", "booking", "container", "imo", "reference", "seal"})
DATES: Mapping[str, tuple[str, ...]] = {
    "date": ("on", "day", "when", "le", "tarehe"),
    "after": ("since", "depuis", "apres", "baada", "tangu"),
    "before": ("avant", "kabla"),
    "until": ("till", "upto", "hadi"),
    "year": ("annee", "mwaka"),
}
_KNOWN = {
    text.fold(said): name
    for names in (FIELDS, DATES)
    for name, others in names.items()
    for said in (name, *others)
}


def known(said: str) -> str:
    """The field that is called so, or nothing."""
    return _KNOWN.get(text.fold(said), "")
