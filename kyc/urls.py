"""Addresses of the kyc pages."""

from django.urls import URLPattern, URLResolver, include, path

from kyc.views import consignment, fact, involvement, party, seizure, seizure_record

app_name = "kyc"

LOAD = "cases/<str:reference>/seizures/<int:seizure>/consignments/<int:number>"

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
    path("seizures/new/", seizure_record.seizure_record, name="seizure-record"),
    path("cases/<str:reference>/seizures/new/", seizure_record.seizure_add, name="seizure-add"),
    path("cases/<str:reference>/seizures/<int:number>/", seizure.seizure, name="seizure"),
    path(
        "cases/<str:reference>/seizures/<int:number>/edit/",
        seizure.seizure_edit,
        name="seizure-edit",
    ),
    path(
        "cases/<str:reference>/seizures/<int:number>/consignments/new/",
        consignment.consignment_add,
        name="consignment-add",
    ),
    path(
        "cases/<str:reference>/consignments/",
        consignment.case_consignments,
        name="case-consignments",
    ),
    path(f"{LOAD}/", consignment.consignment, name="consignment"),
    path(f"{LOAD}/edit/", consignment.consignment_edit, name="consignment-edit"),
    path(f"{LOAD}/seals/new/", consignment.seal_add, name="seal-add"),
    path(
        f"{LOAD}/containers/<str:container>/",
        consignment.container_edit,
        name="container-edit",
    ),
    path("suggest/parties/", party.suggest_parties, name="suggest-parties"),
    path("", include("kyc.network_urls")),
]
