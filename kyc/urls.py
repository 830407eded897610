"""Addresses of the kyc pages."""

from django.urls import URLPattern, URLResolver, path

from kyc.views import fact, involvement, party

app_name = "kyc"

urlpatterns: list[URLPattern | URLResolver] = [
    path("parties/", party.party_list, name="party-list"),
    path("parties/add/", party.party_create, name="party-create"),
    path("parties/<int:pk>/", party.party, name="party"),
    path("parties/<int:pk>/change/", party.party_change, name="party-change"),
    path("parties/<int:pk>/release/", party.party_release, name="party-release"),
    path("parties/<int:pk>/facts/add/", fact.fact_add, name="fact-add"),
    path("facts/<int:pk>/verify/", fact.fact_verify, name="fact-verify"),
    path("facts/<int:pk>/contradict/", fact.fact_contradict, name="fact-contradict"),
    path("cases/<str:reference>/parties/", involvement.case_parties, name="case-parties"),
    path(
        "cases/<str:reference>/parties/add/",
        involvement.involvement_add,
        name="involvement-add",
    ),
    path(
        "involvements/<int:pk>/withdraw/",
        involvement.involvement_withdraw,
        name="involvement-withdraw",
    ),
    path("suggest/parties/", party.suggest_parties, name="suggest-parties"),
]
