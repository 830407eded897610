"""The rule of certificates: what a court will ask for, and what each one given is worth."""

from dataclasses import replace
from datetime import date

from evidence.papers.certificates_required import (
    DOG,
    ELECTRONIC,
    PHOTOGRAPHIC,
    SCANNER,
    WEIGHING,
    Detection,
    Facts,
    Given,
    Hop,
    Need,
    Record,
    Weighing,
    line,
    lines,
    needs,
)

DAY = date(2024, 3, 14)
PHOTOGRAPH = Record(1, "IMG_1.jpg", "E2", is_photograph=True)
ON_SCALE = Weighing(5, "E2", "KP-118", DAY)
SIGNED = {"signed_on": DAY, "has_paper": True}
WEIGHED = Given(
    9, WEIGHING, exhibits=frozenset({5}), scale="KP-118", day=DAY, since=date(2024, 1, 2),
    until=date(2025, 1, 1), signed_on=DAY, has_paper=True,
)  # fmt: skip


def kinds(facts: Facts) -> list[str]:
    return [need.kind for need in needs(facts)]


def test_a_photograph_needs_its_own_and_that_of_electronic_records() -> None:
    assert kinds(Facts(records=(PHOTOGRAPH,))) == [PHOTOGRAPHIC, ELECTRONIC]


def test_a_scanner_image_needs_its_own_and_that_of_electronic_records() -> None:
    image = Record(2, "scan.jpg", is_scanner_image=True)
    assert kinds(Facts(records=(image,))) == [SCANNER, ELECTRONIC]


def test_every_copy_on_the_way_needs_the_electronic_one_again() -> None:
    way = (Hop(0, "telephone to computer"), Hop(1, "computer to disc"))
    found = needs(Facts(records=(replace(PHOTOGRAPH, hops=way),)))
    assert [need.position for need in found if need.kind == ELECTRONIC] == [None, 0, 1]
    assert "telephone to computer" in found[2].thing


def test_a_weight_and_a_detection_by_a_dog_each_need_theirs() -> None:
    facts = Facts(weighings=(ON_SCALE,), detections=(Detection(3, 1, DAY),))
    assert kinds(facts) == [WEIGHING, DOG]


def test_what_is_missing_says_why_it_matters() -> None:
    (found,) = lines(Facts(weighings=(ON_SCALE,)), [])
    assert (found.state, found.mark) == ("missing", "open")
    assert "calibration" in found.sentence


def test_a_certificate_counts_once_its_signed_paper_is_on_file() -> None:
    need = needs(Facts(weighings=(ON_SCALE,)))[0]
    drafted = replace(WEIGHED, signed_on=None, has_paper=False)
    assert line(need, [drafted]).state == "draft"
    assert line(need, [replace(WEIGHED, has_paper=False)]).state == "unpapered"
    assert line(need, [drafted, WEIGHED]).state == "present"


def test_a_calibration_that_had_ended_on_that_day_is_told() -> None:
    need = needs(Facts(weighings=(ON_SCALE,)))[0]
    found = line(need, [replace(WEIGHED, until=date(2024, 3, 13))])
    assert found.mark == "cross"
    assert "not valid on" in found.sentence
    assert "calibrated" in line(need, [replace(WEIGHED, since=None)]).sentence


def test_the_certificate_of_another_scale_or_day_serves_nothing() -> None:
    need = needs(Facts(weighings=(ON_SCALE,)))[0]
    assert line(need, [replace(WEIGHED, scale="ES-04")]).state == "missing"
    assert line(need, [replace(WEIGHED, day=date(2024, 3, 15))]).state == "missing"


def test_the_certificate_of_the_original_is_not_that_of_its_copy() -> None:
    record = Record(1, "IMG_1.jpg", hops=(Hop(0, "telephone to computer"),))
    original = Given(4, ELECTRONIC, files=frozenset({(1, None)}), signed_on=DAY, has_paper=True)
    states = [found.state for found in lines(Facts(records=(record,)), [original])]
    assert states == ["present", "missing"]


def test_a_condition_that_is_not_stated_is_named() -> None:
    need = Need(ELECTRONIC, "IMG_1.jpg", "", attachment=1)
    given = Given(4, ELECTRONIC, files=frozenset({(1, None)}), signed_on=DAY, has_paper=True)
    assert "worked" in line(need, [replace(given, unstated=("it worked",))]).sentence
    assert "responsible" in line(need, [replace(given, is_responsible=False)]).sentence


def test_a_dog_is_certified_on_the_day_or_not_at_all() -> None:
    need = needs(Facts(detections=(Detection(3, 1, DAY),)))[0]
    dog = Given(7, DOG, seizures=frozenset({3}), since=DAY, until=DAY, signed_on=DAY)
    assert line(need, [replace(dog, has_paper=True)]).state == "present"
    assert line(need, [replace(dog, until=None, since=date(2024, 3, 15))]).state == "wanting"
