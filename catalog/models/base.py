"""What records have in common: where they come from, whether the public may see them, and bilingual names."""

from contextlib import suppress
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, router
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, ProtectedError, Q, When
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.formats import calendar
from catalog.formats.language import page_language

from . import languages
from .addresses import is_taken

YEAR_VALIDATORS = [MinValueValidator(calendar.FIRST_YEAR), MaxValueValidator(calendar.LAST_YEAR)]
EITHER_YEAR_VALIDATORS = [YEAR_VALIDATORS[0], MaxValueValidator(calendar.LAST_GREGORIAN_YEAR)]


class State(models.TextChoices):
    """Where a record stands on its way to the public (rule 6 of the domain)."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """Where a record comes from; readers always see which (rule 7)."""

    ARTICLE = "article", _("The article")
    PRESS = "press", _("Press")
    MINISTRY = "ministry", _("Ministry")
    COMPANY = "company", pgettext_lazy("origin", "The company")
    ILLUSTRATIVE = "illustrative", _("Illustrative")
    SAMPLE = "sample", _("Sample")


class Currency(models.TextChoices):
    """Currencies amounts are kept in, in whole units."""

    IRR = "IRR", _("Rials")
    EUR = "EUR", _("Euros")
    USD = "USD", _("US dollars")


def year_field(verbose_name=None, **options):
    """An Iranian (Solar Hijri) year such as 1399; null and blank only when `options` say so."""
    verbose_name = verbose_name or _("Iranian year")
    return models.PositiveSmallIntegerField(verbose_name, validators=YEAR_VALIDATORS, **options)


def year_range(field):
    """Condition of a CHECK: `field` is empty or a plausible Iranian year."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 1300, f"{field}__lte": 1500})


class Calendar(models.TextChoices):
    """By what a year is counted. The number of a year says which: see formats/calendar.py."""

    IRANIAN = "iranian", _("Iranian")
    GREGORIAN = "gregorian", _("Gregorian")


def calendar_of(year):
    """The Calendar of a year."""
    return Calendar.GREGORIAN if calendar.is_gregorian(year) else Calendar.IRANIAN


def either_year_field(verbose_name, **options):
    """A year of either calendar."""
    return models.PositiveSmallIntegerField(verbose_name, validators=EITHER_YEAR_VALIDATORS, **options)


def is_either_year(field):
    """Whether a field of a model holds years of either calendar."""
    return EITHER_YEAR_VALIDATORS[1] in field.validators


def is_year(field):
    """Whether a field of a model holds years, Iranian ones or of either calendar."""
    return YEAR_VALIDATORS[1] in field.validators or is_either_year(field)


def year_in_time(name):
    """Where the year in the field `name` stands in time, as an expression; see `calendar.year_order`."""
    of_iranian, of_gregorian = (F(name) + 622) * 2, F(name) * 2 + 1
    return Case(
        When(**{f"{name}__gt": calendar.LAST_YEAR, "then": of_gregorian}),
        When(**{f"{name}__isnull": False, "then": of_iranian}),
        output_field=models.SmallIntegerField(),
    )


def year_of_calendar(name, calendar_name):
    """Condition of a CHECK: the year in `name` is a plausible one of the calendar in `calendar_name`."""
    first, last = calendar.FIRST_GREGORIAN_YEAR, calendar.LAST_GREGORIAN_YEAR
    return (Q(**{calendar_name: Calendar.IRANIAN}) & year_range(name)) | Q(
        **{calendar_name: Calendar.GREGORIAN, f"{name}__gte": first, f"{name}__lte": last}
    )


def money_field(verbose_name=None, **options):
    """Whole units of a currency in 64 bits: 220,000,000,000,000 rials occurs, and decimals of that size
    break SQLite."""
    return models.BigIntegerField(verbose_name or _("Amount"), validators=[MinValueValidator(0)], **options)


def not_negative(*fields):
    """Condition of a CHECK: each field is empty or at least zero."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return condition


def in_language(instance, stem):
    """`stem`_en or `stem`_fa in the active language, else the other one, else an empty string."""
    first, second = ("fa", "en") if page_language() == "fa" else ("en", "fa")
    return getattr(instance, f"{stem}_{first}") or getattr(instance, f"{stem}_{second}")


def label_of(choices, value):
    """The words of one of these TextChoices in the active language, "" for none.

    As `get_FOO_display`, which translates every choice of the field to look one up: 31 provinces a row.
    """
    try:
        return str(choices(value).label) if value else ""
    except ValueError:
        return value


class SavesChanges(models.Model):
    """A row whose save() writes nothing where nothing changed (rule 15): no line in the history, no new
    `updated_at`. A change that readers cannot see, in a field of `internal`, leaves `updated_at` as it was.
    """

    internal = frozenset({"note"})

    class Meta:
        abstract = True

    def save(self, *args, using=None, update_fields=None, **kwargs):
        using = using or router.db_for_write(type(self), instance=self)
        if not (self._state.adding or args or update_fields):
            changed = self.changed_fields(using)
            if changed == set():
                return
            if changed and changed <= self.internal:
                update_fields = changed
        super().save(*args, using=using, update_fields=update_fields, **kwargs)

    def changed_fields(self, using="default"):
        """Names of the fields whose value is not the stored one, of those that the history keeps; None where
        the row is not stored."""
        fields = [field for field in self.kept_fields() if field.attname not in self.get_deferred_fields()]
        stored = type(self)._base_manager.using(using).filter(pk=self.pk)
        stored = stored.values(*(field.attname for field in fields)).first()
        if stored is None:
            return None
        return {field.name for field in fields if not _is_stored(self, field, stored[field.attname])}

    def touch(self):
        """Note that a reader sees something new on its page: a row of its own, a link to another record."""
        type(self)._base_manager.filter(pk=self.pk).update(updated_at=timezone.now())

    def kept_fields(self):
        """What the history keeps, without the key and the day of the change: no derived column."""
        kept = {field.name for field in type(self).history.model.tracked_fields}
        silent = {"updated_at", self._meta.pk.name}
        return [field for field in self._meta.concrete_fields if field.name in kept - silent]


def _is_stored(record, field, stored):
    value = getattr(record, field.attname)
    if getattr(value, "_committed", True) is False:  # a file that was chosen anew
        return False
    try:
        return field.to_python(value) == stored
    except (ValidationError, TypeError):  # an expression, or what the database will refuse
        return False


class Record(SavesChanges):
    """A row that says where it comes from.

    Its `clean` keeps samples and the real apart (rule 8): a record of another origin never points to a
    sample, and a sample points to real records only of the kinds that allow it (`samples_may_point_here`).
    """

    samples_may_point_here = False

    origin = models.CharField(
        _("origin"), max_length=12, choices=Origin, default=Origin.MINISTRY, db_index=True
    )
    source = models.ForeignKey(
        "catalog.Source",
        models.PROTECT,
        verbose_name=_("source"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Needed for what the article or the press reports."),
    )
    note = models.TextField(
        _("editors’ note"), blank=True, help_text=_("For staff only; never shown in public.")
    )
    updated_at = models.DateTimeField(_("last change"), auto_now=True, db_index=True)

    class Meta:
        abstract = True

    @property
    def is_sample(self):
        return self.origin == Origin.SAMPLE

    def _get_FIELD_display(self, field):  # noqa: N802, what get_kind_display() and its like call
        """As Django does it, without making the choices anew each time."""
        value = getattr(self, field.attname)
        return force_str(choice_labels(field).get(value, value), strings_only=True)

    def clean(self):
        super().clean()
        check_sample_links(self)
        if self.origin in (Origin.ARTICLE, Origin.PRESS) and not self.source_id:
            raise ValidationError({"source": _("Name the source: this record says that it was reported.")})


@cache
def choice_labels(field):
    """{value: label} of a field's choices."""
    return dict(field.flatchoices)


def check_sample_links(record):
    """Raise ValidationError where a link of `record` (it has `is_sample`) mixes sample and real (rule 8)."""
    errors = {}
    for field in record._meta.concrete_fields:
        if not field.many_to_one or not hasattr(field.remote_field.model, "is_sample"):
            continue
        if getattr(record, field.attname) is None and not field.is_cached(record):
            continue
        target = getattr(record, field.name)
        if target is None or target.is_sample == record.is_sample:
            continue
        if target.is_sample:
            errors[field.name] = _("“%(name)s” is a sample; a real record cannot point to it.") % {
                "name": target
            }
        elif not target.samples_may_point_here:
            errors[field.name] = _("“%(name)s” is real; a sample cannot belong to it.") % {"name": target}
    if errors:
        raise ValidationError(errors)


def source_known():
    """CHECK for every Record: what was reported names its source."""
    return models.CheckConstraint(
        condition=~Q(origin__in=[Origin.ARTICLE, Origin.PRESS]) | Q(source__isnull=False),
        name="%(class)s_source_known",
        violation_error_message=_("Name the source: this record says that it was reported."),
    )


def withdrawal_explained():
    """CHECK for every Publishable: a withdrawn record says why, in both languages."""
    return models.CheckConstraint(
        condition=~Q(state=State.WITHDRAWN) | (~Q(withdrawn_reason_en="") & ~Q(withdrawn_reason_fa="")),
        name="%(class)s_withdrawal_explained",
        violation_error_message=_("Give the reason of the withdrawal in both languages."),
    )


class Publishable(SavesChanges):
    """A record with a state of its own; see State for the words.

    `belongs_to` names the foreign keys of the records it belongs to: it shows only while they are public too.
    `frozen` names the fields that make its address; they never change once it was published.
    `rows_in_both_languages` names its rows that need both languages once it is public.
    """

    belongs_to = ()
    frozen = ("slug",)
    rows_in_both_languages = ()

    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True, editable=False
    )
    published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    withdrawn_reason_en = models.CharField(
        _("reason of the withdrawal, in English"), max_length=300, blank=True, editable=False
    )
    withdrawn_reason_fa = models.CharField(
        _("reason of the withdrawal, in Persian"), max_length=300, blank=True, editable=False
    )

    class Meta:
        abstract = True

    @property
    def was_published(self):
        return self.published_at is not None or self.state in (State.PUBLISHED, State.WITHDRAWN)

    @property
    def withdrawn_reason(self):
        return in_language(self, "withdrawn_reason")

    def clean(self):
        super().clean()
        if self.pk and self.was_published:
            before = type(self)._base_manager.filter(pk=self.pk).values("pk", *self.frozen).first() or {}
            changed = {
                name: _("It never changes once published.")
                for name in self.frozen
                if before and before[name] != getattr(self, name)
            }
            if changed:
                raise ValidationError(changed)
        self._check_address()

    def _check_address(self):
        """Refuse a slug under which another page of the site stands: products/suggest/."""
        name = self.frozen[0] if self.frozen else ""
        key = getattr(self, name, None)
        if key and isinstance(key, str) and hasattr(self, "get_absolute_url"):
            with suppress(NoReverseMatch):  # no key at all: its field says so
                if is_taken(self.get_absolute_url(), key):
                    raise ValidationError({name: _("Another page stands at this address: choose another.")})

    @property
    def is_public(self):
        """Whether the public may see it: it is published, and so is all that it belongs to."""
        return self.state == State.PUBLISHED and not self.unpublished_parents()

    def unpublished_parents(self):
        """Records this one belongs to that the public cannot see, outermost first."""
        found = []
        for name in self.belongs_to:
            parent = getattr(self, name)
            if parent is not None:
                found += [p for p in parent.unpublished_parents() if p not in found]
                if parent.state != State.PUBLISHED:
                    found.append(parent)
        return found

    def send_to_review(self):
        """Draft (or withdrawn) -> in review."""
        self._move(State.IN_REVIEW, allowed=(State.DRAFT, State.WITHDRAWN))

    def leave_review(self):
        """In review -> what it was before: withdrawn where the public knew it, else a draft."""
        self._move(State.WITHDRAWN if self.published_at else State.DRAFT, allowed=(State.IN_REVIEW,))

    def publish(self):
        """Anything but published -> published; raises ValidationError while a parent is not public, or where
        something is written in one language alone."""
        if missing := languages.what_is_missing(self):
            raise ValidationError(
                _("“%(name)s” cannot be public yet; still to be written: %(missing)s.")
                % {"name": self, "missing": languages.joined_phrases(missing)}
            )
        missing = self.unpublished_parents()
        if missing:
            names = ("، " if get_language() == "fa" else ", ").join(str(parent) for parent in missing)
            raise ValidationError(_("Publish first what it belongs to: %(names)s.") % {"names": names})
        self.put_out()

    def put_out(self):
        """The same without asking whether it is complete: for what is taken back at once."""
        self.published_at = self.published_at or timezone.now()
        self._move(State.PUBLISHED, allowed=(State.DRAFT, State.IN_REVIEW, State.WITHDRAWN))

    def withdraw(self, reason_en, reason_fa):
        """Published -> withdrawn, with a reason in both languages that its address answers from now on."""
        if not (reason_en.strip() and reason_fa.strip()):
            raise ValidationError(_("Give the reason of the withdrawal in both languages."))
        self.withdrawn_reason_en, self.withdrawn_reason_fa = reason_en.strip(), reason_fa.strip()
        self._move(State.WITHDRAWN, allowed=(State.PUBLISHED,))

    def _move(self, state, allowed):
        if self.state not in allowed:
            raise ValidationError(
                _("“%(name)s” is %(state)s; this step is not possible from there.")
                % {"name": self, "state": self.get_state_display().lower()}
            )
        self.state = state
        self.save()

    def delete(self, *args, **kwargs):
        if self.was_published and getattr(self, "origin", None) != Origin.SAMPLE:
            raise ProtectedError(gettext("A record that was published is withdrawn, never deleted."), {self})
        return super().delete(*args, **kwargs)


def if_public(record):
    """`record` (a Publishable, or None) if the public may see it, else None."""
    return record if record is not None and record.is_public else None


def where_published(path=""):
    """Condition: the record at `path` ("company"), or the row itself, is published.

    A join: for parents that belong to no other record, and where `parents_public` would be slower.
    """
    return Q(**{f"{path}__state" if path else "state": State.PUBLISHED})


def parents_public(model, *names):
    """Condition: what these foreign keys of `model` point to is public, or nothing where they may be empty.

    Asked row by row, by key: a list of all that is public takes a tenth of a second at 100,000 products. Of
    the few sectors and indicators it is the list that is cheaper.
    """
    wanted = Q()
    for name in names:
        field = model._meta.get_field(name)
        parents = field.remote_field.model.objects.published()
        if getattr(field.remote_field.model, "few", False):
            seen = Q(**{f"{name}__in": parents.values("pk")})
        else:
            seen = Q(Exists(parents.filter(pk=OuterRef(name))))
        wanted &= (seen | Q(**{f"{name}__isnull": True})) if field.null else seen
    return wanted


def not_public(model):
    """Condition: the public cannot see the row, the counterpart of `published()`.

    It finds the hidden rows, which are few, by the index of the state and from the hidden parents. As one
    list of keys: asked for either column at once, SQLite reads every row, and so does PostgreSQL asked for
    either of two lists.
    """
    hidden, *others = (
        model.objects.filter(reason).order_by().values("pk") for reason in _hiding(model) or [Q(pk__in=[])]
    )
    return Q(pk__in=hidden.union(*others) if others else hidden)


def _hiding(model):
    """Conditions that each hide a row of the model: its own state, and each parent that is hidden."""
    reasons = []
    if issubclass(model, Publishable):
        reasons.append(Q(state__in=[state for state in State.values if state != State.PUBLISHED]))
    for name in model.belongs_to:
        parent = model._meta.get_field(name).remote_field.model
        reasons.append(
            Q(**{f"{name}__in": parent.objects.filter(not_public(parent)).order_by().values("pk")})
        )
    return reasons


class PublicQuerySet(models.QuerySet):
    """`published()` is the only way from the public side to rows: those whose parents are all public.

    Every model of the catalogue names its parents, the foreign keys in `belongs_to`.
    """

    def published(self):
        return self.filter(parents_public(self.model, *self.model.belongs_to))

    def with_public(self, *names):
        """With a relation `public_<name>` for each of these foreign keys to records that belong to no other:
        it leads nowhere where the record is not public."""
        relations = {
            f"public_{name}": FilteredRelation(name, condition=where_published(name)) for name in names
        }
        return self.annotate(**relations)


class PublishableQuerySet(PublicQuerySet):
    """The same for models with a state of their own, which must be published as well."""

    def published(self):
        return self.filter(where_published(), parents_public(self.model, *self.model.belongs_to))

    def withdrawn(self):
        return self.filter(state=State.WITHDRAWN)

    def delete(self):
        kept = self.filter(
            Q(published_at__isnull=False) | Q(state__in=[State.PUBLISHED, State.WITHDRAWN])
        )  # an update() of the state alone leaves no day
        if issubclass(self.model, Record):
            kept = kept.exclude(origin=Origin.SAMPLE)
        if kept.exists():
            raise ProtectedError(
                gettext("A record that was published is withdrawn, never deleted."), set(kept[:5])
            )
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True
