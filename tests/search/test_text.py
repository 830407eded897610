"""Folding, stemming, pairs of characters and identifiers."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import marks, text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seizures", "seizure"),
        ("charged", "charging"),
        ("bodies", "body"),
        ("boxes", "box"),
        ("smuggling", "smuggled"),
        ("Đặng", "dang"),
        ("\uff2d\uff24\uff2f\uff35", "mdou"),
        ("Wanja's", "wanja"),
        ("ng'ombe", "ngombe"),
        ("ng\u2019ombe", "ngombe"),
        ("Straße", "strasse"),
        ("re\u0301sume\u0301", "resume"),
        ("مُحَمَّد", "محمد"),
        ("soft\u00adhyphen", "softhyphen"),
        ("right\u200fmark", "rightmark"),
        ("l'ivoire", "Ivoire"),
        ("l\u2019IVOIRE", "ivoires"),
        ("d'\u00e9l\u00e9phants", "elephant"),
        ("qu'il", "il"),
        ("animaux", "animal"),
        ("tribunaux", "tribunal"),
        ("tableaux", "tableau"),
        ("saisies", "saisie"),
        ("washtakiwa", "mshtakiwa"),
        ("wasafirishaji", "msafirishaji"),
        ("wawindaji", "mwindaji"),
        ("wanyama", "mnyama"),
        ("контрабанды", "контрабанда"),
        ("الع\u0627\u062c", "عاج"),
        ("\u0664\u0661\u0668", "418"),
    ],
)
def test_these_are_the_same_word(one: str, other: str) -> None:
    assert text.stems(one) == text.stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seed", "see"),
        ("king", "k"),
        ("bus", "bu"),
        ("water", "ter"),
        ("Wanja", "Mnja"),
        ("news", "new"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert text.stems(one) != text.stems(other)


def test_unspaced_scripts_are_cut_into_pairs() -> None:
    assert text.stems("象牙制品 seal") == ["象牙", "牙制", "制品", "seal"]


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("container MDOU 418207 9 arrived", "mdou4182079"),
        ("see KE-MSA-2026-0042", "kemsa20260042"),
        ("seal CU 558120", "cu558120"),
        ("seal CU558120", "558120"),
        ("CF 418/2017", "cf4182017"),
    ],
)
def test_identifiers_are_found_in_running_text(written: str, mark: str) -> None:
    assert mark in marks.found(written, text.tokens(written))


@given(st.text())
def test_tokens_point_into_their_text(source: str) -> None:
    found = text.tokens(source)
    assert all(0 <= token.start < token.end <= len(source) for token in found)
    assert all(token.text and " " not in token.text for token in found)


@given(st.text())
def test_folding_twice_is_folding_once(source: str) -> None:
    once = [token.folded for token in text.tokens(source)]
    assert [text.fold(word) for word in once] == once


@pytest.mark.parametrize("sign", ["x", "é"])
def test_words_as_long_as_pages_are_not_kept_in_memory(sign: str) -> None:
    tracemalloc.start()
    for number in range(8):
        text.words(f"{number}{sign * 20_000}")
        text.tokens(f"{number}{sign * 20_000}")
        text.fold(f"{number}{sign * 20_000}")
    kept, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 120_000
