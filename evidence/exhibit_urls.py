"""Addresses of exhibits, their custody and the files of a case.

A label is in capitals, so the words after it are never part of it.
"""

from django.urls import path, register_converter

from evidence.converters import LabelConverter
from evidence.views import (
    acts,
    case_files,
    custody,
    custody_acknowledge,
    custody_split,
    exhibit,
    exhibit_label,
    exhibit_list,
    exhibit_register,
    file,
    file_origin,
    hand_out_form,
    handover,
)

register_converter(LabelConverter, "label")

FILES = "cases/<str:reference>/files/"
EXHIBITS = "cases/<str:reference>/exhibits/"
EXHIBIT = EXHIBITS + "<label:label>/"

urlpatterns = [
    path("exhibits/", exhibit_list.exhibit_list, name="exhibit-list"),
    path("exhibits/hand-over/", handover.handover_offer, name="handover-offer"),
    path("exhibits/receive/", handover.handover_receive, name="handover-receive"),
    path("x/<uuid:identifier>/", exhibit.exhibit_short, name="exhibit-short"),
    path(EXHIBITS, exhibit_list.case_exhibits, name="case-exhibits"),
    path(EXHIBITS + "register/", exhibit_register.exhibit_register, name="exhibit-register"),
    path(EXHIBITS + "labels/", exhibit_label.exhibit_labels, name="exhibit-labels"),
    path(EXHIBIT, exhibit.exhibit, name="exhibit"),
    path(EXHIBIT + "label/", exhibit_label.exhibit_label, name="exhibit-label"),
    path(EXHIBIT + "amend/", exhibit.exhibit_amend, name="exhibit-amend"),
    path(
        EXHIBIT + "acknowledge/",
        custody_acknowledge.custody_acknowledge,
        name="custody-acknowledge",
    ),
    path(EXHIBIT + "events/<int:number>/form/", hand_out_form.hand_out_form, name="hand-out-form"),
    path(EXHIBIT + "split/", custody_split.custody_split, name="custody-split"),
    *(
        path(f"{EXHIBIT}{act}/", custody.custody_act, {"act": act}, name=f"custody-{act}")
        for act in acts.ACTS
    ),
    path(FILES, case_files.case_files, name="case-files"),
    path(FILES + "add/", case_files.file_add, name="file-add"),
    path(FILES + "<int:number>/", file.file, name="file"),
    path(FILES + "<int:number>/amend/", file.file_amend, name="file-amend"),
    path(FILES + "<int:number>/download/", file.file_download, name="file-download"),
    path(FILES + "<int:number>/image/<int:size>/", file.file_image, name="file-image"),
    path(FILES + "<int:number>/public-copy/", file.file_public, name="file-public"),
    path(
        FILES + "<int:number>/acquisition/", file_origin.file_acquisition, name="file-acquisition"
    ),
    path(FILES + "<int:number>/copies/add/", file_origin.file_copy, name="file-copy"),
    path(
        FILES + "<int:number>/copies/<int:hop>/",
        file_origin.file_copy_correct,
        name="file-copy-correct",
    ),
    path(FILES + "<int:number>/original/", file_origin.file_original, name="file-original"),
]
