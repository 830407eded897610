"""What the remarks of the SDN list say in regular words: births, papers, countries, names."""

import re

from kyc.watch.list_formats import days
from kyc.watch.list_formats.entry import Entry, Reading

# What a number is called in the remarks, by the kind of fact it is.
CALLED = (
    ("passport", r"(?:[A-Z][\w.]* ){0,3}Passport(?: No\.)?"),
    ("id_number", r"(?:[A-Z]\w+ )?(?:National ID No\.|Cedula No\.|Personal ID Card|Kenyan ID No\.|"
     r"Identification Number|D\.N\.I\.|C\.U\.R\.P\.|C\.U\.I\.P\.|SSN|Electoral Registry No\.|"
     r"National Foreign ID Number|Numero de Identidad|Residency Number|Citizen's Card Number|"
     r"Cedula de Ciudadania|Stateless Person ID Card|Refugee ID Card|"
     r"Turkish Identificiation Number|"
     r"Birth Certificate Number|Driver's License No\.)"),
    ("vat", r"V\.A\.T\. Number"),
    ("tax_pin", r"(?:Tax ID No\.|NIT #|RUC #|R\.F\.C\.|RIF #|RTN|C\.U\.I\.T\.|US FEIN|"
     r"(?:Italian )?Fiscal Code)"),
    ("registration", r"(?:(?:UK |Business |Public )?(?:Company|Registration|Enterprise) Number|"
     r"Registration ID|Company ID|Business Registration Document #|Business Number|"
     r"Commercial Registry Number|C\.R\. No\.|Folio Mercantil No\.|Matricula Mercantil No|"
     r"Certificate of Incorporation Number|Chamber of Commerce Number|LE Number|"
     r"Legal Entity Number|Registered Charity No\.|United Social Credit Code(?: Certificate)?|"
     r"Unified Social Credit Code|Government Gazette Number|D-U-N-S Number)"),
    ("licence", r"Trade License No\."),
    ("imo", r"Vessel Registration Identification IMO"),
    ("mmsi", r"MMSI"),
    ("email", r"Email(?: Address)?"),
    ("website", r"Website"),
    ("phone", r"(?:Telephone|Phone)(?: No\.| Number)?"),
)  # fmt: skip
NUMBERS = [
    (kind, re.compile(rf"(?:alt\. )?{words}:? +(?P<value>[^(;]*?\S|\([^;]*)(?: \((?P<of>[^()]*)\))?"
                      r"(?: (?:issued|expires) .*)?"))
    for kind, words in CALLED
]  # fmt: skip
PHONE = re.compile(r"[\d()+\-. /x]+")
BORN = re.compile(r"(?:alt\. )?DOB (.+)")
BELONGS = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+)")
NAMED = re.compile(r"(?:alt\. )?[afn]\.k\.a\. ['\u2018\"]?(.+?)['\u2019\"]?")


def read(remarks: str, entry: Entry, reading: Reading) -> None:
    """Put into fields what the remarks say regularly; they stay as a whole beside the fields."""
    for part in remarks.split(";"):
        _read(part.strip().removesuffix("."), entry, reading)


def _read(said: str, entry: Entry, reading: Reading) -> None:
    if found := BORN.fullmatch(said):
        entry.birth_dates += days.read_span(found[1])
    elif found := BELONGS.fullmatch(said):
        code = reading.countries.find(found[1])
        entry.countries += [code] if code else []
    elif found := NAMED.fullmatch(said):
        entry.weak_aliases.append(found[1])
    else:
        _number(said, entry, reading)


def _number(said: str, entry: Entry, reading: Reading) -> None:
    for kind, pattern in NUMBERS:
        found = pattern.fullmatch(said)
        if found is None:
            continue
        value = found["value"]
        if kind == "phone":
            value = value if PHONE.fullmatch(value) else ""
        entry.number(kind, value, reading.countries.find(found["of"] or ""))
        return
