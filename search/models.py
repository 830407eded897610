"""What search keeps: the outbox of what is out of date, what files say, and a person's searches.

The outbox is written with the change itself. What files say is derived, and can be read again.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.models import StoredFile


class OutboxEntry(models.Model):
    """One object to index again (or to take out, when it is gone)."""

    kind = models.CharField(max_length=40)  # a document kind of search.documents
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)  # of the last attempt

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox entries"

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class FileText(models.Model):
    """Whether the words of one stored file were read, and why not."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be read")
        READ = "read", _("Read")
        PARTLY = "partly", _("Read in part")
        UNREAD = "unread", _("Not read")

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="words")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=20, blank=True)  # a code of search.reading
    reader = models.CharField(max_length=60, blank=True)  # what read it, with its version
    characters = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.state}"


class FilePage(models.Model):
    """What one place of a file says: a page, a sheet, the body of an e-mail, a file inside it."""

    words = models.ForeignKey(FileText, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()  # from 1, in the order of the file
    place = models.CharField(max_length=200)  # a code and a value: page:3, sheet:Manifest
    text = models.TextField()
    begins_at = models.PositiveIntegerField()  # characters of the file before this place

    class Meta:
        ordering = ["words", "number"]
        constraints = [
            models.UniqueConstraint(fields=["words", "number"], name="one_text_for_each_place")
        ]

    def __str__(self) -> str:
        return f"{self.words_id}, {self.place}"


class SavedSearch(models.Model):
    """A search that a person keeps under a name, for themselves alone."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=80)
    asked = models.CharField(max_length=2_000)  # the address after the question mark
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_saved_search_of_a_name")
        ]
        verbose_name_plural = "saved searches"
        permissions = [("export_hits", "May take what a search found away as a file")]

    def __str__(self) -> str:
        return self.name


class RecentSearch(models.Model):
    """What a person asked last, for themselves alone; the oldest go."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recent_searches"
    )
    asked = models.CharField(max_length=2_000)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "asked"], name="a_recent_search_once")
        ]
        verbose_name_plural = "recent searches"

    def __str__(self) -> str:
        return self.asked
