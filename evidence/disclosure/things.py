"""What there is in a case to disclose or to withhold, and what holds where nobody decided."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from casework import access, display
from casework.ledger import format
from casework.models import Case, Statement, Witness
from evidence.disclosure.withhold import ALWAYS, Copy, statement_key
from evidence.dossier.plan import PARTS
from evidence.issuing.parts import TITLES
from evidence.models import Attachment, CustodyEvent, DisclosureItem, Exhibit, Redaction
from evidence.natural import natural

Treatment = DisclosureItem.Treatment
PART, EXHIBIT, STATEMENT, FILE, WITNESS = "part", "exhibit", "statement", "file", "witness"


@dataclass(frozen=True)
class Ready:
    """A redacted copy that may be served, and the grounds that it says on the black, each once."""

    copy: Copy
    ground: str


@dataclass(frozen=True, kw_only=True)
class Thing:
    """`default` holds until a person decides; a fixed one is withheld whatever anybody wants."""

    key: str
    kind: str
    title: str
    note: str = ""
    digest: str = ""  # of the record or the bytes as they stand now
    default: str = Treatment.SERVED
    ground: str = ""  # code of the list, where the default does not serve it whole
    is_sensitive: bool = False
    is_fixed: bool = False
    copy: Copy | None = None
    exhibit: str = ""
    paper: str = ""  # digest of the file that holds it
    words: tuple[str, ...] = ()  # names that go with it

    @property
    def name(self) -> str:
        return self.key.partition(":")[2]

    @property
    def choices(self) -> list[str]:
        if self.is_fixed:
            return [Treatment.WITHHELD]
        redacted = [Treatment.REDACTED] if self.copy else []
        return [Treatment.SERVED, *redacted, Treatment.WITHHELD]


def of(case: Case, user: access.Reader) -> list[Thing]:
    """Parts, exhibits, statements, files and protected witnesses that this reader may see.

    A fixed number of queries."""
    return [
        *parts(), *_exhibits(case, user), *_statements(case, user), *_files(case, user),
        *_witnesses(case, user),
    ]  # fmt: skip


def parts() -> Iterator[Thing]:
    for key in PARTS:
        internal = key in ALWAYS
        yield Thing(
            key=f"{PART}:{key}", kind=PART, title=str(TITLES.get(key, key)),
            default=Treatment.WITHHELD if internal else Treatment.SERVED,
            ground="internal" if internal else "", is_fixed=internal,
        )  # fmt: skip


def _exhibits(case: Case, user: access.Reader) -> Iterator[Thing]:
    last = CustodyEvent.objects.filter(exhibit=OuterRef("pk")).order_by("-sequence")
    rows = Exhibit.objects.visible_to(user).filter(case=case).select_related("kind", "taxon")
    found = rows.annotate(last_digest=Subquery(last.values("digest")[:1]))
    for row in sorted(found, key=lambda one: natural(one.label)):
        hidden = row.is_restricted
        yield Thing(
            key=f"{EXHIBIT}:{row.label}", kind=EXHIBIT, title=f"{row.label} {row.description}",
            digest=_exhibit_digest(row), is_sensitive=hidden, exhibit=row.label,
            default=Treatment.WITHHELD if hidden else Treatment.SERVED,
            ground="sensitive" if hidden else "",
        )  # fmt: skip


def _exhibit_digest(row: Any) -> str:
    """Of what the dossier says of it: its chain by the last event, which names the one before."""
    said = [row.label, row.description, row.kind.code, row.taxon_id, row.found_at]
    return of_values([*said, row.last_digest or ""])


def of_values(values: Iterable[Any]) -> str:
    plain = [each if each is None or isinstance(each, int) else str(each) for each in values]
    return hashlib.sha256(format.canonical({"values": plain})).hexdigest()


def _statements(case: Case, user: access.Reader) -> Iterator[Thing]:
    """A sensitive one is not even read for a disclosure; one of a protected witness never is."""
    rows = Statement.objects.visible_to(user).standing().filter(case=case, translation_of=None)
    related = rows.select_related("witness", "accused", "attachment__file", "attachment__exhibit")
    for row in related.order_by("taken_on", "pk"):
        paper: Any = row.attachment
        who = row.witness.label if row.witness else f"A{row.accused.number}"
        protected = bool(row.witness and row.witness.is_protected)
        hidden = protected or row.is_sensitive or bool(paper and _is_hidden(paper))
        name = "" if protected else (row.witness or row.accused).name
        said = {"who": f"{who} {name}".strip(), "day": display.day(row.taken_on)}
        digest = paper.file.digest if paper else ""
        yield Thing(
            key=f"{STATEMENT}:{statement_key(who, row.taken_on, row.language, row.text)}",
            kind=STATEMENT, title=_("Statement of %(who)s, %(day)s") % said, paper=digest,
            digest=of_values([row.text, row.taken_by, digest]), is_sensitive=hidden,
            default=Treatment.WITHHELD if hidden else Treatment.SERVED, is_fixed=hidden,
            ground=("protected" if protected else "sensitive") if hidden else "",
        )  # fmt: skip


def _is_hidden(row: Attachment) -> bool:
    return row.is_sensitive or _of_restricted(row)


def _files(case: Case, user: access.Reader) -> Iterator[Thing]:
    """Each file once, however often it is attached; as hidden as the most hidden of its uses."""
    copies = ready_copies(case, user)
    begun = Redaction.objects.visible_to(user).filter(original__case=case).order_by("pk")
    last = dict(begun.values_list("original", "looked_at"))
    waiting = {original for original, looked_at in last.items() if looked_at is None}
    said = Statement.objects.visible_to(user).filter(case=case, attachment__isnull=False)
    forced = set(said.filter(witness__is_protected=True).values_list("attachment", flat=True))
    secret = set(said.filter(is_sensitive=True).values_list("attachment", flat=True))
    rows = Attachment.objects.visible_to(user).filter(case=case, redacted_by__isnull=True)
    uses: dict[str, list[Attachment]] = {}
    for row in rows.select_related("file", "exhibit").order_by("uploaded_at", "pk"):
        uses.setdefault(row.file.digest, []).append(row)
    for digest, found in uses.items():
        ready = [copies[row.pk] for row in found if row.pk in copies]
        yield _file(digest, found, ready[-1] if ready else None,
                    is_fixed=any(row.pk in forced for row in found),
                    is_secret=any(row.pk in secret or _is_hidden(row) for row in found),
                    is_waiting=any(row.pk in waiting for row in found))  # fmt: skip


def _file(
    digest: str, uses: list[Attachment], ready: Ready | None, *, is_fixed: bool, is_secret: bool,
    is_waiting: bool,
) -> Thing:  # fmt: skip
    """Whoever begins to redact a file does not want it served before they have looked."""
    hidden = is_fixed or is_secret
    why = "protected" if is_fixed else "sensitive" if hidden else ""
    why = why or (_("Its redacted copy is not ready yet") if is_waiting else "")
    is_redacted = ready is not None and not is_fixed and not is_waiting
    default = Treatment.WITHHELD if why else Treatment.SERVED
    return Thing(
        key=f"{FILE}:{digest}", kind=FILE, title=uses[0].name, note=uses[0].caption,
        digest=digest, default=Treatment.REDACTED if is_redacted else default,
        ground=ready.ground if ready and is_redacted else why,
        is_sensitive=hidden, is_fixed=is_fixed, copy=ready.copy if ready else None,
        exhibit=next((row.exhibit.label for row in uses if row.exhibit), ""),
    )  # fmt: skip


def _of_restricted(row: Attachment) -> bool:
    return row.exhibit is not None and row.exhibit.is_restricted


def ready_copies(case: Case, user: access.Reader) -> dict[int, Ready]:
    """By the key of the original, the last copy of which somebody has looked at every page."""
    rows = Redaction.objects.visible_to(user).filter(
        original__case=case, result__isnull=False, looked_at__isnull=False
    )
    rows = rows.select_related("result__file").prefetch_related("marks")
    return {row.original_id: _ready(row) for row in rows.order_by("done_at", "pk")}


def _ready(row: Redaction) -> Ready:
    held: Any = row.result
    said = [mark.ground for mark in row.marks.all()] if row.says_grounds else []
    copy = Copy(
        name=held.name, size=held.file.size, media_type=held.file.media_type,
        digest=held.file.digest,
    )  # fmt: skip
    return Ready(copy, "; ".join(dict.fromkeys(filter(None, said)))[:300])


def _witnesses(case: Case, user: access.Reader) -> Iterator[Thing]:
    """Who is protected is never named to the defence, and nobody here decides otherwise."""
    for row in Witness.objects.visible_to(user).filter(case=case, is_protected=True):
        yield Thing(
            key=f"{WITNESS}:{row.label}", kind=WITNESS, ground="protected", words=(row.name,),
            title=_("Protected witness %(label)s") % {"label": row.label},
            default=Treatment.WITHHELD, is_sensitive=True, is_fixed=True,
        )  # fmt: skip
