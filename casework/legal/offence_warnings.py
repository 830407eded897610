"""What stands against a count by the law of its day: force, tier of species, listing, standing.

Reads no row: everything it needs is in the offence and the book.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from casework import clock, display, law
from casework.legal.book import Book, grades
from casework.legal.warning import Warning
from casework.models import Listing, Provision, Taxon


@dataclass(frozen=True)
class Offence:
    """A count as the law sees it.

    `said`: what the record of the law said at the filing and no longer says, since `edited_at`.
    """

    provision: Provision
    country: str
    on: date
    until: date | None = None
    taxon: Taxon | None = None
    seized: tuple[date, ...] = ()
    filed_on: date | None = None
    edited_at: datetime | None = None
    said: tuple[str, ...] = ()
    statement: str = ""  # of offence, as the count has it


def of(offence: Offence, book: Book) -> list[Warning]:
    """All of them, the gravest first."""
    return [
        *_not_in_force(offence),
        *_law_changed(offence),
        *_statement(offence, book),
        *_tier(offence, book),
        *_other_section(offence, book),
        *_listing_changed(offence, book),
        *_edited(offence),
        *_unverified(offence),
    ]


def section(provision: Provision) -> str:
    """A provision by its section alone: its statute stands beside it on the page."""
    return _("s. %(section)s") % {"section": provision.section}


def words_of(provision: Provision) -> str:
    """The statement of offence that a count takes from its provision."""
    return (provision.offence or provision.title)[:300].strip()


def _not_in_force(offence: Offence) -> list[Warning]:
    why_not = law.why_not(offence.provision, offence.on, offence.country)
    if not why_not:
        return []
    why = _("Nobody can be convicted under a law that did not apply on the day of the offence.")
    return [Warning("not_in_force", "cross", why_not, why)]


def _law_changed(offence: Offence) -> list[Warning]:
    last, provision = offence.until, offence.provision
    if last is None or not law.in_force(provision, offence.on) or law.in_force(provision, last):
        return []
    text = _("The law changed while the offence went on: %(section)s is law %(when)s.") % {
        "section": section(provision),
        "when": display.span(provision.valid_from, provision.valid_to),
    }
    why = _("Charge the days before and after in counts of their own, each under its law.")
    return [Warning("law_changed", "cross", text, why)]


def _statement(offence: Offence, book: Book) -> list[Warning]:
    """The provision was chosen anew and the words of the former one stayed."""
    given, own = offence.statement.strip(), words_of(offence.provision)
    others = [one for one in book.provisions if given and words_of(one) == given != own]
    if not others:
        return []
    text = _("The statement of offence is that of %(other)s; the count charges %(section)s.") % {
        "other": section(others[0]),
        "section": section(offence.provision),
    }
    why = _("Empty the statement to take the words of the provision, or write it anew.")
    return [Warning("statement", "cross", text, why)]


def _tier(offence: Offence, book: Book) -> list[Warning]:
    provision, taxon = offence.provision, offence.taxon
    if not provision.listing_scheme:
        return []
    names = {
        "section": section(provision), "taxon": str(taxon or ""), "day": display.day(offence.on),
        "scheme": provision.listing_scheme, "grades": _either(grades(provision)),
    }  # fmt: skip
    tier = _("%(section)s is for species that %(scheme)s lists as %(grades)s.") % names
    if taxon is None:
        return [Warning("species_unsaid", "open", _("The count does not say the species."), tier)]
    listing = book.listed(taxon, offence.on).get(provision.listing_scheme)
    if listing is None:
        text = _("%(taxon)s is not in %(scheme)s on %(day)s, as far as recorded.") % names
        why = f"{tier} {_('Look the species up in the schedule of that day.')}"
        return [Warning("not_listed", "open", text, why)]
    if book.fits(provision, taxon, offence.on):
        return []
    names["grade"] = listing.appendix
    text = _("%(section)s does not fit %(taxon)s: it is listed as %(grade)s.") % names
    return [Warning("tier", "cross", text, tier)]


def _other_section(offence: Offence, book: Book) -> list[Warning]:
    """A section without a tier is charged although another one is for exactly such species."""
    provision, taxon = offence.provision, offence.taxon
    if taxon is None or provision.listing_scheme or not provision.proof_template:
        return []
    others = [
        other
        for other in book.offered(offence.on)
        if (other.statute, other.proof_template) == (provision.statute, provision.proof_template)
        and book.fits(other, taxon, offence.on)
    ]
    if not others:
        return []
    text = _("%(others)s is for species such as %(taxon)s; the count charges %(section)s.") % {
        "others": _either([section(other) for other in others]),
        "taxon": taxon,
        "section": section(provision),
    }
    why = _("Which section sets the penalty has been fought over on appeal. Choose one on purpose.")
    return [Warning("other_section", "half", text, why)]


def _listing_changed(offence: Offence, book: Book) -> list[Warning]:
    if offence.taxon is None:
        return []
    days = {
        **dict.fromkeys(offence.seized, _("at the seizure")),
        offence.filed_on or clock.today(): _("when charged") if offence.filed_on else _("today"),
        offence.on: _("on the day of the offence"),
    }
    listed = {day: book.listed(offence.taxon, day) for day in sorted(days)}
    schemes = sorted({scheme for found in listed.values() for scheme in found})
    return [
        _changed(offence.taxon, scheme, {day: found.get(scheme) for day, found in listed.items()},
                 days)
        for scheme in schemes
        if len({_place(found.get(scheme)) for found in listed.values()}) > 1
    ]  # fmt: skip


def _place(listing: Listing | None) -> tuple[str, str]:
    return (listing.appendix, listing.annotation) if listing else ("", "")


def _changed(
    taxon: Taxon, scheme: str, listed: dict[date, Listing | None], days: dict[date, str]
) -> Warning:
    same_place = len({found.appendix if found else "" for found in listed.values()}) == 1
    told = "; ".join(
        f"{display.day(day)}, {days[day]}: {_told(found, same_place)}"
        for day, found in listed.items()
    )
    text = _("The listing of %(taxon)s changed. %(scheme)s: %(told)s.") % {
        "taxon": taxon, "scheme": scheme, "told": told,
    }  # fmt: skip
    why = _("The listing of the day of the offence counts. Say it in the particulars.")
    return Warning("listing_changed", "half", text, why)


def _told(listing: Listing | None, in_full: bool) -> str:
    if listing is None:
        return _("not listed")
    return f"{listing.appendix} ({listing.annotation})" if in_full else listing.appendix


def _edited(offence: Offence) -> list[Warning]:
    if not offence.said:
        return []
    text = _("What the record says of %(section)s was changed on %(day)s, after the filing.") % {
        "section": section(offence.provision),
        "day": display.day(offence.edited_at),
    }
    why = _("At the filing it said: %(said)s.") % {"said": "; ".join(offence.said)}
    return [Warning("law_edited", "half", text, why)]


def _unverified(offence: Offence) -> list[Warning]:
    if offence.provision.is_verified:
        return []
    text = _("%(section)s is not verified: nobody has compared it with the Act.") % {
        "section": section(offence.provision)
    }
    why = _("Its source: %(source)s.") % {"source": offence.provision.source}
    return [Warning("unverified", "half", text, why)]


def _either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
