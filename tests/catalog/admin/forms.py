"""What a browser would send: the fields of a page as it was served, with what a person changed in them."""

from django.forms import FileField


def _values(form):
    values = {}
    for bound in form:
        if bound.field.disabled or isinstance(bound.field, FileField):  # no browser sends a stored file again
            continue
        widget = getattr(
            bound.field.widget, "widget", bound.field.widget
        )  # out of its links to related pages
        value = widget.format_value(bound.value()) if hasattr(widget, "format_value") else bound.value()
        if isinstance(value, (list, tuple)):
            value = [each for each in value if each not in (None, "")]
            if not getattr(widget, "allow_multiple_selected", False):
                value = value[0] if value else ""
        if bound.value() is True:
            value = "on"
        values[bound.html_name] = "" if value is None or value is False else value
    return values


def fields_of(response):
    """Names and values of the change form in `response`, rows included, as a browser would send them."""
    values = _values(response.context["adminform"].form)
    values["_opened"] = response.context.get("opened", "")
    values["_signature"] = response.context.get("signature", "")
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        values |= _values(formset.management_form)
        for form in formset.forms:
            values |= _values(form)
    return values


def send(client, url, changes, button="_save", **options):
    """Open `url`, change fields, press `button`."""
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    return client.post(url, {**fields_of(page), **changes, button: "1"}, **options)


def errors_of(response):
    """{field: [messages]} of a form that came back, rows as "lines-0-amount"."""
    form = response.context["adminform"].form
    found = {name: list(errors) for name, errors in form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            found |= {f"{row.prefix}-{name}": list(errors) for name, errors in row.errors.items()}
        if inline.formset.non_form_errors():
            found[inline.formset.prefix] = list(inline.formset.non_form_errors())
    return found
