"""What a browser would send of a form on a page, without pressing anything but its button."""

from html.parser import HTMLParser

from django.http import QueryDict


class _Fields(HTMLParser):
    def __init__(self, form):
        super().__init__()
        self.form, self.inside, self.select, self.options = form, False, None, []
        self.found, self.text = [], None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form
        mine = given["form"] == self.form if "form" in given else self.inside
        ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
        if tag == "input" and mine and ticked and "name" in given and "disabled" not in given:
            self.found.append((given["name"], given.get("value", "on")))
        if tag == "select" and mine:
            self.select, self.options = given["name"], []
        if tag == "textarea" and mine:
            self.text = (given["name"], [])
        if tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))

    def handle_data(self, data):
        if self.text:
            self.text[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text:
            name, parts = self.text
            self.found.append((name, "".join(parts).removeprefix("\n")))
            self.text = None
        if tag == "form":
            self.inside = False
        if tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [self.options[0][0]]
            self.found.append((self.select, chosen[-1]))
            self.select = None


def pairs(html, form):
    """[(name, value)] that the form with that id sends as it stands."""
    fields = _Fields(form)
    fields.feed(html)
    return fields.found


def sent(html, form="filter-form"):
    """The same as a QueryDict."""
    query = QueryDict(mutable=True)
    for name, value in pairs(html, form):
        query.appendlist(name, value)
    return query
