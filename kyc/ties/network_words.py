"""How the network reads: the name of a node, the word over a line, and who says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from casework import display
from casework.models import Case
from kyc.models import Fact
from kyc.ties.graph import Link, Node
from kyc.ties.network_links import CROWD, Reader
from kyc.ties.network_rows import Claim

Standing = Fact.Standing

THING_WORDS: dict[str, StrOrPromise] = {
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Website"),
    "address": gettext_lazy("Address"),
    "name": gettext_lazy("Name"),
    "registration": gettext_lazy("Registration number"),
    "tax_pin": gettext_lazy("Tax PIN"),
    "vat": gettext_lazy("VAT number"),
    "lei": gettext_lazy("Legal entity identifier"),
    "licence": gettext_lazy("Licence"),
    "business_permit": gettext_lazy("Business permit"),
    "id_number": gettext_lazy("Identity number"),
    "passport": gettext_lazy("Passport"),
    "iban": gettext_lazy("Bank account"),
    "bank": gettext_lazy("Bank reference"),
    "container": gettext_lazy("Container"),
    "seal": gettext_lazy("Seal"),
    "vessel": gettext_lazy("Vessel"),
}
LINK_WORDS: dict[str, StrOrPromise] = {
    **THING_WORDS,
    "postal_address": gettext_lazy("Postal address"),
    "name": gettext_lazy("Is called"),
    "trading_name": gettext_lazy("Trades as"),
    "previous_name": gettext_lazy("Was called"),
    "alias": gettext_lazy("Also called"),
    "director": gettext_lazy("Director"),
    "shareholder": gettext_lazy("Shareholder"),
    "owner": gettext_lazy("Beneficial owner"),
    "agent": gettext_lazy("Agent"),
    "container": gettext_lazy("Container in"),
    "seal": gettext_lazy("Seal in"),
    "vessel": gettext_lazy("Vessel of"),
}
GROUP_WORDS: dict[str, StrOrPromise] = {
    "role": gettext_lazy("Part in a case"),
    "ownership": gettext_lazy("Owners, directors, names"),
    "contact": gettext_lazy("Telephone, e-mail, website"),
    "address": gettext_lazy("Address"),
    "number": gettext_lazy("Registration, tax, bank"),
    "cargo": gettext_lazy("Container and seal"),
    "vessel": gettext_lazy("Vessel"),
    "dealing": gettext_lazy("Calls, payments, meetings"),
}
MARKS = {
    Standing.VERIFIED.value: "full",
    Standing.OWN_WORD.value: "half",
    Standing.CONTRADICTED.value: "cross",
}
MONO = frozenset({"phone", "container", "seal", "tax_pin", "registration", "iban", "lei"})


@dataclass(frozen=True)
class Named:
    """A node as people read it."""

    node: Node
    name: str
    word: str
    shape: str
    url: str = ""  # the node's own page
    network_url: str = ""
    is_mono: bool = False


class Namer:
    """Names nodes for one reader; the titles of all cases are read at once."""

    def __init__(
        self, reader: Reader, nodes: Iterable[Node], links: Iterable[Link], crowded: set[Node]
    ) -> None:
        self._reader = reader
        self._crowded = crowded
        self._labels = _labels(links)
        cases = [int(node.key) for node in nodes if node.kind == "case"]
        seen = Case.objects.visible_to(reader.user).filter(pk__in=cases).order_by()
        rows = seen.values_list("pk", "reference", "title")
        self._cases: dict[str, tuple[str, str]] = {str(pk): (ref, title) for pk, ref, title in rows}

    def __call__(self, node: Node) -> Named:
        if node.kind == "party":
            return self._party(node)
        if node.kind == "case":
            reference, title = self._cases.get(node.key, ("", ""))
            args = [reference]
            return Named(
                node, reference, title, "case",
                reverse("casework:case", args=args), reverse("kyc:case-network", args=args), True,
            )  # fmt: skip
        word = str(THING_WORDS[node.kind])
        if node in self._crowded:
            word = _("%(what)s, given by more than %(n)s") % {"what": word, "n": CROWD}
        shape = "cargo" if node.kind in ("container", "seal", "vessel") else "thing"
        return Named(node, self._label(node), word, shape, is_mono=node.kind in MONO)

    def _label(self, node: Node) -> str:
        label = self._labels.get(node, node.key)
        return display.container(label) if node.kind == "container" else label

    def _party(self, node: Node) -> Named:
        pk = int(node.key)
        name, kind, _country = self._reader.parties[pk]
        words = {"firm": _("Firm"), "person": _("Person")}
        word, shape = words.get(kind, _("Not known yet")), "person" if kind == "person" else "firm"
        url, further = reverse("kyc:party", args=[pk]), reverse("kyc:party-network", args=[pk])
        return Named(node, name, word, shape, url, further)


def _labels(links: Iterable[Link]) -> dict[Node, str]:
    """How each thing is spelt: of several spellings the first of the alphabet."""
    found: dict[Node, str] = {}
    for link in links:
        node = link.left if link.right.is_end else link.right
        if not node.is_end and link.claim is not None:
            found[node] = min(found.get(node, link.claim.label), link.claim.label)
    return found


def how(link: Link) -> str:
    """The kind of a link, as the table says it between its two ends."""
    claim: Claim = link.claim
    if link.how == "role":
        return claim.label
    if link.how in LINK_WORDS:
        return str(LINK_WORDS[link.how])
    return _dealing(claim)


def over_line(links: Sequence[Link]) -> str:
    """The words over a line: none where the thing at its end says it."""
    told = [
        how(link)
        for link in links
        if link.how not in THING_WORDS and link.how not in ("postal_address", "name")
    ]
    return ", ".join(dict.fromkeys(word[:1].lower() + word[1:] for word in told))


def _dealing(claim: Claim) -> str:
    if claim.label == "payment":
        told = _("Paid %(sum)s") % {"sum": claim.sum} if claim.sum else _("Paid")
    else:
        told = {"call": _("Called"), "meeting": _("Met")}.get(claim.label, _("Wrote to"))
    if claim.times < 2:
        return told
    times = ngettext("%(n)s time", "%(n)s times", claim.times) % {"n": claim.times}
    return f"{told}, {times}"


def source(claim: Claim, names: Mapping[int, tuple[str, str, str]]) -> str:
    """Who says so, where it is written, and when."""
    if claim.source_type != "case":
        return _of_fact(claim, names)
    load = _load(claim.source)
    where = _("record of %(case)s") % {"case": claim.case}
    return ", ".join(filter(None, (where, load, display.day(claim.day) if claim.day else "")))


def _load(told: str) -> str:
    """`2/1` is the first consignment of the second seizure; other words stand as they are."""
    first, _comma, rest = told.partition(", ")
    seizure, slash, load = first.partition("/")
    if not slash or not (seizure + load).isdigit():
        return told
    words = _("seizure %(seizure)s, consignment %(load)s") % {"seizure": seizure, "load": load}
    return f"{words}, {rest}" if rest else words


def _of_fact(claim: Claim, names: Mapping[int, tuple[str, str, str]]) -> str:
    name = names.get(int(claim.party), ("",))[0]
    if claim.source_type == Fact.Source.SELF_DECLARED:
        who = _("own word of %(name)s: %(source)s") % {"name": name, "source": claim.source}
    else:
        who = claim.source
    parts = [who, display.day(claim.day) if claim.day else ""]
    if claim.until:
        parts.append(_("until %(day)s") % {"day": display.day(claim.until)})
    if claim.case:
        parts.append(claim.case)
    return ", ".join(filter(None, parts))


def standing(links: Sequence[Link]) -> tuple[str, str]:
    """The mark of what several links say, and its word: contradicted before all else."""
    marks = {MARKS.get(link.claim.standing, "full") for link in links}
    found = next(mark for mark in ("cross", "full", "half") if mark in marks)
    if all(link.claim.source_type == "case" for link in links):
        return found, _("On the record")
    words = {"cross": _("Contradicted"), "full": _("Verified"), "half": _("One side says so")}
    return found, words[found]


def since(links: Iterable[Link]) -> date | None:
    return min((link.claim.day for link in links if link.claim.day), default=None)
