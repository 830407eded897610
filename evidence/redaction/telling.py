"""What was found, as sentences: before the copy is made, and after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as say
from django.utils.translation import ngettext

from evidence.filestore import images
from evidence.models import Redaction, RedactionMark

MOST_NAMED = 30


@dataclass(frozen=True)
class Finding:
    mark: str  # of templates: full, half, open, cross
    text: str


def pages(numbers: Sequence[int]) -> str:
    """Pages 1, 4 to 6; a long list ends with how many more."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [str(r[0]) if len(r) == 1 else _run(r) for r in runs[:MOST_NAMED]]
    if len(runs) > MOST_NAMED:
        named.append(say("and more"))
    return ", ".join(named)


def _run(run: list[int]) -> str:
    if len(run) == 2:
        return f"{run[0]}, {run[1]}"
    return say("%(first)s to %(last)s") % {"first": run[0], "last": run[-1]}


def places(found: Sequence[Sequence[int]]) -> str:
    """Found on pages 1, 4 (6 times)."""
    if not found:
        return say("Not found in the text. Where it stands in a picture, draw a box.")
    times = sum(count for _page, count in found)
    told = ngettext(
        "Found on page %(pages)s (%(times)s)", "Found on pages %(pages)s (%(times)s)", len(found)
    )
    often = ngettext("once", "%(n)s times", times) % {"n": times}
    return told % {"pages": pages([page for page, _count in found]), "times": often}


def of_mark(mark: RedactionMark) -> str:
    if mark.words:
        return places(mark.found)
    values = {"page": mark.page}
    if mark.is_whole_page:
        return say("Page %(page)s, the whole page") % values
    return say("Page %(page)s, a box") % values


def before(redaction: Redaction) -> list[Finding]:
    """What must be known before the copy is made."""
    seen = redaction.findings
    if redaction.original.file.media_type != images.PAPER:
        return [Finding("half", say("Words in a picture are not found. Draw boxes over them."))]
    if "without_text" not in seen:
        return [Finding("half", say("Which pages have no text is told when the copy is made."))]
    told = [
        (
            "without_text",
            say("No text to search on page %(pages)s: look at it and draw boxes."),
            say("No text to search on pages %(pages)s: look at them and draw boxes."),
        ),
        (
            "unread",
            say("The letters of page %(pages)s cannot be read: look at it and draw boxes."),
            say("The letters of pages %(pages)s cannot be read: look at them and draw boxes."),
        ),
        (
            "layered",
            say("Page %(pages)s has layers and becomes a picture of what is shown."),
            say("Pages %(pages)s have layers and become pictures of what is shown."),
        ),
        (
            "not_clean",
            say("Page %(pages)s cannot be kept with certainty and becomes a picture."),
            say("Pages %(pages)s cannot be kept with certainty and become pictures."),
        ),
    ]
    return [
        Finding("half", (one if len(seen[name]) == 1 else more) % {"pages": pages(seen[name])})
        for name, one, more in told
        if seen.get(name)
    ]


def after(redaction: Redaction) -> list[Finding]:
    """What the engine did, what its check found, and what it could not know."""
    return [*_done(redaction), *_words(redaction), *_hidden(redaction), *before(redaction)]


def _done(redaction: Redaction) -> Iterator[Finding]:
    seen = redaction.findings
    total, drawn = seen.get("pages", 0), seen.get("drawn", [])
    told = ngettext(
        "%(n)s page of %(total)s was drawn anew: %(pages)s.",
        "%(n)s pages of %(total)s were drawn anew: %(pages)s.",
        len(drawn),
    )
    if drawn:
        yield Finding("full", told % {"n": len(drawn), "total": total, "pages": pages(drawn)})
    yield Finding(
        "full",
        say(
            "Metadata, outlines, forms, attachments, scripts, links and notes are not in the copy."
        ),
    )
    if seen.get("left_out"):
        yield Finding("half", say("Further pictures in the same file were left out."))


def _words(redaction: Redaction) -> Iterator[Finding]:
    seen = redaction.findings
    words = list(zip(seen.get("words", []), seen.get("found", []), strict=False))
    for word, found in words:
        kind = "full" if found else "open"
        yield Finding(kind, f"“{word}”: {places(found)}")
    if words:
        yield Finding(
            "full",
            say("The copy was read again: in no text, name or hidden place are the words found."),
        )


def _hidden(redaction: Redaction) -> Iterator[Finding]:
    hidden = redaction.findings.get("hidden")
    if hidden:
        told = say(
            "A word lay hidden on page %(pages)s, where its place cannot be told. The page was "
            "drawn anew. Look whether the word can be read on it."
        )
        yield Finding("open", told % {"pages": pages(hidden)})
