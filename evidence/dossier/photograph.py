"""A photograph on the page, its JPEG put into the file as it is. Pure."""

from functools import cached_property

from reportlab.platypus import Flowable

from evidence.dossier.pictures import Picture
from evidence.dossier.piece import Bitmap


class Photograph(Flowable):  # type: ignore[misc]  # reportlab is untyped
    def __init__(self, picture: Picture, width: float, height: float) -> None:
        super().__init__()
        self.picture = picture
        self.width, self.height = width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    @cached_property
    def bitmap(self) -> Bitmap:
        found = self.picture
        return Bitmap(found.width, found.height, "DeviceRGB", "DCTDecode", found.jpeg)

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.scale(self.width, self.height)
        self.canv.place_bitmap(self.bitmap)
        self.canv.restoreState()
