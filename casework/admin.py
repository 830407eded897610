"""The reference tables for whoever keeps them: codes, ports, taxa, goods, courts. Not the law.

Case data is never here: the admin knows neither grants nor existence. Rows are changed or given an
end, not deleted; each change is in the row's history and in the audit.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles
from casework.models import (
    Code,
    Court,
    Goods,
    Indicator,
    Laboratory,
    Port,
    Requirement,
    Taxon,
)


class ReferenceSite(admin.AdminSite):
    site_header = _("Casework: reference tables")
    site_title = _("Reference tables")
    index_title = _("Reference tables")

    def has_permission(self, request: HttpRequest) -> bool:
        return access.holds(request.user, roles.MANAGE_REFERENCE)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One door for everybody: the sign-in page with its throttle."""
        if request.user.is_authenticated:
            from casework.errors import NotAllowed

            raise NotAllowed(_("Your position does not edit the reference tables."))
        return redirect_to_login(request.get_full_path())

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("casework:account-password")

    def get_urls(self) -> list[Any]:
        """Without the redirection to any object of any kind, which asks nobody."""
        return [p for p in super().get_urls() if getattr(p, "name", "") != "view_on_site"]


site = ReferenceSite(name="admin")


class ReferenceAdmin(admin.ModelAdmin[Any]):
    """Whoever passes the site's own question may add and change; nobody deletes."""

    list_per_page = 50
    view_on_site = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        actor = access.person(request)
        audit.sign(obj, actor)
        super().save_model(request, obj, form, change)
        action = "reference.change" if change else "reference.add"
        audit.record(action, actor=actor, subject=obj, fields=sorted(form.changed_data))


class CodeAdmin(ReferenceAdmin):
    list_display = ("kind", "code", "label", "side", "is_verified", "valid_to")
    list_filter = ("kind", "is_verified")
    search_fields = ("code", "label")


class PortAdmin(ReferenceAdmin):
    list_display = ("locode", "name", "country", "kind", "is_verified")
    list_filter = ("kind", "is_verified")
    search_fields = ("locode", "name")


class TaxonAdmin(ReferenceAdmin):
    list_display = ("scientific_name", "common_name", "is_verified")
    search_fields = ("scientific_name", "common_name", "other_names")


class GoodsAdmin(ReferenceAdmin):
    list_display = ("hs_code", "label", "is_verified")
    search_fields = ("hs_code", "label")


class IndicatorAdmin(ReferenceAdmin):
    list_display = ("code", "group", "label", "weight", "rule", "is_verified", "valid_to")
    list_filter = ("group", "is_verified")
    search_fields = ("code", "label")


class RequirementAdmin(ReferenceAdmin):
    list_display = ("regime", "code", "group", "label", "party_kind", "is_verified", "valid_to")
    list_filter = ("regime", "group", "is_verified")
    search_fields = ("code", "label")


class PlainAdmin(ReferenceAdmin):
    list_display = ("__str__", "is_verified", "valid_from", "valid_to")
    list_filter = ("is_verified",)


site.register(Code, CodeAdmin)
site.register(Port, PortAdmin)
site.register(Taxon, TaxonAdmin)
site.register(Goods, GoodsAdmin)
site.register(Indicator, IndicatorAdmin)
site.register(Requirement, RequirementAdmin)
site.register([Court, Laboratory], PlainAdmin)
