"""A photograph on the page, its JPEG put into the file as it is.

Pure. reportlab's own image decodes every picture and keeps the pixels to name it: eight megabytes
each. Here the name is the digest of the JPEG, so the same picture is stored once.
"""

import hashlib

from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.platypus import Flowable

from evidence.dossier.pictures import Picture


class Photograph(Flowable):  # type: ignore[misc]  # reportlab is untyped
    def __init__(self, picture: Picture, width: float, height: float) -> None:
        super().__init__()
        self.picture = picture
        self.width, self.height = width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        """Written like canvas.drawImage, without its decoding."""
        canvas = self.canv
        name = hashlib.sha256(self.picture.jpeg).hexdigest()
        registered = canvas._doc.getXObjectName(name)
        if registered not in canvas._doc.idToObject:
            image = self._object(name)
            canvas._setXObjects(image)
            canvas._doc.Reference(image, registered)
            canvas._doc.addForm(name, image)
        canvas._currentPageHasImages = 1
        canvas.saveState()
        canvas.scale(self.width, self.height)
        canvas._code.append(f"/{registered} Do")
        canvas.restoreState()
        canvas._formsinuse.append(name)

    def _object(self, name: str) -> PDFImageXObject:
        image = PDFImageXObject(name)
        image.width, image.height = self.picture.width, self.picture.height
        image.bitsPerComponent, image.colorSpace = 8, "DeviceRGB"
        image.streamContent, image._filters = self.picture.jpeg, ("DCTDecode",)
        return image
