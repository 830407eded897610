"""Addresses of the store: its places, checks by scanning, the stock; and chains to explain."""

from django.urls import path

from evidence.views import gap_list, label_pdf, place, stock, stocktake

PLACE = "store/places/<str:code>/"
CHECK = "store/checks/<int:number>/"

urlpatterns = [
    path("exhibits/to-explain/", gap_list.gap_list, name="gap-list"),
    path("store/", place.place_list, name="place-list"),
    path("store/stock/", stock.stock, name="stock"),
    path("store/stock/csv/", stock.stock_csv, name="stock-csv"),
    path("store/labels/", label_pdf.place_labels, name="place-labels"),
    path(
        "cases/<str:reference>/exhibits/labels/pdf/",
        label_pdf.exhibit_labels_pdf,
        name="exhibit-labels-pdf",
    ),
    path("store/add/", place.place_add, name="place-add"),
    path("p/<str:code>/", place.place_short, name="place-short"),
    path(PLACE, place.place, name="place"),
    path(PLACE + "change/", place.place_change, name="place-change"),
    path(PLACE + "fill/", place.place_fill, name="place-fill"),
    path(PLACE + "close/", place.place_close, name="place-close"),
    path(PLACE + "check/", stocktake.stocktake_start, name="stocktake-start"),
    path(CHECK, stocktake.stocktake, name="stocktake"),
    path(CHECK + "sign/", stocktake.stocktake_sign, name="stocktake-sign"),
    path(CHECK + "csv/", stocktake.stocktake_csv, name="stocktake-csv"),
]
