"""A person's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from casework import access, people
from casework.forms.attempt import attempt
from casework.forms.people import OwnPasswordForm


@require_http_methods(["GET", "HEAD", "POST"])
def account_password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of the person ends."""
    person = access.person(request)
    form = OwnPasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        attempt(form, lambda: people.set_password(person, password, actor=person))
        if not form.errors:
            update_session_auth_hash(request, person)
            messages.success(request, gettext("Your password is new. Other sessions have ended."))
            return redirect("casework:preferences")
    return render(request, "casework/account_password.html", {"form": form})
