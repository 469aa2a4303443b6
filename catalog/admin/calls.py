"""Calls: "does anybody make this?", one by one, and for products that are chosen on their list."""

from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from catalog.formats.numerals import digits
from catalog.models import Call, CallState, Product, Revision
from catalog.models.revisions import UNDER_WAY

from . import access, columns, proposals
from .base import NounAdmin
from .form_values import FormValues
from .forms import review_message, scope_message
from .reverting import as_sent
from .workflow import LINE_BREAK, MOST_AT_ONCE, MOST_NAMED


class StateToday(admin.SimpleListFilter):
    """By what a call is today."""

    title = _("status today")
    parameter_name = "today"

    def lookups(self, request, model_admin):
        return CallState.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in CallState.values else queryset


@admin.register(Call)
class CallAdmin(NounAdmin):
    list_display = ["called_for", "first_day", "last_day", "today", "answers", columns.last_change]
    list_filter = [StateToday, ("product__sector", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["product"]
    search_fields = ["product__name_en", "product__name_fa", "product__hs_code"]
    search_help_text = _("Product or HS code")
    ordering = ["-closes", "-pk"]
    autocomplete_fields = ["product"]
    fieldsets = [
        (
            _("The call"),
            {
                "fields": ["product", ("opens", "closes")],
                "description": _(
                    "For these days the site asks everybody whether they make this product, and says "
                    "afterwards how many came forward."
                ),
            },
        ),
        (_("For staff"), {"fields": ["note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("product"), ordering="product__sort_en")
    def called_for(self, call):
        return call.product

    @admin.display(description=_("first day"), ordering="opens")
    def first_day(self, call):
        return columns.day_cell(call.opens)

    @admin.display(description=_("last day"), ordering="closes")
    def last_day(self, call):
        return columns.day_cell(call.closes)

    @admin.display(description=_("status today"))
    def today(self, call):
        return call.state.label

    @admin.display(description=_("claims received"), ordering="claims")
    def answers(self, call):
        accepted = gettext("accepted: %(count)s") % {"count": columns.count(call.accepted)}
        return columns.two_lines(columns.count(call.claims), accepted if call.claims else "")


class Calling:
    """For the ModelAdmin of products: an action on its list that starts calls."""

    def get_actions(self, request):
        actions = super().get_actions(request)
        name = "start_call_action"
        if request.user.has_perm("catalog.add_call"):
            actions[name] = (Calling.start_call_action, name, Calling.start_call_action.short_description)
        return actions

    @admin.action(description=gettext_lazy("Start a call"))
    def start_call_action(self, request, queryset):
        """One transaction; what is left out is named with the reason."""
        started, proposed, left = [], [], []
        with transaction.atomic():
            chosen = queryset.order_by("sort_en", "pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1]
            keys = list(chosen)
            held = Product._base_manager.filter(pk__in=keys[:MOST_AT_ONCE]).order_by("pk")
            for product in held.select_for_update(no_key=True, of=("self",)):
                if fault := _why_not(request.user, product):
                    left.append((product, fault))
                elif access.is_locked(request.user, product):
                    _propose(request, product)
                    proposed.append(product)
                else:
                    Call(product=product).save()
                    started.append(product)
        _tell(self, request, started, proposed, left)
        if len(keys) > MOST_AT_ONCE:
            text = gettext("Choose at most %(count)s records at once.")
            self.message_user(request, text % {"count": _number(MOST_AT_ONCE)}, messages.WARNING)


def _why_not(user, product):
    """Why `user` starts no call for a product, a sentence; None where they may."""
    if not access.is_in_scope(user, product):
        return scope_message(user)
    if access.is_under_review(user, product):
        return review_message(product)
    if _is_proposed(product):
        return gettext("A call for it is proposed already.")
    try:
        Call(product=product).full_clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return None


def _is_proposed(product):
    kind = ContentType.objects.get_for_model(Call)
    waiting = Revision.objects.filter(content_type=kind, record_id=None, state__in=UNDER_WAY)
    return waiting.filter(proposed__product=[str(product.pk)]).exists()


def _propose(request, product):
    """Make a proposal to call for a product, as the page that adds a call would."""
    call = Call(product=product, opens=timezone.localdate())
    noun_admin = admin.site.get_model_admin(Call)
    form = noun_admin.get_form(request)(instance=call)
    opened = FormValues(language=get_language())
    proposals.store_sent(request.user, call, as_sent(form, []), opened, gettext("Start a call"))


def _tell(noun_admin, request, started, proposed, left):
    said = [
        (started, ngettext("%(count)s call was started.", "%(count)s calls were started.", len(started))),
        (
            proposed,
            ngettext(
                "%(count)s call was proposed. A reviewer accepts it.",
                "%(count)s calls were proposed. A reviewer accepts them.",
                len(proposed),
            ),
        ),
    ]
    for products, text in said:
        if products:
            noun_admin.message_user(request, text % {"count": _number(len(products))}, messages.SUCCESS)
    if left:
        text = ngettext("%(count)s product was left out:", "%(count)s products were left out:", len(left)) % {
            "count": _number(len(left))
        }
        lines = format_html_join(LINE_BREAK, "“{}”: {}", left[:MOST_NAMED])
        more = format_html("{}…", LINE_BREAK) if len(left) > MOST_NAMED else ""
        said = format_html("{}{}{}{}", text, LINE_BREAK, lines, more)
        noun_admin.message_user(request, said, messages.WARNING)


def _number(count):
    return digits(count, get_language())
