"""Renders the widgets of forms."""

from django.forms.renderers import BaseRenderer
from django.template import engines


class FormRenderer(BaseRenderer):
    """Takes widgets' templates from Django's own engine, where the project's may replace them; Django's
    `TemplatesSetting` asks the Jinja engines first, for each widget of each form, and none has any."""

    def get_template(self, template_name):
        return engines["django"].get_template(template_name)
