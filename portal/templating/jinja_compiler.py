"""How Jinja turns public templates into Python, with less to do at each call than Jinja has to have.

Jinja looks at every function for a wish for its context, copies the functions of the site for every page,
and makes a Markup of every piece that is printed. None of ours needs it, and a page has a thousand of each.
"""

from keyword import iskeyword

from django.utils.safestring import SafeString
from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, _escape_inner, escape

from catalog.formats.language import rendering


class PublicCodeGenerator(CodeGenerator):
    """Calls functions as Python does: none that a template calls asks for the context (filters may)."""

    def visit_Call(self, node, frame, forward_caller=False):  # noqa: N802 - Jinja's name
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(k.key) for k in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for place, argument in enumerate([*node.args, *node.kwargs]):
            if place:
                self.write(", ")
            self.visit(argument, frame)
        self.write(")")

    def _output_child_pre(self, node, frame, finalize):
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        self.write(finalize.src or "")


class PublicTemplate(Template):
    """Is rendered in one language from its beginning to its end."""

    def render(self, *args, **kwargs):
        with rendering():
            return super().render(*args, **kwargs)


class PublicEnvironment(Environment):
    """The environment of the public pages and of letters."""

    code_generator_class = PublicCodeGenerator
    template_class = PublicTemplate

    def make_globals(self, d):
        """The functions of the site as they are, unless a template is given more."""
        return super().make_globals(d) if d else self.globals

    @staticmethod
    def escaped(value):
        """`value` as it is printed: what is safe stays as it is, and no Markup is made of the rest."""
        kind = type(value)
        if kind in SAFE_TYPES:
            return value
        return _escape_inner(value) if kind is str else str(value) if kind in NUMBER_TYPES else escape(value)


SAFE_TYPES = frozenset((Markup, SafeString))
NUMBER_TYPES = frozenset((int, float))
