"""A person's own settings: the zone their times are told in, and the single keys."""

import zoneinfo
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import people
from casework.forms.attempt import attempt
from casework.forms.case import PreferencesForm


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    initial = {name: getattr(person, name) for name in PreferencesForm.base_fields}
    zones = sorted(zoneinfo.available_timezones())
    form = PreferencesForm(request.POST or None, initial=initial, zones=zones)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: people.change_person(person, actor=person, **fields)):
            messages.success(request, _("Your settings are kept."))
            return redirect("casework:preferences")
    return render(request, "casework/preferences.html", {"form": form})
