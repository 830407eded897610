"""Names that people and hostile senders give files."""

import pytest

from evidence.filestore import file_names


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("seal.jpg", "seal.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\report.pdf", "report.pdf"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("zero\u200bwidth\x00\r\n.txt", "zerowidth.txt"),
        ("  two   spaces .pdf ", "two spaces .pdf"),
        ('"><script>alert(1)</script>.png', "script>.png"),
        ("ndovu ya Łódź 象.jpg", "ndovu ya Łódź 象.jpg"),
        ("..", "file"),
        ("", "file"),
        ("\u202e", "file"),
    ],
)
def test_a_name_reads_as_it_is_stored(given: str, shown: str) -> None:
    assert file_names.clean(given) == shown


def test_a_long_name_keeps_its_extension() -> None:
    name = file_names.clean("a" * 400 + ".jpeg")
    assert len(name) == file_names.LONGEST
    assert name.endswith(".jpeg")
