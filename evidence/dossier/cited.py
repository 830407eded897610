"""Words with the page on which they are borne out, at the right end of their first line. Pure."""

from reportlab.platypus import Flowable, Paragraph

from evidence.dossier.paper import PageOf, marked

NUMBER = 24  # points that the number takes


class Cited(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A paragraph beside a page number; it is never divided, so it must be short."""

    def __init__(self, words: Paragraph, key: str) -> None:
        super().__init__()
        self.words, self.key = words, key

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.height = self.words.wrap(width - NUMBER, height)[1]
        return width, self.height

    def draw(self) -> None:
        self.words.drawOn(self.canv, 0, 0)
        page = PageOf(self.key)
        page.wrap(self.width, 0)
        page.drawOn(self.canv, 0, self.height - page.height)


def cited(ready: str, key: str, style: str = "text") -> Flowable:
    """Markup with the page of an anchor, or without it where the dossier has no such page."""
    words = marked(ready, style)
    return Cited(words, key) if key else words
