"""What a file says is found with that file, and with nothing else that has its number."""

from search import documents
from search.documents import SOURCES
from search.engines import Key
from search.models import FilePage, FileText
from tests.search.conftest import Story


def test_no_other_record_gets_the_words_of_a_file_with_its_number(story: Story) -> None:
    file = story.case.attachments.get()
    words, _made = FileText.objects.get_or_create(file=file.file)
    FilePage.objects.create(
        words=words, number=1, place="page:1", text="Okapi manifest", begins_at=0
    )
    keys = [Key(kind, file.pk) for kind in SOURCES]
    said = [d.key for d in documents.load(keys) if any("Okapi" in p.text for p in d.parts)]
    assert said == [Key("file", file.pk)]
