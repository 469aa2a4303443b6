"""Asking for mail about what changes, and the private page of each subscription."""

from datetime import timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from catalog.api.client_address import address_of
from catalog.formats.numerals import number
from contact import asking_to_watch, throttling, watching
from contact.models import Frequency, Subscription
from contact.private import private
from contact.same_origin import same_origin_posts

ASKS_OF_A_VISITOR = (10, timedelta(hours=1))
ASKS_FOR_AN_ADDRESS = (10, timedelta(hours=1))


class WatchForm(forms.Form):
    """Where mail goes and how often. `website` is for programs: people do not see it."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Give the e-mail address that mail goes to."),
            "invalid": gettext_lazy("This is no e-mail address: it looks like name@example.com."),
        },
    )
    frequency = forms.ChoiceField(
        choices=Frequency.choices,
        error_messages={
            "required": gettext_lazy("Choose how often."),
            "invalid_choice": gettext_lazy("Choose daily or weekly."),
        },
    )
    website = forms.CharField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_posts
@private
def watch(request):
    """The form; what is watched stands in its address, or in the fields of what was sent."""
    try:
        watched = watching.asked_for(request.POST if request.method == "POST" else request.GET)
    except watching.CannotWatchError as error:
        return render(request, "contact/watch/cannot.html", {"reason": str(error), **crumbs()}, status=422)
    if watched is None:
        raise Http404("No such public record")
    if request.method != "POST":
        return _form(request, watched, WatchForm(initial={"frequency": Frequency.WEEKLY}))
    form = WatchForm(request.POST)
    if not form.is_valid():
        return _form(request, watched, form, status=422)
    if wait := _seconds_to_wait(request, form.cleaned_data["email"]):
        return _form(request, watched, form, wait=wait, status=429)
    if not form.cleaned_data["website"]:
        given = form.cleaned_data
        asking_to_watch.ask_to_watch(given["email"], watched, given["frequency"], get_language())
    return redirect("contact:watch_sent")


def crumbs():
    """What every page here has."""
    return {"crumbs": [{"label": _("Watch")}], "noindex": True}


def _seconds_to_wait(request, email):
    of_visitor = throttling.seconds_to_wait("watch", address_of(request), *ASKS_OF_A_VISITOR)
    return of_visitor or throttling.seconds_to_wait("watch_address", email, *ASKS_FOR_AN_ADDRESS)


def _form(request, watched, form, wait=0, status=200):
    context = {
        "watched": watched,
        "form": form,
        "email": form["email"].value() or "",
        "chosen": form["frequency"].value(),
        "frequencies": Frequency.choices,
        "wait": wait and wait_in_words(wait),
        **crumbs(),
    }
    response = render(request, "contact/watch/form.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def wait_in_words(seconds):
    """ "in 12 minutes": when something that was done too often works again."""
    minutes = -(-seconds // 60)
    words = ngettext("in %(number)s minute", "in %(number)s minutes", minutes)
    return words % {"number": number(minutes, get_language())}


@require_safe
@private
def sent(request):
    """What everybody reads who asked: it does not tell whether an address is known here."""
    return render(request, "contact/watch/sent.html", crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_posts
@private
def subscription_page(request, token):
    """The page of a subscription. Only its buttons change something: mail scanners follow links."""
    subscription = Subscription.objects.by_token(token)
    if subscription is None:
        return render(request, "contact/watch/gone.html", crumbs(), status=404)
    if request.method == "POST":
        return SUBSCRIPTION_ACTIONS.get(request.POST.get("action"), _unchanged)(request, subscription)
    return _page(request, subscription)


def _page(request, subscription, notice=""):
    context = {
        "subscription": subscription,
        "watched": _named(subscription),
        "others": Subscription.objects.filter(email=subscription.email).count() - 1,
        "frequencies": Frequency.choices,
        "notice": notice,
        "confirmed_on": subscription.confirmed_at and timezone.localdate(subscription.confirmed_at),
        "sent_on": subscription.last_sent and timezone.localdate(subscription.last_sent),
        **crumbs(),
    }
    return render(request, "contact/watch/page.html", context)


def _named(subscription):
    try:
        return watching.watched_by(subscription)
    except watching.CannotWatchError:
        return None


def _confirm(request, subscription):
    asking_to_watch.confirm_subscription(subscription)
    return redirect(request.path)


def _change(request, subscription):
    chosen = request.POST.get("frequency")
    if chosen not in Frequency.values:
        return _page(request, subscription, _("Choose daily or weekly."))
    asking_to_watch.change(subscription, chosen)
    return redirect(request.path)


def _end(request, subscription):
    asking_to_watch.end_subscriptions(Subscription.objects.filter(pk=subscription.pk))
    return redirect("contact:watch_ended")


def _forget(request, subscription):
    asking_to_watch.end_subscriptions(Subscription.objects.filter(email=subscription.email))
    return redirect("contact:watch_ended")


def _unchanged(request, subscription):
    return _page(request, subscription)


SUBSCRIPTION_ACTIONS = {"confirm": _confirm, "change": _change, "end": _end, "forget": _forget}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def end(request, token):
    """The address of `List-Unsubscribe`: a mail program posts to it, without cookie, token or origin, and the
    subscription ends (RFC 8058). Who opens it in a browser finds the page with the buttons."""
    if request.method != "POST":
        return redirect("contact:watch_page", token)
    if subscription := Subscription.objects.by_token(token):
        asking_to_watch.end_subscriptions(Subscription.objects.filter(pk=subscription.pk))
    return HttpResponse(_("Ended."), content_type="text/plain; charset=utf-8")


@require_safe
@private
def ended(request):
    return render(request, "contact/watch/ended.html", crumbs())
