"""Fields, the box of mistakes, and how a field is rendered."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template import Context, Template
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from casework.forms import summary
from casework.forms.fields import MomentField, SuggestField, WeightField


class ReadingForm(forms.Form):
    place = SuggestField(url="casework:suggest-ports", label="Place", help_text="Code or name.")
    read_at = MomentField(label="When", required=False)
    weight = WeightField(label="Weight", required=False)
    seal_intact = forms.BooleanField(label="Seal intact", required=False)


def weight(text: str) -> object:
    form = ReadingForm({"place": "x", "weight": text})
    return form.cleaned_data["weight"] if form.is_valid() else form.errors["weight"][0]


@pytest.mark.parametrize(
    ("text", "mg"),
    [("206.85", 206_850_000), ("12 g", 12_000), ("1,612.4 kg", 1_612_400_000), ("", None)],
)
def test_a_weight_is_kept_in_milligrams(text: str, mg: int | None) -> None:
    assert weight(text) == mg


def test_a_weight_below_zero_says_what_to_do() -> None:
    assert weight("-1") == "A weight cannot be below zero. Type what the scale showed."


def test_an_initial_weight_is_shown_in_kilograms() -> None:
    assert 'value="206.85"' in str(ReadingForm(initial={"weight": 206_850_000})["weight"])


def test_a_moment_is_read_in_the_zone_of_the_person() -> None:
    with timezone.override("Africa/Nairobi"):
        form = ReadingForm({"place": "x", "read_at_0": "2024-03-14", "read_at_1": "05:40"})
        assert form.is_valid()
    assert form.cleaned_data["read_at"] == datetime(2024, 3, 14, 2, 40, tzinfo=UTC)


def test_a_moment_before_any_calendar_of_ours_says_what_to_do() -> None:
    with timezone.override("Africa/Nairobi"):
        form = ReadingForm({"place": "x", "read_at_0": "0001-01-01", "read_at_1": "00:00"})
    assert form.errors["read_at"] == ["Write the year with four digits."]


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"place": "Mombasa KEMBA", "place_value": "KEMBA"}, "KEMBA"),
        ({"place": "  a village  ", "place_value": ""}, "a village"),
        ({"place": "a village"}, "a village"),
    ],
)
def test_a_suggestion_is_its_value_or_what_was_typed(data: dict[str, str], value: str) -> None:
    form = ReadingForm(data)
    assert form.is_valid()
    assert form.cleaned_data["place"] == value


def test_a_chosen_suggestion_stays_in_the_form() -> None:
    html = str(ReadingForm({"place": "Mombasa KEMBA", "place_value": "KEMBA"})["place"])
    assert 'value="Mombasa KEMBA"' in html
    assert 'name="place_value" value="KEMBA"' in html


def test_a_wrong_field_says_so_to_everybody() -> None:
    html = ReadingForm({"place": "<b>", "weight": "x"})["weight"].as_field_group()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_weight_error"' in html
    assert 'id="id_weight_error"' in html


def test_a_file_that_came_with_a_mistake_is_asked_for_again() -> None:
    class PaperForm(forms.Form):
        paper = forms.FileField()
        note = forms.CharField()

    sent: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict()
    assert "Choose the file again" not in PaperForm({}, sent)["paper"].as_field_group()
    sent["paper"] = SimpleUploadedFile("receipt.pdf", b"%PDF")
    assert "Choose the file again" in PaperForm({}, sent)["paper"].as_field_group()
    assert "Choose the file again" not in PaperForm()["paper"].as_field_group()


def test_optional_is_said_and_required_is_not() -> None:
    form = ReadingForm()
    assert "(optional)" in form["weight"].as_field_group()
    assert "(optional)" not in form["place"].as_field_group()


def test_the_box_of_mistakes_links_to_each_field() -> None:
    problems = summary.problems([ReadingForm({"weight": "-1"}), None])
    assert [problem.target for problem in problems] == ["id_place", "id_weight"]
    assert problems[0].text == "Place: Fill this in."


def test_the_box_names_the_item_of_a_formset() -> None:
    formset = forms.formset_factory(ReadingForm, extra=2)(
        {
            "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-place": "x",
            "form-1-place": "y", "form-1-weight": "heavy",
        }
    )  # fmt: skip
    (problem,) = summary.problems([formset])
    assert problem.text.startswith("2. Weight:")
    assert problem.target == "id_form-1-weight"


def test_a_mark_is_never_read_aloud() -> None:
    marks = Template('{% mark "half" %}{% state "open" word %}')
    html = marks.render(Context({"word": "<Missing>"}))
    assert html.count('aria-hidden="true"') == 2
    assert "&lt;Missing&gt;" in html


@pytest.mark.parametrize(
    ("number", "kind"), [("MDOU4182079", "computed"), ("MDOU4182075", "wrong")]
)
def test_the_check_digit_is_framed(number: str, kind: str) -> None:
    html = Template("{% check_digits number %}").render(Context({"number": number}))
    assert f'class="{kind}"' in html


def test_what_is_to_be_chosen_is_not_to_be_filled_in() -> None:
    field = forms.ChoiceField(choices=[("a", "A")])
    with pytest.raises(forms.ValidationError, match="Choose one"):
        field.clean("")
