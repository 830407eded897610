"""Names of countries as lists write them, to ISO 3166-1 alpha-2."""

import unicodedata
from collections.abc import Mapping

MOST_KEPT, LONGEST_KEPT = 5000, 100
SILENT = {"the", "of", "and", "d", "de", "la"}
APOSTROPHES = dict.fromkeys((0x27, 0x2019))
# Names that the code list does not have. The order of words, accents and small words do not count.
VARIANTS = {
    "AE": "UAE; Emirates; Dubai",
    "BA": "Bosnia; Bosnia-Herzegovina",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia; Bolivia (Plurinational State of)",
    "BS": "The Bahamas",
    "CD": "Democratic Republic of the Congo; Congo, Democratic Republic of the; DRC; DR Congo;"
    " Congo (Kinshasa); Congo-Kinshasa; Zaire; Congo, Dem. Rep.",
    "CF": "Central African Republic; CAR",
    "CG": "Congo; Republic of the Congo; Congo (Brazzaville); Congo-Brazzaville; Congo, Rep.",
    "CI": "Ivory Coast; Cote d Ivoire; Cote d'Ivoire",
    "CN": "People's Republic of China; PRC; P.R. China; China (Mainland); Mainland China",
    "CV": "Cabo Verde",
    "CZ": "Czechia",
    "FM": "Federated States of Micronesia; Micronesia (Federated States of)",
    "FK": "Falkland Islands (Malvinas)",
    "GB": "UK; United Kingdom of Great Britain and Northern Ireland; Great Britain; England;"
    " Scotland; Wales; Northern Ireland; U.K.",
    "HK": "Hong Kong SAR; China, Hong Kong Special Administrative Region; Hong Kong, China",
    "IM": "Man, Isle of",
    "IR": "Islamic Republic of Iran; Iran (Islamic Republic of)",
    "KN": "St. Kitts and Nevis; Saint Christopher and Nevis",
    "KP": "Korea, North; North Korea; Democratic People's Republic of Korea; DPRK;"
    " Korea, Dem. People's Rep.; Korea (Democratic People's Republic of)",
    "KR": "Korea, South; South Korea; Republic of Korea; Korea, Rep.; Korea (Republic of)",
    "LA": "Lao People's Democratic Republic; Lao PDR",
    "LC": "St. Lucia",
    "LY": "Libyan Arab Jamahiriya; State of Libya",
    "MD": "Republic of Moldova; Moldova, Republic of",
    "MK": "North Macedonia, The Republic of; Macedonia; FYROM;"
    " Macedonia, The Former Yugoslav Republic of",
    "MM": "Burma",
    "MO": "Macau; China, Macao Special Administrative Region; Macau SAR",
    "PS": "Palestinian; State of Palestine; Palestinian Territories; West Bank; Gaza;"
    " Region: Gaza; Region: West Bank; Occupied Palestinian Territory",
    "RU": "Russian Federation",
    "ST": "Sao Tome",
    "SY": "Syrian Arab Republic",
    "SZ": "Eswatini; Swaziland",
    "TL": "Timor-Leste",
    "TR": "Turkey; Turkiye; Republic of Turkiye",
    "TW": "Taiwan, Province of China; Taiwan (Province of China); Republic of China;"
    " Chinese Taipei",
    "TZ": "United Republic of Tanzania; Tanzania, United Republic of; Zanzibar",
    "US": "USA; U.S.A.; U.S.; United States of America; America",
    "VA": "Holy See; Vatican",
    "VC": "Saint Vincent and the Grenadines; St. Vincent and the Grenadines",
    "VE": "Venezuela (Bolivarian Republic of); Bolivarian Republic of Venezuela",
    "VG": "Virgin Islands, British; British Virgin Islands; BVI",
    "VI": "Virgin Islands, U.S.; US Virgin Islands; United States Virgin Islands",
    "VN": "Viet Nam",
}  # fmt: skip


class Countries:
    """Looks up letters and names; `names` are the code list's own, by their letters."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._found: dict[str, str] = {}  # the same few names stand on a list again and again
        self._letters = {code.upper() for code in names}
        self._codes = {_folded(name): code for code, name in names.items()}
        for code, variants in VARIANTS.items():
            self._codes |= {_folded(name): code for name in variants.split(";")}
            self._letters.add(code)

    def find(self, text: str) -> str:
        """ISO alpha-2, or "" where the words name no country that is known."""
        found = self._found.get(text)
        if found is None:
            found = self._look_up(text)
            if len(self._found) < MOST_KEPT and len(text) < LONGEST_KEPT:
                self._found[text] = found
        return found

    def _look_up(self, text: str) -> str:
        short = text.strip().upper().partition("-")[0] if len(text.strip()) < 7 else ""
        if len(short) == 2 and short in self._letters:
            return short
        return self._codes.get(_folded(text), "")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold().replace(".", "").translate(APOSTROPHES)
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(sorted(set(kept.split()) - SILENT))
