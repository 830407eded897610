"""Addresses of the evidence pages."""

from django.urls import URLPattern, URLResolver

from evidence import exhibit_urls

app_name = "evidence"

urlpatterns: list[URLPattern | URLResolver] = [*exhibit_urls.urlpatterns]
