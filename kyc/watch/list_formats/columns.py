"""What the columns of a plain table are called, and what each of them means here."""

import re

from kyc.watch.list_formats.words import clean

# By meaning: the words that people put at the head of a column, in small letters.
CALLED: dict[str, tuple[str, ...]] = {
    "uid": (
        "id", "uid", "unique id", "ref", "reference", "reference number", "ref no", "entry id",
        "list id", "record id", "entry number", "reference no",
    ),
    "name": (
        "name", "legal name", "full name", "party", "party name", "company", "company name",
        "firm", "firm name", "entity", "entity name", "business name", "trader", "trader name",
        "shipper", "shipper name", "consignee", "consignee name", "customer", "customer name",
        "exporter", "importer", "operator name", "registered name", "name of company", "jina",
        "name of firm", "economic operator",
    ),
    "first": ("first name", "given name", "forename", "given names", "forenames", "first names"),
    "middle": ("middle name", "middle names", "second name"),
    "last": ("last name", "surname", "family name"),
    "alias": (
        "alias", "aliases", "aka", "a k a", "also known as", "other name", "other names",
        "trading name", "trading as", "trade name", "dba", "d b a", "former name",
        "previous name", "original script", "local name", "fka", "f k a",
    ),
    "weak": ("weak alias", "weak aliases", "nickname", "nicknames"),
    "kind": (
        "kind", "type", "schema", "party type", "entity type", "entity category", "category",
        "person or firm", "type of party",
    ),
    "country": (
        "country", "countries", "country code", "nationality", "jurisdiction", "citizenship",
        "country of registration", "country of incorporation", "country of residence",
    ),
    "born": ("date of birth", "dob", "birth date", "born", "birthdate", "day of birth"),
    "registration": (
        "registration", "registration number", "registration no", "reg no", "reg number",
        "company number", "company no", "company registration number", "business registration",
        "certificate of incorporation", "incorporation number", "company registration",
        "registration authority entity id", "brn",
    ),
    "tax_pin": (
        "pin", "tax pin", "kra pin", "tin", "tax id", "tax number", "tax no", "pin number",
        "pin no", "tax identification number", "tax identification", "tax registration number",
    ),
    "vat": ("vat", "vat number", "vat no"),
    "lei": ("lei", "lei code", "legal entity identifier"),
    "passport": ("passport", "passport number", "passport no"),
    "id_number": (
        "id number", "id no", "national id", "national id number", "identity number",
        "identity card", "id card", "national id no",
    ),
    "licence": ("licence", "license", "licence number", "licence no", "license number", "permit"),
    "aeo": (
        "aeo", "aeo number", "aeo no", "aeo certificate", "certificate number", "aeo status",
        "authorisation number", "authorization number", "eori", "eori number",
    ),
    "imo": ("imo", "imo number", "imo no"),
    "address": (
        "address", "addresses", "street", "street address", "physical address", "location",
        "first address line", "address line 1", "address line 2", "address line 3", "premises",
        "postal address", "po box", "p o box", "business address", "registered address",
    ),
    "city": ("city", "town", "state", "county", "province", "region", "postal code", "postcode",
             "zip", "zip code"),
    "phone": (
        "phone", "phones", "telephone", "tel", "phone number", "mobile", "telephone number",
        "contact number", "phone no", "tel no", "cell", "mobile number",
    ),
    "email": ("email", "emails", "e mail", "email address", "e mail address"),
    "website": ("website", "web site", "url", "web"),
    "topic": ("reason for listing", "programme", "program", "list", "sanctions"),
    "remark": ("remarks", "remark", "comments", "comment", "notes", "note", "details"),
    "ordinal": ("no", "nr", "s n", "sn", "s no", "serial", "serial no", "row", "line", "item", ""),
}  # fmt: skip
MEANING = {word: meaning for meaning, words in CALLED.items() for word in words}
NUMBERS = (
    "registration", "tax_pin", "vat", "lei", "passport", "id_number", "licence", "aeo", "imo",
    "phone", "email", "website",
)  # fmt: skip
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def word(head: str) -> str:
    """A head as it is looked up: "Entity.LegalName" and "LEGAL_NAME" are both "legal name"."""
    last = CAMEL.sub(" ", clean(head).rpartition(".")[2] or clean(head).rstrip("."))
    return " ".join("".join(c if c.isalnum() else " " for c in last).lower().split())


def meanings(head: list[str]) -> list[str]:
    """The meaning of each column; "" for one that only the remarks take."""
    return [MEANING.get(word(cell), "") for cell in head]


def is_head(found: list[str]) -> bool:
    return "name" in found or "last" in found
