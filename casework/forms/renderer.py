"""Renders forms with this product's own templates (templates/django/forms)."""

from django.forms.renderers import TemplatesSetting


class CaseworkRenderer(TemplatesSetting):
    form_template_name = "django/forms/fields.html"
    field_template_name = "django/forms/field.html"
    formset_template_name = "django/forms/fields_of_all.html"
