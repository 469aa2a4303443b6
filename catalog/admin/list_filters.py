"""Filters beside the lists: Iranian years instead of Gregorian ones, freshness, the condition of a desk."""

from django.contrib import admin
from django.db.models import Max, Min
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.formats.calendar import iranian_year_of, year_alone, year_bounds, year_order
from catalog.formats.numerals import digits
from catalog.models import DeskStatus, freshness
from catalog.staff import gaps, scopes, todo


class SignedInYear(admin.SimpleListFilter):
    """By the Iranian year of `signed_on`."""

    title = _("year of signing")
    parameter_name = "signed_in"

    def lookups(self, request, model_admin):
        span = model_admin.model.objects.aggregate(first=Min("signed_on"), last=Max("signed_on"))
        if span["first"] is None:
            return [("unknown", _("not known"))]
        years = range(iranian_year_of(span["last"]), iranian_year_of(span["first"]) - 1, -1)
        return [*((str(year), digits(year, get_language())) for year in years), ("unknown", _("not known"))]

    def queryset(self, request, queryset):
        if self.value() == "unknown":
            return queryset.filter(signed_on=None)
        if self.value() in {value for value, _label in self.lookup_choices}:
            return queryset.filter(signed_on__range=year_bounds(int(self.value())))
        return queryset


class YearFilter(admin.SimpleListFilter):
    """By a year the rows hold, the latest first; Iranian, and of imports Gregorian too."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        years = model_admin.model.objects.order_by().values_list("year", flat=True).distinct()
        ordered = sorted(filter(None, years), key=year_order, reverse=True)
        return [(str(year), year_alone(year, get_language())) for year in ordered]

    def queryset(self, request, queryset):
        known = self.value() in {value for value, _label in self.lookup_choices}
        return queryset.filter(year=int(self.value())) if known else queryset


class FreshnessFilter(admin.SimpleListFilter):
    """How long ago a record was confirmed, where that is asked: not of what was only reported."""

    title = _("confirmed")
    parameter_name = "freshness"

    def lookups(self, request, model_admin):
        return freshness.Freshness.choices

    def queryset(self, request, queryset):
        chosen = freshness.conditions(*freshness.last_days()).get(self.value())
        return queryset if chosen is None else queryset.filter(freshness.to_confirm(queryset.model), chosen)


class DeskCondition(admin.SimpleListFilter):
    title = _("condition")
    parameter_name = "condition"

    def lookups(self, request, model_admin):
        return DeskStatus.choices

    def queryset(self, request, queryset):
        return queryset.in_status(self.value()) if self.value() in DeskStatus.values else queryset


class YesOrNo(admin.SimpleListFilter):
    def lookups(self, request, model_admin):
        return [("yes", _("Yes")), ("no", _("No"))]


class Samples(YesOrNo):
    """Samples apart from what is real."""

    title = pgettext_lazy("filter", "sample")
    parameter_name = "sample"

    def queryset(self, request, queryset):
        condition = todo.SAMPLES.get(self.value())
        return queryset if condition is None else queryset.filter(condition)


class Mine(YesOrNo):
    """What is in the scope of an account that is limited."""

    title = _("in my scope")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=scopes.within(request.user, queryset.model).values("pk"))


class Late(YesOrNo):
    title = _("late")
    parameter_name = "late"

    def lookups(self, request, model_admin):
        return [("yes", _("Yes"))]

    def queryset(self, request, queryset):
        return todo.with_late_steps(queryset) if self.value() == "yes" else queryset


class Contradicts(Late):
    title = _("contradicts another")
    parameter_name = "contradicts"

    def queryset(self, request, queryset):
        return todo.contradicting(queryset) if self.value() == "yes" else queryset


class Unprepared(admin.SimpleListFilter):
    """Desks that begin within a month."""

    title = _("soon")
    parameter_name = "soon"

    def lookups(self, request, model_admin):
        return [("products", _("without products")), ("buyers", _("without buyers"))]

    def queryset(self, request, queryset):
        if self.value() in ("products", "buyers"):
            return todo.unprepared(queryset, self.value())
        return queryset


class Lacking(admin.SimpleListFilter):
    """What a record has not; see catalog/staff/gaps.py."""

    title = _("lacking")
    parameter_name = "gap"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _condition) in gaps.GAPS[model_admin.model].items()]

    def queryset(self, request, queryset):
        found = gaps.GAPS[queryset.model].get(self.value())
        return queryset.filter(found[1]) if found else queryset
