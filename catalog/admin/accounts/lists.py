"""What administrators look up: what happened to accounts, and what waits in the outbox."""

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from catalog.admin import columns
from catalog.admin.looked_up import LookedUp
from catalog.formats.numerals import digits
from catalog.models import AccountEvent, Outbox


class ReadOnly(LookedUp):
    """A list for administrators, of which nothing is opened or changed."""

    actions = None
    list_display_links = None
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request):
        return request.user.has_perm("auth.view_user")

    def has_view_permission(self, request, obj=None):
        return obj is None and self.has_module_permission(request)


class SentFilter(admin.SimpleListFilter):
    title = _("sent")
    parameter_name = "sent"

    def lookups(self, request, model_admin):
        return [
            ("yes", _("Yes")),
            ("no", _("No, it waits")),
            ("undeliverable", _("No, it cannot be delivered")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.exclude(sent_at=None)
        if self.value() == "no":
            return queryset.waiting()
        return queryset.undeliverable() if self.value() == "undeliverable" else queryset


@admin.register(AccountEvent)
class AccountEventAdmin(ReadOnly):
    list_display = ["when", "who", "kind", "doer", "address"]
    list_filter = ["kind"]
    list_select_related = ["account", "by"]
    search_fields = ["account__username", "account__first_name", "account__last_name", "address"]
    search_help_text = _("Account or address")
    date_hierarchy = None

    @admin.display(description=_("when"), ordering="at")
    def when(self, event):
        return columns.moment(event.at)

    @admin.display(description=_("account"), ordering="account__username")
    def who(self, event):
        return columns.person(event.account) if event.account else _("no account of that name")

    @admin.display(description=_("done by"), ordering="by__username")
    def doer(self, event):
        return columns.person(event.by) if event.by else columns.EMPTY


@admin.register(Outbox)
class OutboxAdmin(ReadOnly):
    """The texts are not shown: some open an account."""

    list_display = ["written", "to", "subject", "sent", "tried", "last_error"]
    list_filter = [SentFilter]
    search_fields = ["to", "subject"]
    search_help_text = _("Address or subject")
    actions = ["send_again"]

    @admin.action(description=_("Send again what could not be delivered"))
    def send_again(self, request, queryset):
        count = queryset.send_again()
        words = ngettext("%(number)s message is sent again.", "%(number)s messages are sent again.", count)
        words %= {"number": digits(count, get_language())}
        self.message_user(request, words, messages.SUCCESS if count else messages.WARNING)

    @admin.display(description=_("written on"), ordering="created_at")
    def written(self, message):
        return columns.moment(message.created_at)

    @admin.display(description=_("sent on"), ordering="sent_at")
    def sent(self, message):
        if message.undeliverable_at:
            words = format_html('<strong class="late">{}</strong>', _("cannot be delivered"))
            return columns.two_lines(words, columns.moment(message.undeliverable_at))
        return columns.moment(message.sent_at) if message.sent_at else columns.EMPTY

    @admin.display(description=_("tries"), ordering="tries")
    def tried(self, message):
        return columns.count(message.tries)
