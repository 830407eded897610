"""Addresses of the printable report of the figures."""

from django.urls import path

from evidence.views import figures_report

urlpatterns = [path("figures/report.pdf", figures_report.figures_report, name="figures-report")]
