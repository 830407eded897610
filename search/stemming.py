"""One stem for the forms of a word, whatever its language; both sides of a search use it alike.

Pure. English by Snowball, with the few French and Swahili plurals that it does not see; Russian
and Arabic by Snowball, chosen by the letters of the word. Other scripts stay as they are.
"""

import re
from functools import lru_cache

import Stemmer

SHORTEST = 3
# The stemmers keep no cache of their own: then one call is one step, and threads may share them.
_ENGLISH = Stemmer.Stemmer("english", 0)
_RUSSIAN = Stemmer.Stemmer("russian", 0)
_ARABIC = Stemmer.Stemmer("arabic", 0)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_ARABIC_LETTERS = re.compile(r"[\u0620-\u064a\u066e-\u06d3]+")
# People: one m-, many wa-, in forms that no English word has: mshtakiwa, wasafirishaji.
_SWAHILI_PERSON = re.compile(r"(?:m|wa)([b-df-hj-np-tvwyz][a-z]{2,}(?:iwa|aji|elezi))")
# Other words of the field whose plural changes their beginning: the plural, then the one.
_PLURALS = """
    watu:mtu wezi:mwizi wanafunzi:mwanafunzi wafungwa:mfungwa washtaki:mshtaki wajenzi:mjenzi
    watoto:mtoto wanyama:mnyama wanaume:mwanaume wanawake:mwanamke walinzi:mlinzi
    wavuvi:mvuvi wakulima:mkulima wafanyabiashara:mfanyabiashara wafanyakazi:mfanyakazi
    wageni:mgeni mahakimu:hakimu majaji:jaji mashahidi:shahidi mawakili:wakili majangili:jangili
    makosa:kosa magari:gari makontena:kontena maafisa:afisa mashtaka:shtaka majino:jino meno:jino
    maduka:duka magunia:gunia masanduku:sanduku vyombo:chombo vipande:kipande vielelezo:kielelezo
    vyeti:cheti vitu:kitu viwanja:kiwanja mizigo:mzigo mikoba:mkoba miili:mwili misitu:msitu
    mihuri:muhuri nchini:nchi bandarini:bandari mahakamani:mahakama forodhani:forodha
"""
_SWAHILI = dict(pair.split(":") for pair in _PLURALS.split())


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word."""
    if len(word) < SHORTEST or not word.isalpha():
        return word
    if word.isascii():
        return _english(_french(_swahili(word)))
    if _CYRILLIC.fullmatch(word):
        return _kept(word, _RUSSIAN.stemWord(word))
    if _ARABIC_LETTERS.fullmatch(word):
        return _kept(word, _ARABIC.stemWord(word))
    return word


def _english(word: str) -> str:
    return _kept(word, _ENGLISH.stemWord(word))


def _kept(word: str, stemmed: str) -> str:
    return stemmed or word


def _french(word: str) -> str:
    """animaux -> animal, tableaux -> tableau."""
    if len(word) > 5 and word.endswith("aux"):
        return word[:-1] if word.endswith("eaux") else word[:-2] + "l"
    return word


def _swahili(word: str) -> str:
    if found := _SWAHILI_PERSON.fullmatch(word):
        return found[1]
    return _SWAHILI.get(word, word)
