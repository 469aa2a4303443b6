"""The page of all changes: what happened to any record or row, newest first, filtered, without a count."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import ProductAlias, State
from catalog.nouns import nouns
from catalog.staff import scopes

from . import access, columns, events
from .fields import DayField, is_key
from .spreadsheets import reviewing

CHANGES_PER_PAGE = 40
PROGRAM = "program"
MOST_FILES_LISTED = 50
"""Files among which one is chosen, the latest first."""
STATES_REACHED = (State.PUBLISHED, State.WITHDRAWN, State.IN_REVIEW)


@dataclass
class ChangesPage:
    events: list
    older: str = ""
    """The place at which the next page begins, "" where this is the last."""


class ChangesForm(forms.Form):
    """Which changes are shown; what cannot be read is left out."""

    person = forms.ChoiceField(label=gettext_lazy("who"), required=False)
    noun = forms.ChoiceField(label=gettext_lazy("kind of record"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("what"), required=False)
    file = forms.ChoiceField(label=gettext_lazy("with the file"), required=False)
    since = DayField(label=gettext_lazy("from"), required=False)
    until = DayField(label=gettext_lazy("to"), required=False)

    def __init__(self, data, models, user):
        super().__init__(data, auto_id="filter_%s")
        people = User.objects.filter(is_staff=True).order_by("username")
        everybody = [("", _("Everybody")), (PROGRAM, _("the program"))]
        named = [(str(user.pk), columns.person(user)) for user in people]
        self.fields["person"].choices = everybody + named
        kinds = sorted((capfirst(str(m._meta.verbose_name)), m._meta.model_name) for m in models)
        self.fields["noun"].choices = [("", _("All kinds")), *((name, label) for label, name in kinds)]
        steps = [(state.value, events.STEPS_TO_STATE[state]) for state in STATES_REACHED]
        self.fields["kind"].choices = [("", _("Everything")), *events.KINDS_OF_ENTRY.items(), *steps]
        files = (
            reviewing.visible_to(user).filter(applied_at__isnull=False).order_by("-pk")[:MOST_FILES_LISTED]
        )
        named = [(str(file.pk), f"{file.file_name} · {columns.day(file.applied_at)}") for file in files]
        self.fields["file"].choices = [("", _("With any or none")), *named]
        for name in ("since", "until"):
            self.fields[name].help_text = ""

    def chosen(self):
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def models_for(request):
    """The models with a history that this member of staff may see, in a constant order: by where they are
    shown."""
    found = []
    for model in (*(noun.model for noun in nouns()), ProductAlias):
        page = admin.site._registry.get(events.page_model(model))
        if page and page.has_view_permission(request):
            found.append(model)
    return sorted(found, key=lambda model: model._meta.model_name)


def view(request):
    """The page itself, for staff who see any noun."""
    models = models_for(request)
    if not models:
        raise PermissionDenied
    filters = ChangesForm(request.GET, models, request.user)
    page = changes(request.user, models, filters.chosen(), request.GET.get("before", ""))
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        **admin.site.each_context(request),
        "title": _("What happened"),
        "filters": filters,
        "page": page,
        "is_first": "before" not in request.GET,
        "query": query.urlencode(),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/happened.html", context)


def changes(user, models, chosen, before=""):
    """The ChangesPage of what happened to rows of these models that `user` sees, from the place `before`
    on."""
    if name := chosen.get("noun"):
        models = [model for model in models if model._meta.model_name == name]
    places = _places(user, models, chosen, _place(before))
    shown, more = places[:CHANGES_PER_PAGE], places[CHANGES_PER_PAGE:]
    found = {}
    for number in {number for number, _key in shown}:
        keys = [key for at, key in shown if at == number]
        entries = events.with_previous(models[number].history.filter(history_id__in=keys))
        found |= {(number, entry.history_id): entry for entry in entries}
    entries = [found[place] for place in shown]
    older = _named(entries[-1]) if more else ""
    return ChangesPage(events.told(entries), older)


def _named(entry):
    """The place of an entry as a text in an address."""
    moment = entry.history_date.isoformat()
    return f"{moment}_{entry.instance_type._meta.model_name}_{entry.history_id}"


def _place(text):
    """(moment, name of a model, key) of such a text; None where it is none."""
    moment, name, key = [*text.split("_"), "", "", ""][:3]
    try:
        when = parse_datetime(moment.replace(" ", "+"))
    except ValueError:
        return None
    return (when, name, int(key)) if when and timezone.is_aware(when) and is_key(key) else None


def _places(user, models, chosen, before):
    """[(number of the model, key)] of one page's entries and one more. Each model's history is asked through
    its index for no more than that, all of them in one query."""
    if not models:
        return []
    parts, params = [], []
    for number, model in enumerate(models):
        found = _filtered(_seen(user, model), model, chosen, before)
        if found is None:
            continue
        found = found.annotate(number=Value(number, IntegerField())).order_by("-history_date", "-history_id")
        found = found.values_list("number", "history_date", "history_id")[: CHANGES_PER_PAGE + 1]
        sql, given = found.query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS part{number}")  # noqa: S608, made by the ORM
        params += given
    if not parts:
        return []
    # Of one moment the models stand in the order of their names, backwards: see `_filtered`.
    order = f" ORDER BY 2 DESC, 1 DESC, 3 DESC LIMIT {CHANGES_PER_PAGE + 1}"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + order, params)
        return [(number, key) for number, _when, key in cursor.fetchall()]


def _seen(user, model):
    """The entries of a model that `user` sees; an account that is limited sees none of what is deleted."""
    if scopes.tags_of(user) is None:
        return model.history.all()
    return model.history.filter(id__in=access.visible(user, model._base_manager.all()).values("pk"))


def _filtered(found, model, chosen, before):
    """Those entries of a model that are asked for; None where there can be none."""
    if before:
        when, name, key = before
        own = model._meta.model_name
        same = Q(history_date=when, history_id__lt=key) if own == name else Q(history_date=when)
        found = found.filter(Q(history_date__lt=when) | same if own <= name else Q(history_date__lt=when))
    if person := chosen.get("person"):
        found = found.filter(history_user=None if person == PROGRAM else person)
    if file := chosen.get("file"):
        reasons = [f"{kind}{file}" for kind in (events.IMPORT_REASON, events.UNDOING)]
        found = found.filter(history_change_reason__in=reasons)
    if since := chosen.get("since"):
        found = found.filter(history_date__gte=_start(since))
    if until := chosen.get("until"):
        found = found.filter(history_date__lt=_start(until + timedelta(days=1)))
    return _of_kind(found, model, chosen.get("kind", ""))


def _start(day):
    """The first moment of a day in the portal's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _of_kind(found, model, kind):
    if not kind:
        return found
    if kind in events.KINDS_OF_ENTRY:
        return found.filter(history_type=kind)
    if "state" not in {column.name for column in model.history.model.tracked_fields}:
        return None
    before = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    state = before.order_by("-history_id").values("state")[:1]
    return found.filter(history_type="~", state=kind).exclude(state=Coalesce(Subquery(state), Value("")))
