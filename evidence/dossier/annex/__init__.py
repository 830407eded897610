"""Documents of other hands as pages of the dossier: files in, annex volumes out.

`prepare` before the pages are numbered, `write` after. Foreign bytes are opened by the walled
process alone (evidence/sealed/leaves.py); what it returns draws and does nothing else. Pure.
"""

from evidence.dossier.annex.laying import annexed
from evidence.dossier.annex.leaves import Inspected, inspect
from evidence.dossier.annex.preparing import Leaves, Prepared, prepare
from evidence.dossier.annex.volumes import write

__all__ = ["Inspected", "Leaves", "Prepared", "annexed", "inspect", "prepare", "write"]
