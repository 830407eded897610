"""Small lists of invented names in each format, to be read whole or damaged."""

import csv
import io
import zipfile
from collections.abc import Iterable

import openpyxl

from kyc.watch.list_formats import opensanctions

SDN = (
    '101,"MBOGO, Tano Kweli","individual","WILD] [SDX",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 12 Mar 1960; alt. DOB 1961; POB Mombasa, Kenya; nationality Kenya; alt. nationality '
    "Tanzania; Passport A0123456 (Kenya) expires 01 Jan 2030; National ID No. 7788 (Kenya); "
    "Tax ID No. P051 (Kenya); Email Address tano@firm.example; a.k.a. 'BABA TANO'; "
    'Linked To: CORAL GATE TRADERS."\r\n'
    '102,"CORAL GATE TRADERS",-0- ,"WILD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '103,"CORRALIS DAWN","vessel","WILD",-0- ,"T2XX",'
    '"Container Ship","99,094","56,068","Panama",-0- ,"Vessel Registration Identification IMO '
    '9817559; MMSI 256843000."\r\n'
    "\x1a"
)
ALT = '101,1,"aka","KWELI, Tano",-0- \r\n102,2,"fka","CORAL GATE LTD",-0- \r\n\x1a'
ADD = '102,1,"Plot 9, Moi Avenue","Mombasa","Kenya",-0- \r\n101,2,-0- ,-0- ,"Oman",-0- \r\n\x1a'
COMMENTS = '103,"; Linked To: CORAL GATE TRADERS."\r\n\x1a'

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
 <INDIVIDUALS>
  <INDIVIDUAL>
   <DATAID>11</DATAID>
   <FIRST_NAME>Tano</FIRST_NAME><SECOND_NAME>Kweli</SECOND_NAME><THIRD_NAME>Mbogo</THIRD_NAME>
   <NAME_ORIGINAL_SCRIPT>تانو كويلي</NAME_ORIGINAL_SCRIPT>
   <UN_LIST_TYPE>Reef</UN_LIST_TYPE><REFERENCE_NUMBER>REi.001</REFERENCE_NUMBER>
   <COMMENTS1>Said to be a boatman.</COMMENTS1>
   <NATIONALITY><VALUE>United Republic of Tanzania</VALUE><VALUE>Atlantis</VALUE></NATIONALITY>
   <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Kweli Tano</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Baba</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ADDRESS><CITY>Tanga</CITY><COUNTRY>Kenya</COUNTRY><NOTE>in 2019</NOTE></INDIVIDUAL_ADDRESS>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-03-12</DATE></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1958</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1962</FROM_YEAR><TO_YEAR>1964</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A01</NUMBER><ISSUING_COUNTRY>Kenya</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
  </INDIVIDUAL>
 </INDIVIDUALS>
 <ENTITIES>
  <ENTITY>
   <DATAID>12</DATAID><FIRST_NAME>CORAL GATE (CG) ; REEF GATE</FIRST_NAME>
   <UN_LIST_TYPE>Reef</UN_LIST_TYPE><REFERENCE_NUMBER>REe.001</REFERENCE_NUMBER>
   <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Coral Ltd</ALIAS_NAME></ENTITY_ALIAS>
  </ENTITY>
 </ENTITIES>
</CONSOLIDATED_LIST>
"""  # noqa: E501  # as the list writes its lines

DENIED = (
    '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t'
    '"Expiration_Date"\t"Standard_Order"\t"Last_Update"\t"Action"\t"FR_Citation"\n'
    '"TANO MBOGO A/K/A BABA TANO"\t"PLOT 9"\t"MOMBASA"\t""\t"KE"\t"80100"\t"10/16/2017"\t'
    '"10/13/2027"\t"Y"\t"2017-10-23"\t"ADDED"\t"82 X.X. 1"\n'
    '"CORAL GATE"\t"DOCK 2"\t"ATLANTIS"\t""\t"XQ"\t""\t"01/02/2018"\t""\t"N"\t""\t""\t""'
)


def opensanctions_csv(*rows: dict[str, str], columns: Iterable[str] = opensanctions.COLUMNS) -> str:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(columns), restval="", quoting=csv.QUOTE_ALL)
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


TANO = {
    "id": "Q-1", "schema": "Person", "name": "Tano Mbogo", "aliases": "Tano Kweli;Baba Tano",
    "birth_date": "1960-03-12;1961", "countries": "ke;tz;suhh",
    "addresses": "Plot 9, Moi Avenue, Mombasa", "identifiers": "A0123456;IMO9817559",
    "sanctions": "Reef list", "phones": "+254712345678", "emails": "tano@firm.example",
    "dataset": "Reef", "first_seen": "2020-01-01T00:00:00", "last_seen": "2026-01-01T00:00:00",
    "last_change": "2024-05-01T10:00:00",
}  # fmt: skip

BLACKLIST = (
    "Blacklist of Corralis Line,,,,,,,\n"
    "No.,Company Name,Also known as,Type,Country,KRA PIN,Phone,Why\n"
    "1,Coral Gate Traders,Reef Gate;CGT,firm,Kenya,P051234567X,+254 712 345678,Cloned seal\n"
    "2,Tano Mbogo,,person,Atlantis,,,\n"
)


def workbook(*rows: tuple[object, ...], sheets: int = 1) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(sheets):
        sheet = book.create_sheet(f"List {number + 1}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(packed: bytes, name: str, change: bytes) -> bytes:
    """A workbook with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, change if part == name else old.read(part))
    return out.getvalue()
