"""Addresses of the casework pages."""

from django.urls import URLPattern, URLResolver, path

from casework.views import suggest

app_name = "casework"

urlpatterns: list[URLPattern | URLResolver] = [
    path("suggest/ports/", suggest.suggest_ports, name="suggest-ports"),
    path("suggest/taxa/", suggest.suggest_taxa, name="suggest-taxa"),
    path("suggest/goods/", suggest.suggest_goods, name="suggest-goods"),
    path("suggest/countries/", suggest.suggest_countries, name="suggest-countries"),
]
