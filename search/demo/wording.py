"""The template by which the demonstration's dossier is made: an invented practice of a court."""

from evidence.dossier.plan import PARTS
from evidence.issuing import templates
from evidence.models import DossierTemplate
from search.demo.stage import court

FIRST = ("charges", "summary", "witnesses", "statements")
TITLES = {"charges": "Charge sheet", "summary": "Statement of facts"}


def add() -> DossierTemplate:
    """Witnesses before exhibits, as an invented practice note asks."""
    order = [*FIRST, *(key for key in PARTS if key not in FIRST)]
    return templates.add(
        actor=None,
        name="Practice note 3 (invented)",
        court=court("Mombasa Law"),
        parts=[{"key": key, "title": TITLES.get(key, "")} for key in order],
        cover_heading="In the Magistrate's Court at Mombasa",
        closing_text="Filed under practice note 3, which is invented for this demonstration.",
    )
