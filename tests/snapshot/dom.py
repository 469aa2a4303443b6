"""HTML as text: one node a line, white space as a browser shows it.

Between blocks white space is dropped; within a line a run of it is one space, also across inline elements.
Comments are dropped, attributes sorted, classes too.
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
}  # fmt: skip
RAW = {"script", "style"}
VERBATIM = {"pre", "textarea", "listing"}
# Elements that are no boxes: white space on their two sides meets.
INVISIBLE = {"script", "style", "template", "meta", "link", "noscript", "datalist"}
ATOMIC = {
    "img", "input", "button", "select", "textarea", "svg", "video", "audio", "iframe", "meter", "progress",
    "object", "canvas",
}  # fmt: skip
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label",
    "mark", "output", "q", "s", "samp", "slot", "small", "span", "strong", "sub", "sup", "time", "tspan",
    "u", "var", "wbr", "font", "ruby", "rt", "rp", "textpath",
}  # fmt: skip
CLOSES_P = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav",
    "ol", "p", "pre", "section", "summary", "table", "ul",
}  # fmt: skip
# A start tag ends an open element of the second set, unless one of the third stands between.
IMPLIED_END = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "option": ({"option"}, {"select", "datalist"}),
    "optgroup": ({"option", "optgroup"}, {"select"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"table", "tr"}),
    "th": ({"td", "th"}, {"table", "tr"}),
    "thead": ({"thead", "tbody", "tfoot", "tr", "td", "th"}, {"table"}),
    "tbody": ({"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup"}, {"table"}),
    "tfoot": ({"thead", "tbody", "tfoot", "tr", "td", "th"}, {"table"}),
    **dict.fromkeys(CLOSES_P, ({"p"}, {"button", "svg", "td", "th", "li", "div", "section", "article"})),
}
MAY_STAY_OPEN = {"html", "body", "head", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th"} | {
    "thead", "tbody", "tfoot", "caption", "colgroup",
}  # fmt: skip
SPACE = re.compile(r"[ \t\n\r\f]+")
SIGNED = {"csrfmiddlewaretoken", "stamp", "_signature", "_opened"}  # values with a moment or a secret in them
LISTS_OF_TOKENS = {"class", "rel", "headers", "aria-labelledby", "aria-describedby", "sizes", "srcset"}
DRAWN = {"d", "points", "transform", "viewbox", "style", "content"}  # attributes in which white space is one
HASHED_NAME = re.compile(r"(/static/[\w./-]+?)\.[0-9a-f]{12}(\.\w+)")


@dataclass
class Element:
    tag: str
    attributes: list = field(default_factory=list)
    children: list = field(default_factory=list)


class Builder(HTMLParser):
    """Makes a tree of Elements and texts; faults in the markup become texts that begin with `!!`."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag, attributes):
        ends, barriers = IMPLIED_END.get(tag, ((), ()))
        self.end_implied(ends, barriers)
        element = Element(tag, attributes)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def end_implied(self, ends, barriers):
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag in barriers:
                return
            if self.open[place].tag in ends:
                self.close_down_to(place)

    def close_down_to(self, place):
        for element in self.open[place + 1 :]:
            if element.tag not in MAY_STAY_OPEN:
                element.children.append(Element("!!unclosed", [("tag", element.tag)]))
        del self.open[place:]

    def handle_startendtag(self, tag, attributes):
        in_svg = any(element.tag in ("svg", "math") for element in self.open)
        self.handle_starttag(tag, attributes)
        if in_svg and tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                self.close_down_to(place)
                return
        self.open[-1].children.append(Element("!!unopened", [("tag", tag)]))

    def handle_data(self, text):
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def handle_decl(self, text):
        self.open[-1].children.append(Element(f"!{text.lower()}"))


def tree(html):
    """The root Element of a page."""
    builder = Builder()
    builder.feed(html)
    builder.close()
    builder.close_down_to(1)
    return builder.root


def lines(html):
    """The page as a list of lines."""
    return Writer().written(tree(html))


class Writer:
    """Writes a tree line by line. `slots` are [indentation, text]; a text may still lose its last space."""

    def __init__(self):
        self.slots = []
        self.at_space = True  # a space here would not be seen: the line begins, or one went before
        self.last = None  # the slot whose last space goes if the line ends

    def written(self, root):
        self.children(root, 0)
        self.end_line()
        return [f"{' ' * depth}{text}" for depth, text in self.slots if text != '""']

    def children(self, element, depth, in_svg=False):
        for child in element.children:
            if isinstance(child, str):
                self.text(child, depth)
            else:
                self.element(child, depth, in_svg)

    def element(self, element, depth, in_svg):
        tag = element.tag
        inline = INLINE if in_svg else INLINE | ATOMIC | INVISIBLE | {"br"}
        block = tag not in inline
        if block or tag == "br":
            self.end_line()
        self.slots.append([depth, start_tag(element)])
        if tag in RAW:
            self.slots += [[depth + 1, line] for line in raw_lines(element)]
        elif tag in VERBATIM:
            self.verbatim(element, depth + 1)
        elif tag in INVISIBLE or tag in ATOMIC:
            self.apart(element, depth + 1, in_svg or tag == "svg")
        else:
            self.children(element, depth + 1, in_svg)
        if tag in ATOMIC:
            self.at_space, self.last = False, None
        if block:
            self.end_line()

    def apart(self, element, depth, in_svg):
        """Write what is in an element whose white space does not meet the white space around it."""
        outside = self.at_space, self.last
        self.at_space, self.last = True, None
        self.children(element, depth, in_svg)
        self.end_line()
        self.at_space, self.last = outside

    def text(self, text, depth):
        text = SPACE.sub(" ", text)
        if self.at_space:
            text = text.removeprefix(" ")
        if text:
            self.last = [depth, f'"{text}"']
            self.slots.append(self.last)
            self.at_space = text.endswith(" ")

    def end_line(self):
        if self.last and self.last[1].endswith(' "'):
            self.last[1] = f'{self.last[1][:-2]}"'
        self.at_space, self.last = True, None

    def verbatim(self, element, depth):
        for child in element.children:
            if isinstance(child, str):
                self.slots += [[depth, f'"{line}"'] for line in child.split("\n")]
            else:
                self.slots.append([depth, start_tag(child)])
                self.verbatim(child, depth + 1)
        self.at_space, self.last = True, None


def raw_lines(element):
    """The lines of a script or a style; JSON is laid out."""
    text = "".join(child for child in element.children if isinstance(child, str))
    if "json" in (dict(element.attributes).get("type") or ""):
        with suppress(ValueError):
            text = laid_out(text)
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def laid_out(text):
    """JSON with a value a line, in its own order."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1)


def start_tag(element):
    values = dict(reversed(element.attributes))  # the first of two counts
    if values.get("name") in SIGNED:
        values["value"] = "…"
    shown = sorted((name, attribute(name, value)) for name, value in values.items())
    parts = [element.tag, *(f'{name}="{value}"' for name, value in shown if (name, value) != ("class", ""))]
    return f"<{' '.join(parts)}>"


def attribute(name, value):
    """The value of an attribute on one line."""
    value = value or ""
    if name in LISTS_OF_TOKENS:
        tokens = value.split()
        value = " ".join(sorted(set(tokens)) if name == "class" else tokens)
    elif name in DRAWN:
        value = SPACE.sub(" ", value).strip()
    value = HASHED_NAME.sub(r"\1\2", value)
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace('"', "&quot;")
