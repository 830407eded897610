"""The consignment a seizure was made from: containers, seals, bill of lading, vessel, weights."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models import Code, Goods, Port, Seizure
from casework.models.fields import NominalCharField
from casework.models.scope import CaseScopedQuerySet


class ConsignmentQuerySet(CaseScopedQuerySet["Consignment"]):
    case_path = "seizure__case"


class Consignment(models.Model):
    seizure = models.ForeignKey(Seizure, on_delete=models.PROTECT, related_name="consignments")
    number = models.PositiveIntegerField(_("number"), editable=False)
    booking_number = models.CharField(_("booking"), max_length=35, blank=True)
    entry_number = models.CharField(_("customs entry"), max_length=60, blank=True)
    vessel_name = models.CharField(_("vessel"), max_length=120, blank=True)
    vessel_imo = models.CharField(_("IMO number"), max_length=7, blank=True)
    voyage = models.CharField(_("voyage"), max_length=40, blank=True)
    port_of_loading = models.ForeignKey(
        Port, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    port_of_discharge = models.ForeignKey(
        Port, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    goods_description = models.CharField(_("declared goods"), max_length=300, blank=True)
    goods = models.ForeignKey(Goods, on_delete=models.PROTECT, null=True, blank=True)
    packages = models.PositiveIntegerField(_("packages"), null=True, blank=True)
    declared_weight_mg = models.BigIntegerField(_("declared weight"), null=True, blank=True)
    vgm_mg = models.BigIntegerField(_("verified gross mass"), null=True, blank=True)
    weighbridge_mg = models.BigIntegerField(_("weighbridge"), null=True, blank=True)
    scan_mg = models.BigIntegerField(_("weight reckoned from the scan"), null=True, blank=True)
    is_scanned = models.BooleanField(_("scanned before it left"), null=True, blank=True)
    declared_value = models.DecimalField(
        _("declared value"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    value_currency = models.CharField(_("currency"), max_length=3, blank=True)
    stuffing_kind = models.ForeignKey(  # list stuffing_kind: shipper's premises, CFS, ICD, ...
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    stuffing_place = NominalCharField(_("stuffed at"), max_length=200, blank=True)
    stuffed_on = models.DateField(_("stuffed on"), null=True, blank=True)
    is_stuffing_supervised = models.BooleanField(
        _("stuffing supervised by customs"), null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ConsignmentQuerySet.as_manager()

    class Meta:
        ordering = ["seizure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["seizure", "number"], name="consignment_number_once"),
            models.CheckConstraint(
                condition=(
                    (Q(declared_weight_mg__isnull=True) | Q(declared_weight_mg__gte=0))
                    & (Q(vgm_mg__isnull=True) | Q(vgm_mg__gte=0))
                    & (Q(weighbridge_mg__isnull=True) | Q(weighbridge_mg__gte=0))
                    & (Q(scan_mg__isnull=True) | Q(scan_mg__gte=0))
                ),
                name="consignment_weights_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seizure} C{self.number}"


class ConsignmentScopedQuerySet(CaseScopedQuerySet[Any]):
    case_path = "consignment__seizure__case"


class Container(models.Model):
    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="containers"
    )
    number = models.CharField(_("container number"), max_length=11, db_index=True)
    # The door really showed a number whose check digit is wrong.
    is_recorded_as_found = models.BooleanField(_("recorded as found"), default=False)
    size_type = models.CharField(_("size and type"), max_length=4, blank=True)
    is_shipper_owned = models.BooleanField(_("owned by the shipper"), null=True, blank=True)
    tare_mg = models.BigIntegerField(_("tare"), null=True, blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ConsignmentScopedQuerySet.as_manager()

    class Meta:
        ordering = ["consignment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "number"], name="container_once")
        ]

    def __str__(self) -> str:
        return self.number


class Seal(models.Model):
    """One sighting of a seal: by whom, and where on the way. The same seal is read often."""

    class Stage(models.TextChoices):
        STUFFING = "stuffing", _("At stuffing")
        BILL = "bill", _("On the bill of lading")
        GATE_IN = "gate_in", _("At the gate of the port")
        SCAN = "scan", _("At the scanner")
        LOADING = "loading", _("At loading")
        TRANSSHIPMENT = "transshipment", _("At transshipment")
        DISCHARGE = "discharge", _("At discharge")
        OPENING = "opening", _("When it was opened")

    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="seals")
    container = models.ForeignKey(
        Container, on_delete=models.PROTECT, related_name="seals", null=True, blank=True
    )
    number = models.CharField(_("seal number"), max_length=40)
    # Without spaces; O and 0, I and 1 are one: `identifiers.seal_key`.
    number_key = models.CharField(max_length=40, db_index=True, editable=False)
    source = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")  # seal_source
    stage = models.CharField(_("point of the way"), max_length=20, choices=Stage, blank=True)
    seen_by = NominalCharField(_("read by"), max_length=200, blank=True)
    seen_at_place = models.CharField(_("seen at"), max_length=200, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    is_intact = models.BooleanField(_("intact"), null=True, blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ConsignmentScopedQuerySet.as_manager()

    class Meta:
        ordering = ["consignment", "pk"]

    def __str__(self) -> str:
        return self.number


class BillOfLading(models.Model):
    """One version of a bill of lading, as it read when it was received."""

    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="bills")
    number = models.CharField(_("bill of lading number"), max_length=35, db_index=True)
    number_key = models.CharField(  # without spaces and dashes
        max_length=35, blank=True, default="", db_index=True, editable=False
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    # Names follow DCSA's electronic bill of lading 3.0.
    is_to_order = models.BooleanField(_("to order"), default=False)
    is_switch = models.BooleanField(_("switch bill, issued in place of another"), default=False)
    is_electronic = models.BooleanField(_("electronic"), null=True, blank=True)
    carrier_code = models.CharField(_("carrier"), max_length=4, blank=True)
    shipped_on_board_on = models.DateField(_("shipped on board"), null=True, blank=True)
    place_of_receipt = models.CharField(_("place of receipt"), max_length=120, blank=True)
    port_of_loading = models.CharField(_("port of loading"), max_length=120, blank=True)
    port_of_discharge = models.CharField(_("port of discharge"), max_length=120, blank=True)
    place_of_delivery = models.CharField(_("place of delivery"), max_length=120, blank=True)
    vessel_name = models.CharField(_("vessel"), max_length=120, blank=True)
    voyage = models.CharField(_("voyage"), max_length=40, blank=True)
    description_of_goods = models.CharField(_("description of goods"), max_length=500, blank=True)
    hs_codes = models.CharField(_("HS codes"), max_length=120, blank=True)
    packages = models.PositiveIntegerField(_("packages"), null=True, blank=True)
    gross_weight_mg = models.BigIntegerField(_("gross weight"), null=True, blank=True)
    equipment_references = models.CharField(_("containers"), max_length=300, blank=True)
    seal_numbers = models.CharField(_("seals"), max_length=300, blank=True)
    freight_payment = models.CharField(
        _("freight"),
        max_length=3,
        choices=[("PRE", _("Prepaid")), ("COL", _("Collect"))],
        blank=True,
    )
    freight_payer = NominalCharField(_("freight paid by"), max_length=200, blank=True)
    endorsee = NominalCharField(_("endorsed to"), max_length=300, blank=True)
    # Who had the carrier change it, when, and why: as the carrier's records say.
    changed_by = NominalCharField(_("changed by"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    change_reason = NominalCharField(_("reason given"), max_length=300, blank=True)
    attachment = models.ForeignKey(
        "evidence.Attachment", on_delete=models.PROTECT, related_name="bills", null=True, blank=True
    )
    shipper = NominalCharField(_("shipper"), max_length=300, blank=True)
    consignee = NominalCharField(_("consignee"), max_length=300, blank=True)
    notify_party = NominalCharField(_("notify party"), max_length=300, blank=True)
    received_from = NominalCharField(_("received from"), max_length=200, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ConsignmentScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("bills of lading")
        ordering = ["consignment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "version"], name="bill_version_once")
        ]

    def __str__(self) -> str:
        return self.number


class EntryVersion(models.Model):
    """A customs entry as it stood at one time, with the lane that selection gave it."""

    class Lane(models.TextChoices):
        GREEN = "green", _("Green: release")
        YELLOW = "yellow", _("Yellow: papers")
        RED = "red", _("Red: examination")
        BLUE = "blue", _("Blue: audit later")

    consignment = models.ForeignKey(Consignment, on_delete=models.PROTECT, related_name="entries")
    number = models.CharField(_("entry number"), max_length=60)
    version = models.PositiveIntegerField(_("version"), editable=False)
    lodged_at = models.DateTimeField(_("lodged at"), null=True, blank=True)
    lane = models.CharField(_("lane"), max_length=10, choices=Lane, blank=True)
    selected_at = models.DateTimeField(_("lane given at"), null=True, blank=True)
    declarant = NominalCharField(_("declarant"), max_length=200, blank=True)
    exporter = NominalCharField(_("exporter"), max_length=300, blank=True)
    consignee = NominalCharField(_("consignee"), max_length=300, blank=True)
    goods_description = models.CharField(_("goods"), max_length=500, blank=True)
    hs_codes = models.CharField(_("HS codes"), max_length=120, blank=True)
    packages = models.PositiveIntegerField(_("packages"), null=True, blank=True)
    gross_weight_mg = models.BigIntegerField(_("gross weight"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2, null=True, blank=True)
    value_currency = models.CharField(_("currency"), max_length=3, blank=True)
    equipment_references = models.CharField(_("containers"), max_length=300, blank=True)
    country_of_destination = models.CharField(_("destination"), max_length=2, blank=True)
    changed_by = NominalCharField(_("changed by"), max_length=200, blank=True)
    received_from = NominalCharField(_("received from"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ConsignmentScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("customs entries")
        ordering = ["consignment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "version"], name="entry_version_once")
        ]

    def __str__(self) -> str:
        return self.number
