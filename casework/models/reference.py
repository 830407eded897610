"""Reference tables: codes, ports, taxa and their listings, provisions, courts.

Each row is dated, names its source and says whether somebody verified it; people edit them.
"""

from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

R = TypeVar("R", bound=models.Model)


class DatedQuerySet(models.QuerySet[R]):
    def on(self, day: date) -> Self:
        """Rows in force on a day."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Sourced(models.Model):
    source = models.CharField(_("source"), max_length=300)
    is_verified = models.BooleanField(_("verified"), default=False)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class CodeQuerySet(DatedQuerySet["Code"]):
    def kind(self, kind: str) -> Self:
        """The codes of one list, e.g. `specimen` or `adjournment_reason`."""
        return self.filter(kind=kind)


class Code(Sourced):
    """A row of a code list: specimen, unit, transport_mode, adjournment_reason, ..."""

    kind = models.CharField(_("list"), max_length=40, db_index=True)
    code = models.CharField(_("code"), max_length=60)
    label = models.CharField(_("label"), max_length=200)
    side = models.CharField(_("side at fault"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "label"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="code_once_per_list")]

    def __str__(self) -> str:
        return self.label


class Port(Sourced):
    locode = models.CharField(_("UN/LOCODE"), max_length=5, unique=True)
    name = models.CharField(_("name"), max_length=120, db_index=True)
    country = models.CharField(_("country"), max_length=2)
    kind = models.CharField(_("kind"), max_length=20, default="sea")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.locode}"


class Taxon(Sourced):
    scientific_name = models.CharField(_("scientific name"), max_length=200, unique=True)
    common_name = models.CharField(_("common name"), max_length=200, blank=True)
    other_names = models.TextField(_("other names"), blank=True)
    rank = models.CharField(_("rank"), max_length=20, default="species")
    order = models.CharField(_("order"), max_length=80, blank=True)
    family = models.CharField(_("family"), max_length=80, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = _("taxa")
        ordering = ["scientific_name"]

    def __str__(self) -> str:
        return self.scientific_name


class Listing(Sourced):
    """A taxon's place in a protection scheme (CITES appendix, national schedule) over time."""

    taxon = models.ForeignKey(Taxon, on_delete=models.PROTECT, related_name="listings")
    scheme = models.CharField(_("scheme"), max_length=60)
    appendix = models.CharField(_("appendix or schedule"), max_length=40)
    annotation = models.CharField(_("annotation"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["taxon", "scheme", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["taxon", "scheme", "appendix", "valid_from"], name="listing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.taxon} {self.scheme} {self.appendix}"


class Goods(Sourced):
    """A heading of the Harmonized System, as far as cover loads and seizures need it."""

    hs_code = models.CharField(_("HS code"), max_length=10, unique=True)
    label = models.CharField(_("description"), max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = _("goods")
        ordering = ["hs_code"]

    def __str__(self) -> str:
        return f"{self.hs_code} {self.label}"


class Provision(Sourced):
    """A section of a statute with its penalty, in force between two dates."""

    country = models.CharField(_("country"), max_length=2, default="KE")
    statute = models.CharField(_("statute"), max_length=200)
    section = models.CharField(_("section"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    offence = models.TextField(_("offence"), blank=True)
    penalty = models.TextField(_("penalty"), blank=True)
    min_fine = models.BigIntegerField(_("least fine"), null=True, blank=True)
    max_fine = models.BigIntegerField(_("greatest fine"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="KES")
    min_term_months = models.PositiveIntegerField(_("least term, months"), null=True, blank=True)
    max_term_months = models.PositiveIntegerField(_("greatest term, months"), null=True, blank=True)
    has_life_term = models.BooleanField(_("imprisonment for life possible"), default=False)
    penalty_join = models.CharField(
        _("fine and imprisonment"),
        max_length=10,
        choices=[
            ("either", _("Fine or imprisonment")),
            ("any", _("Fine or imprisonment or both")),
            ("both", _("Fine and imprisonment")),
            ("fine", _("Fine only")),
            ("term", _("Imprisonment only")),
        ],
        blank=True,  # not known
    )
    # False: forfeiture, a definition, a power; nobody is charged under it.
    is_offence = models.BooleanField(_("creates an offence"), default=True)
    proof_template = models.CharField(  # a code of list proof_template
        _("points to prove"), max_length=40, blank=True
    )
    # The tier of species it is for: a scheme of Listing and its grades, separated by semicolons.
    listing_scheme = models.CharField(_("for species listed in"), max_length=60, blank=True)
    listing_grades = models.CharField(_("grades"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["statute", "section", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "statute", "section", "valid_from"], name="provision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statute} s.{self.section}"


class Element(Sourced):
    """A point to prove, of the template that provisions name; `proven_by` says by what, usually."""

    template = models.CharField(_("template"), max_length=40, db_index=True)
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("what is to be proved"), max_length=200)
    explanation = models.TextField(_("what courts asked for"), blank=True)
    # Kinds of evidence by spaces: exhibit statement certificate report fact admission file.
    proven_by = models.CharField(_("usually proved by"), max_length=200, blank=True)
    is_personal = models.BooleanField(  # else once for all who are charged with the count
        _("to be proved of each accused"), default=False
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["template", "position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "code", "valid_from"], name="element_once_per_template"
            )
        ]

    def __str__(self) -> str:
        return self.label


class TimeLimit(Sourced):
    """A period the law sets: so long after what starts it, and how early to warn."""

    country = models.CharField(_("country"), max_length=2, default="KE")
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("what must happen"), max_length=200)
    starts = models.CharField(
        _("runs from"),
        max_length=20,
        choices=[
            ("offence", _("The day of the offence")),
            ("seizure", _("The seizure")),
            ("arrest", _("The arrest")),
            ("remand", _("The remand order")),
            ("filing", _("The filing of the charges")),
            ("plea", _("The first plea")),
            ("judgment", _("The decision")),
            ("order", _("The order")),
        ],
    )
    amount = models.PositiveIntegerField(_("how long"))
    unit = models.CharField(
        _("in"),
        max_length=10,
        choices=[("hours", _("hours")), ("days", _("days")), ("months", _("months"))],
        default="days",
    )
    warn_days = models.PositiveIntegerField(_("warn so many days before"), default=7)
    position = models.PositiveIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["country", "position", "code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["country", "code", "valid_from"], name="limit_once")
        ]

    def __str__(self) -> str:
        return self.label


class Indicator(Sourced):
    """A red flag of trade in wildlife. `rule` names the function that computes it, if one can."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    group = models.CharField(
        _("group"),
        max_length=20,
        choices=[
            ("party", _("Parties")),
            ("document", _("Documents")),
            ("route", _("Goods and route")),
            ("container", _("Container and seals")),
            ("behaviour", _("Payment and behaviour")),
        ],
    )
    label = models.CharField(_("what it says"), max_length=300)
    explanation = models.TextField(_("why it matters"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    rule = models.CharField(_("computed by"), max_length=60, blank=True)
    # Numbers and lists that the rule needs, by name, e.g. {"days": 14}.
    settings = models.JSONField(_("settings of the rule"), default=dict, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class Requirement(Sourced):
    """A line of a checklist by which a party is known, and the facts that meet it."""

    regime = models.CharField(_("checklist"), max_length=40)
    code = models.CharField(_("code"), max_length=40)
    group = models.CharField(
        _("group"),
        max_length=20,
        choices=[
            ("identify", _("Identify")),
            ("verify", _("Verify")),
            ("owner", _("Beneficial owner")),
            ("business", _("Nature of business")),
            ("ongoing", _("Ongoing review")),
            ("enhanced", _("Enhanced checks")),
        ],
    )
    label = models.CharField(_("what is wanted"), max_length=200)
    party_kind = models.CharField(  # empty: of every party
        _("of"),
        max_length=10,
        choices=[("firm", _("Firms")), ("person", _("Persons"))],
        blank=True,
    )
    # Codes of list fact_kind, `review` or `screening`, by spaces; one of them is enough.
    fact_kinds = models.CharField(_("facts that meet it"), max_length=300, blank=True)
    must_be_verified = models.BooleanField(_("must be verified"), default=False)
    # Facts older than this no longer meet it.
    good_for_days = models.PositiveIntegerField(_("good for, days"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["regime", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["regime", "code"], name="requirement_once")]

    def __str__(self) -> str:
        return self.label


class Court(Sourced):
    name = models.CharField(_("name"), max_length=200, unique=True)
    level = models.CharField(
        _("level"),
        max_length=20,
        choices=[
            ("magistrate", _("Magistrate's court")),
            ("high", _("High Court")),
            ("appeal", _("Court of Appeal")),
            ("supreme", _("Supreme Court")),
        ],
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, default="KE")

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Laboratory(Sourced):
    """Where exhibits are examined."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    accreditation = models.CharField(_("accreditation"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = _("laboratories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
