"""Agencies, their units, and the people who sign in. People are deactivated, never deleted."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.models.fields import NominalCharField

code_shape = RegexValidator(r"^[A-Z0-9]{2,12}$", _("Two to twelve capital letters or digits."))


class Agency(models.Model):
    class Kind(models.TextChoices):
        WILDLIFE = "wildlife", _("Wildlife service")
        CUSTOMS = "customs", _("Customs")
        POLICE = "police", _("Police")
        PORT = "port", _("Port control unit")
        PROSECUTION = "prosecution", _("Public prosecutions")
        LABORATORY = "laboratory", _("Laboratory")
        OTHER = "other", _("Other")

    code = models.CharField(_("code"), max_length=12, unique=True, validators=[code_shape])
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    country = models.CharField(_("country"), max_length=2)
    reference_pattern = models.CharField(
        _("pattern of case references"),
        max_length=80,
        default="{country}-{unit}-{year}-{number:04d}",
        help_text=_("May use {country}, {agency}, {unit}, {year} and must use {number}."),
    )
    # Members of this group are the agency's auditors: each new case of the agency is granted to it.
    auditors = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="audited_agency", editable=False
    )

    class Meta:
        verbose_name_plural = _("agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit of an agency; its people are the members of its group."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(_("code"), max_length=12, validators=[code_shape])
    name = models.CharField(_("name"), max_length=200)
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="unit", editable=False
    )

    class Meta:
        ordering = ["agency__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="unit_code_once_per_agency")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency.name}"


class PersonManager(UserManager["User"]):
    """People are found by user name whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractUser):
    class Position(models.TextChoices):
        INVESTIGATOR = "investigator", _("Investigator")
        CUSTODIAN = "custodian", _("Exhibit custodian")
        PROSECUTOR = "prosecutor", _("Prosecutor")
        MANAGER = "manager", _("Manager")
        AUDITOR = "auditor", _("Auditor")
        LEGAL = "legal", _("Legal officer")
        ADMINISTRATOR = "administrator", _("Administrator of people")
        OBSERVER = "observer", _("Observer")

    # Which cases a request that only reads may use, by action (scope.py); None: ask each time.
    remembered: dict[str, Any] | None = None

    first_name = None  # type: ignore[assignment]  # one name, as the person writes it
    last_name = None  # type: ignore[assignment]
    name = NominalCharField(_("name"), max_length=200)
    rank = models.CharField(_("rank"), max_length=80, blank=True)
    service_number = models.CharField(_("service number"), max_length=40, blank=True)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="people", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="people", null=True, blank=True
    )
    position = models.CharField(
        _("position"), max_length=16, choices=Position, default=Position.OBSERVER
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Africa/Nairobi")
    has_single_keys = models.BooleanField(_("single-key commands"), default=True)

    # The password is left out: a history row must not keep old hashes.
    history = HistoricalRecords(excluded_fields=["password", "last_login"])
    objects: ClassVar[Any] = PersonManager()

    REQUIRED_FIELDS = ["email", "name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "service_number"],
                condition=~models.Q(service_number=""),
                name="service_number_once_per_agency",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.rank} {self.name}".strip() or self.username

    def get_short_name(self) -> str:
        return self.name or self.username
