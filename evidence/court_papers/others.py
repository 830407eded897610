"""Papers that have a page of their own: certificates and memos to laboratories."""

from django.http import Http404

from casework.models import Case, User
from evidence import files
from evidence.court_papers.court import number
from evidence.dossier.sheet import Sheet
from evidence.papers import certificate_draft, certificates, laboratory_memo, laboratory_page


def certificate(case: Case, key: str, user: User) -> Sheet:
    found = certificates.find(user, case.reference, number(key))
    for file in found.covers.filter(attachment__isnull=False).select_related("attachment__file"):
        files.record_read(file.attachment, actor=user, how="certificate")
    return certificate_draft.sheet_of(found)


def memo(case: Case, key: str, user: User) -> Sheet:
    found = laboratory_page.read(case, user, number(key))
    if not found:
        raise Http404
    found[0].request.case = case
    return laboratory_memo.sheet_of(found[0])
