"""What makes a volume PDF/A-2b: it says what it is, and in which colours. Pure.

The rest the standard asks for is how the volumes are written: every face embedded, no transparency,
nothing that acts, no reference to anything outside.
"""

import re
from datetime import UTC
from xml.sax.saxutils import escape

from evidence.dossier import colour, pdffile
from evidence.dossier.pdffile import PdfFile, dictionary, reference
from evidence.dossier.volume import About, Entries

PART, CONFORMANCE = 2, "B"
# Characters that XML cannot hold: a title that has one is still a title without it.
UNSAYABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{said}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def entries(file: PdfFile, about: About) -> Entries:
    """For the catalogue of a volume; its description says the same as its metadata."""
    kind = {"Type": b"/Metadata", "Subtype": b"/XML"}
    return {
        "Metadata": reference(file.stream(metadata(about).encode(), kind)),
        "OutputIntents": pdffile.array_of([_colours(file)]),
    }


def metadata(about: About) -> str:
    """The XMP packet."""
    said = [
        f"<pdfaid:part>{PART}</pdfaid:part>",
        f"<pdfaid:conformance>{CONFORMANCE}</pdfaid:conformance>",
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{_worded(about.title)}</dc:title>",
        f"<dc:description>{_worded(about.subject)}</dc:description>",
        f"<dc:creator><rdf:Seq>{_item(about.author)}</rdf:Seq></dc:creator>",
        f"<dc:language><rdf:Bag>{_item(about.language)}</rdf:Bag></dc:language>",
        f"<xmp:CreatorTool>{_plain(about.creator)}</xmp:CreatorTool>",
        f"<pdf:Producer>{_plain(about.creator)}</pdf:Producer>",
    ]
    if about.made_at:
        at = f"{about.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+00:00"
        said += [f"<xmp:{name}>{at}</xmp:{name}>" for name in ("CreateDate", "ModifyDate")]
    return PACKET.format(said="\n".join(said))


def _colours(file: PdfFile) -> bytes:
    profile = file.flate(colour.profile(), {"N": b"3"})
    return dictionary(
        {
            "Type": b"/OutputIntent",
            "S": b"/GTS_PDFA1",
            "OutputConditionIdentifier": pdffile.text(colour.NAME),
            "Info": pdffile.text(colour.NAME),
            "DestOutputProfile": reference(profile),
        }
    )


def _worded(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_plain(text)}</rdf:li></rdf:Alt>'


def _item(text: str) -> str:
    return f"<rdf:li>{_plain(text)}</rdf:li>"


def _plain(text: str) -> str:
    return escape(UNSAYABLE.sub("", text))
