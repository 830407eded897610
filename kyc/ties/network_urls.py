"""Addresses of the network and of dealings, within those of kyc."""

from django.urls import path

from kyc.views import dealing, network

urlpatterns = [
    path("parties/<int:pk>/network/", network.party_network, name="party-network"),
    path("cases/<str:reference>/network/", network.case_network, name="case-network"),
    path("network/paths/", network.network_paths, name="network-paths"),
    path("network/recurring/", network.network_recurring, name="network-recurring"),
    path("suggest/ends/", network.suggest_ends, name="suggest-ends"),
    path("cases/<str:reference>/dealings/", dealing.case_dealings, name="case-dealings"),
    path("cases/<str:reference>/dealings/add/", dealing.dealing_add, name="dealing-add"),
    path("dealings/<int:pk>/remove/", dealing.dealing_remove, name="dealing-remove"),
]
