"""A party is a bundle of facts: each says what, who says so, how it was checked, and by whom.

The register is shared by all who hold `kyc.view_register`; which cases a party appears in, and a
fact taken from a case document, are visible only with that case.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import access, clock, display, roles
from casework.models import Case, Code
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import CaseScopedQuerySet, Person
from kyc.diligence import fact_values

DAYS = frozenset({"incorporation_date", "dissolution_date", "birth_date", "first_seen"})


class PartyQuerySet(models.QuerySet["Party"]):
    def visible_to(self, user: Person) -> Self:
        """The whole register to its readers; to others the parties of cases they may read."""
        if access.holds(user, roles.VIEW_REGISTER):
            return self.filter(
                Q(own_case__isnull=True) | Q(own_case__in=Case.objects.visible_to(user))
            )
        seen = Involvement.objects.visible_to(user).values("party")
        return self.filter(pk__in=seen)

    def standing_for(self, user: Person) -> Self:
        """Those that a list shows: without the ones absorbed by a party that the reader sees."""
        kept = Party.objects.visible_to(user).values("pk")
        return self.visible_to(user).filter(Q(merged_into__isnull=True) | ~Q(merged_into__in=kept))


class Party(models.Model):
    """A person or a firm. Its names, numbers and addresses are facts; `name` is the one shown."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("Firm")
        PERSON = "person", _("Person")
        UNKNOWN = "unknown", _("Not known yet")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = NominalCharField(_("name"), max_length=300, db_index=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    # Set while a party is known from one case only and must not show in the shared register.
    own_case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="own_parties", null=True, blank=True
    )
    # A person said that both are one (network.Merge); the kept party stands for this one.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="absorbed", null=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("parties")
        ordering = ["name", "pk"]
        permissions = [
            ("view_register", "May read the register of parties"),
            ("edit_register", "May add parties and facts to the register"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class FactQuerySet(models.QuerySet["Fact"]):
    def visible_to(self, user: Person) -> Self:
        """Facts of visible parties; one taken from a case needs that case."""
        cases = Case.objects.visible_to(user)
        return self.filter(
            Q(case__isnull=True) | Q(case__in=cases), party__in=Party.objects.visible_to(user)
        )


class Fact(models.Model):
    class Source(models.TextChoices):
        SELF_DECLARED = "self_declared", _("Their own word")
        REGISTER = "register", _("Official register")
        THIRD_PARTY = "third_party", _("Third party")
        PRIMARY_RESEARCH = "primary_research", _("Own inquiry")
        CASE_DOCUMENT = "case_document", _("Document of a case")

    class Standing(models.TextChoices):
        OWN_WORD = "own_word", _("One side says so")
        VERIFIED = "verified", _("Verified")
        UNKNOWN = "unknown", _("Not known")
        CONTRADICTED = "contradicted", _("Contradicted")

    class Directness(models.TextChoices):
        DIRECT = "direct", _("Direct")
        INDIRECT = "indirect", _("Through others")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="facts")
    kind = models.ForeignKey(  # list fact_kind: name, registration, tax_pin, address, director, ...
        Code, on_delete=models.PROTECT, related_name="+"
    )
    value = NominalCharField(_("value"), max_length=500, blank=True)
    # What equal values have in common, by kind: digits of a telephone, folded words of an address.
    value_key = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    related_party = models.ForeignKey(  # the director, owner or agent, where it is on the register
        Party, on_delete=models.PROTECT, related_name="named_in", null=True, blank=True
    )
    source_type = models.CharField(_("who says so"), max_length=20, choices=Source)
    source = NominalCharField(_("source"), max_length=300)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="facts", null=True, blank=True
    )
    attachment = models.ForeignKey(
        "evidence.Attachment", on_delete=models.PROTECT, related_name="facts", null=True, blank=True
    )
    # Of owners, shareholders and directors, as BODS has them; empty for other kinds.
    share_percent = models.DecimalField(
        _("share in percent"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    interest = models.ForeignKey(  # list interest_type: shareholding, voting rights, nominee, ...
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    directness = models.CharField(
        _("direct or indirect"), max_length=10, choices=Directness, blank=True
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    as_of = models.DateField(_("true on"))
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    standing = models.CharField(
        _("standing"), max_length=16, choices=Standing, default=Standing.OWN_WORD
    )
    unknown_reason = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    method = NominalCharField(_("how it was checked"), max_length=300, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    verified_on = models.DateField(_("checked on"), null=True, blank=True)
    # What was found instead: shown beside the fact, never in its place.
    contradicted_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="contradicts", null=True, editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta:
        ordering = ["party", "kind__position", "-as_of", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_type="case_document") | Q(case__isnull=False),
                name="case_document_names_its_case",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True)
                | Q(share_percent__gte=0, share_percent__lte=100),
                name="share_of_a_hundred",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The key follows the value, so that no way of saving leaves it behind."""
        self.value_key = fact_values.key(self.kind.code, self.value)
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "value_key"}
        super().save(*args, **kwargs)

    @property
    def share_shown(self) -> str:
        return "" if self.share_percent is None else fact_values.percent(self.share_percent)

    @property
    def shown(self) -> str:
        """The value as people read it: days in words, all else as it is kept."""
        try:
            is_day = self.kind.code in DAYS and bool(self.value)
            return display.day(date.fromisoformat(self.value)) if is_day else str(self.value)
        except ValueError:  # a register's own spelling, imported as it stood
            return str(self.value)


class Involvement(models.Model):
    """A party's part in a case: shipper, consignee, notify party, clearing agent, ..."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="involvements")
    consignment = models.ForeignKey(
        "kyc.Consignment",
        on_delete=models.PROTECT,
        related_name="involvements",
        null=True,
        blank=True,
    )
    role = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")  # party_role
    note = NominalTextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["case", "role__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party", "role", "consignment"], name="involvement_once"
            ),
            models.UniqueConstraint(
                fields=["case", "party", "role"],
                condition=Q(consignment__isnull=True),
                name="involvement_in_the_case_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.role})"
