"""Documents as case material, and the questions that are asked for them on the search page."""

import io
import re
import time

from django.db import transaction
from django.test import Client
from django.utils import timezone

from bench import generate
from bench.judged import Collection, Document
from casework import access
from casework.models import Case, CaseGroupGrant, DiaryEntry, User
from evidence import files
from evidence.filestore import uploads
from search import sync
from search.reading import working

MOST_HITS = 100
LONGEST_TITLE = 200
HIT = re.compile(r"<li data-row[ >].*?</li>", re.DOTALL)
REFERENCE = re.compile(r'<span class="id">([^<]+)</span>')


class Library:
    """The documents by the reference of the case that each became."""

    def __init__(self, material: str) -> None:
        self.material = material
        self.officer: User = generate.people_and_places().reader
        self.numbers: dict[str, str] = {}
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(self.officer)

    def load(self, collection: Collection) -> str:
        """How long it took. Rows in bulk, then the index once, as a rebuild makes it."""
        began = time.perf_counter()
        documents = collection.documents
        with transaction.atomic():
            made = Case.objects.bulk_create(self._case(document) for document in documents)
            _grant(made, self.officer)
            if self.material == "note":
                DiaryEntry.objects.bulk_create(map(self._note, made, documents))
        self.numbers = {c.reference: d.number for c, d in zip(made, documents, strict=True)}
        if self.material == "file":
            for case, document in zip(made, documents, strict=True):
                self._attach(case, document)
            working.work()
        sync.rebuild()
        sync.catch_up()
        return f"{time.perf_counter() - began:.0f} s"

    def _case(self, document: Document) -> Case:
        is_case = self.material == "case"
        title = document.title.strip()[:LONGEST_TITLE] if is_case else ""
        return Case(
            reference=f"KE-DOC-2026-{document.number}",
            title=title or f"Document {document.number}",
            summary=document.body if is_case else "",
            tier="port",
            agency=self.officer.agency,
            unit=self.officer.unit,
            lead_officer=self.officer,
            created_by=self.officer,
            created_at=timezone.now(),
        )

    def _note(self, case: Case, document: Document) -> DiaryEntry:
        return DiaryEntry(
            case=case,
            text=f"{document.title}\n{document.body}",
            happened_at=case.created_at,
            written_by=self.officer,
            written_at=case.created_at,
        )

    def _attach(self, case: Case, document: Document) -> None:
        data = f"{document.title}\n\n{document.body}\n".encode()
        name = f"document-{document.number}.txt"
        upload = uploads.receive(io.BytesIO(data), name, "text/plain")
        files.attach(case, upload=upload, kind="document", actor=self.officer)

    def ask(self, typed: str) -> list[str]:
        """The numbers of what is found, in the order of the page."""
        found: dict[str, None] = {}
        page = 1
        while len(found) < MOST_HITS:
            answer = self.client.get("/search/", {"q": typed, "page": str(page)})
            shown = [
                m[1] for hit in HIT.findall(answer.content.decode()) if (m := REFERENCE.search(hit))
            ]
            fresh = [n for r in shown if (n := self.numbers.get(r)) and n not in found]
            if not fresh:
                break
            found |= dict.fromkeys(fresh)
            page += 1
        return list(found)


def _grant(made: list[Case], officer: User) -> None:
    """To the unit of the officer, as recording a case does."""
    assert officer.unit is not None  # noqa: S101  # the people of the benchmarks belong to one
    permission = access.role_permission("investigator")
    CaseGroupGrant.objects.bulk_create(
        CaseGroupGrant(
            content_object=case,
            group=officer.unit.group,
            permission=permission,
            granted_by=officer,
            reason="Unit of the recorder",
        )
        for case in made
    )
