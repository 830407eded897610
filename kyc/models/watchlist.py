"""Lists of names from outside, in versions; what screening found on them, and what people judged.

An entry stands from the version that brought it until the version that no longer has it, so that
any version can be read again and a finding names the version it was made on.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models import Case
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import Person
from kyc.models.party import Party


class Watchlist(models.Model):
    """A list by the name people know it by: what it means to stand on it, and who keeps it."""

    class Meaning(models.TextChoices):
        ALARM = "alarm", _("Names on it raise an alarm")
        TRUSTED = "trusted", _("Names on it are authorised traders")

    name = models.CharField(_("name"), max_length=120, unique=True)
    meaning = models.CharField(_("meaning"), max_length=10, choices=Meaning, default=Meaning.ALARM)
    keeper = models.CharField(_("kept by"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        permissions = [("keep_watchlists", "May import watch lists")]

    def __str__(self) -> str:
        return self.name


class WatchlistVersion(models.Model):
    """One import of a list, whole: never changed afterwards. The one with the highest number is
    in force."""

    watchlist = models.ForeignKey(Watchlist, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    format = models.CharField(_("format"), max_length=20)
    file_name = models.CharField(_("file"), max_length=300)
    digest = models.CharField(_("SHA-256"), max_length=64)
    dated = models.DateField(_("the list's own date"), null=True, blank=True)
    entries = models.PositiveIntegerField(_("entries"))
    added = models.PositiveIntegerField(_("added"))
    changed = models.PositiveIntegerField(_("changed"))
    removed = models.PositiveIntegerField(_("removed"))
    imported_by = models.ForeignKey(  # nobody: from the server's own command line
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["watchlist", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["watchlist", "number"], name="list_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.watchlist} {self.number}"


class EntryQuerySet(models.QuerySet["WatchlistEntry"]):
    def in_force(self) -> Self:
        return self.filter(until__isnull=True)

    def of_version(self, watchlist: Watchlist, number: int) -> Self:
        """As the list read in that version."""
        gone = Q(until__isnull=True) | Q(until__gt=number)
        return self.filter(gone, watchlist=watchlist, since__lte=number)


class WatchlistEntry(models.Model):
    """A person, firm or vessel as a list describes it. `since` and `until` are version numbers; a
    changed entry is a new row with the same `uid`."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        FIRM = "firm", _("Firm")
        VESSEL = "vessel", _("Vessel")
        UNKNOWN = "unknown", _("Not said")

    watchlist = models.ForeignKey(Watchlist, on_delete=models.PROTECT, related_name="entry_rows")
    uid = models.CharField(_("number on the list"), max_length=200)
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.UNKNOWN)
    name = NominalCharField(_("name"), max_length=500)
    # Lists of texts: other names; days YYYY, YYYY-MM or YYYY-MM-DD; ISO alpha-2 countries;
    # {"kind": a fact kind, "value": as the list has it, "country": alpha-2 or ""}; addresses.
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    weak_aliases = models.JSONField(_("weak other names"), default=list, blank=True)
    birth_dates = models.JSONField(_("born"), default=list, blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)
    identifiers = models.JSONField(_("numbers"), default=list, blank=True)
    addresses = models.JSONField(_("addresses"), default=list, blank=True)
    topics = models.JSONField(_("programmes and topics"), default=list, blank=True)
    remarks = NominalTextField(_("remarks"), blank=True)
    line = models.PositiveIntegerField(_("line of the file"), default=0)
    digest = models.CharField(max_length=64)  # of all the above but `line`: whether it changed

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("watch-list entries")
        ordering = ["watchlist", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["watchlist", "uid", "since"], name="entry_once"),
            models.UniqueConstraint(
                fields=["watchlist", "uid"],
                condition=Q(until__isnull=True),
                name="one_entry_in_force",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class HitQuerySet(models.QuerySet["Hit"]):
    def visible_to(self, user: Person) -> Self:
        """Hits of visible parties; one that rests on what a case says needs that case."""
        cases = Case.objects.visible_to(user)
        return self.filter(
            Q(case__isnull=True) | Q(case__in=cases), party__in=Party.objects.visible_to(user)
        )

    def open(self) -> Self:
        """Nobody has judged them, or somebody was unsure, and the entry still stands."""
        return self.filter(
            judgement__in=("", Hit.Judgement.UNSURE),
            closed_at__isnull=True,
            entry__watchlist__meaning=Watchlist.Meaning.ALARM,
        )


class Hit(models.Model):
    """A party that may be the one on a list, why, and who judged it to be or not."""

    class Judgement(models.TextChoices):
        SAME = "same", _("The same")
        DIFFERENT = "different", _("Somebody else")
        UNSURE = "unsure", _("Not sure")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="hits")
    entry = models.ForeignKey(WatchlistEntry, on_delete=models.PROTECT, related_name="hits")
    version = models.ForeignKey(  # the one that was in force when it was found
        WatchlistVersion, on_delete=models.PROTECT, related_name="hits"
    )
    # Set when it rests on a fact of a case: seen with that case only.
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="hits", null=True, blank=True
    )
    score = models.PositiveSmallIntegerField(_("score"))  # thousandths
    explanation = models.JSONField(_("why"), default=list)  # as matching.Score gives it
    matched_name = NominalCharField(_("name that matched"), max_length=500)
    party_digest = models.CharField(max_length=64)  # of what was compared on the party's side
    found_at = models.DateTimeField(default=clock.now)
    # The entry left the list, or the party no longer resembles it.
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    judgement = models.CharField(_("judgement"), max_length=10, choices=Judgement, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    reason = NominalTextField(_("reason"), blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = HitQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "entry", "case", "party_digest"], name="hit_once"
            ),
            models.UniqueConstraint(
                fields=["party", "entry", "party_digest"],
                condition=Q(case__isnull=True),
                name="register_hit_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} / {self.entry}"


class Screening(models.Model):
    """A run of screening, with its progress: a list's new version against all parties, or parties
    against all lists."""

    version = models.ForeignKey(
        WatchlistVersion, on_delete=models.PROTECT, related_name="screenings", null=True, blank=True
    )
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="screenings", null=True, blank=True
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    started_at = models.DateTimeField(default=clock.now)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class FeedEntry(models.Model):
    """A manager's decision to name a party to carriers, without case data."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="feed_entries")
    basis = NominalTextField(_("why it may be shared"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(default=clock.now)
    is_listed = models.BooleanField(_("in the feed"))  # False: a manager decided against it
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = NominalTextField(_("why it was withdrawn"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = _("feed entries")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_feed_decision",
            )
        ]
        permissions = [("decide_feed", "May decide which parties carriers are warned of")]

    def __str__(self) -> str:
        return str(self.party)
