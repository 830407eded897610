"""`{% file_words attachment %}`: whether a file can be found by its words, on the file's page."""

from typing import Any

from django import template

from evidence.models import Attachment
from search.models import FileText
from search.reading import reasons

register = template.Library()
MARKS = {"waiting": "later", "read": "full", "partly": "half", "unread": "open"}


@register.inclusion_tag("search/file_words.html")
def file_words(attachment: Attachment) -> dict[str, Any]:
    """A file from before its words were read waits, too: `read_files` reads it."""
    words = FileText.objects.filter(file=attachment.file_id).first()
    words = words or FileText(file_id=attachment.file_id)
    return {
        "words": words,
        "mark_kind": MARKS[words.state],
        "why": reasons.words(words.reason) if words.state != "waiting" else "",
        "is_empty": reasons.has_no_words(words),
    }
