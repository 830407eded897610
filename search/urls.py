"""Addresses of the search pages."""

from django.urls import path

from search.views import export, keeping, search, state, suggest

app_name = "search"

urlpatterns = [
    path("search/", search.search, name="search"),
    path("search/suggest/", suggest.suggest, name="suggest"),
    path("search/save/", keeping.search_save, name="search-save"),
    path("search/saved/<int:pk>/delete/", keeping.saved_delete, name="saved-delete"),
    path("search/recent/clear/", keeping.recent_clear, name="recent-clear"),
    path("search/found.csv", export.search_csv, name="search-csv"),
    path("search/found.xlsx", export.search_xlsx, name="search-xlsx"),
    path("search/state/", state.state, name="state"),
]
