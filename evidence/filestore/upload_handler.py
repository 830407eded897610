"""Hands the files of a request to their reception while the body arrives.

A file that cannot be kept is dropped where that is found out, and the rest of the form still
arrives, so that what was typed can be shown again.
"""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from evidence import files
from evidence.filestore.uploads import HashedUpload, Reception


class HashingUploadHandler(FileUploadHandler):
    """Streams each file of a request to disk, computing its digest on the way."""

    reception: Reception | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        # The CSRF check reads the body before the page asks who is there.
        user = getattr(self.request, "user", None)
        if user is not None and not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        super().new_file(*args, **kwargs)
        if self.reception is None:
            files.settle()
        self.reception = Reception()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.reception is not None:
            self.reception.take(raw_data)

    def file_complete(self, file_size: int) -> HashedUpload | None:
        if self.reception is None:
            return None
        return self.reception.done(self.file_name or "", self.content_type or "")

    def upload_interrupted(self) -> None:
        if self.reception is not None:
            self.reception.drop()
