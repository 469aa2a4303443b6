"""What all forms share: errors beside their fields, addresses filled in, locked rows left alone."""

import re
from typing import NamedTuple

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.formats.money import in_words
from catalog.formats.numerals import digits
from catalog.formats.reading import plain_digits
from catalog.models import Currency, languages
from catalog.models.references import Referenced
from catalog.staff import scopes, twins

from . import access, columns
from .fields import MoneyField, currency_name
from .proposals import Proposal

# A CHECK concerns a row; staff read its message beside the field they would mend.
FIELD_OF_CONSTRAINT = {
    "contract_amount_has_currency": "currency",
    "contract_counts_one_total": "stated_amount",
    "party_company_or_name": "company",
    "contractline_says_what": "product",
    "contractline_delivered_within_amount": "delivered_amount",
    "milestone_has_a_day": "due",
    "desk_target_has_currency": "target_currency",
    "desk_closes_after_it_opens": "closes",
    "desk_continues_another": "continues",
    "deskproduct_once": "product",
    "deskbuyer_once": "company",
    "call_days_in_order": "closes",
    "call_once_a_day": "opens",
    "demand_value_has_currency": "currency",
    "demand_once_a_year": "year",
    "demand_once_without_year": "year",
    "engagement_free_capacity": "free_capacity",
    "engagement_once": "product",
    "importrecord_once_a_source": "source",
    "importrecord_once_without_source": "year",
    "importrecord_year": "year",
    "parameter_range_has_two_ends": "value_to",
    "productalias_once": "text",
    "company_legal_id_once": "legal_id",
    "document_on_one_record": "product",
    "document_public_has_file": "file",
    "idleunit_capacity_has_unit": "capacity_unit",
    "idleunit_revived_on": "revived_on",
    "facility_lender_or_name": "lender",
    "exchangerate_days_in_order": "date_to",
    "exchangerate_one_official_a_year": "year",
    "question_on_one_record": "product",
    "question_days_in_order": "asked_on",
    "statement_money_has_currency": "currency",
    "statement_years_in_order": "year_to",
}
# Codes are Latin whatever keyboard is on.
CODE_FIELDS = ("hs_code", "reference", "legal_id", "public_phone", "phone")
ADDRESSES = ("slug", "key")
ANYWAY = "_anyway"
"""The box by which a record is saved though another seems to be the same."""


class RecordForm(forms.ModelForm):
    """A form on one noun. `user` is set on the class, which is made anew for every request."""

    user = None
    held = None
    """The Held of a save that is held back."""
    proposal = Proposal()
    twins = ()
    """Records that are most likely the same."""
    is_page = False
    """Whether it is the form of a page, and no row of one."""
    may_propose = True
    """Whether what belongs to something public becomes a proposal; in a window of its own it cannot."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposes = self.is_page and self.proposal.writes
        self.instance.admin_form = (
            self  # so that rows can put an error beside a field of the record they belong to
        )
        for name in ADDRESSES:
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].label = _("End of its web address")
                self.fields[name].help_text = _(
                    "The last part of its web address: small Latin letters, digits and hyphens. Left empty,"
                    " it is made from the English name. It never changes once published."
                )
        self._say_amounts()
        for name in CODE_FIELDS:
            if name in self.fields:
                self.fields[name].to_python = _reading_digits(self.fields[name].to_python)
        if (
            isinstance(self.instance, Referenced)
            and self.instance._state.adding
            and "reference" in self.fields
        ):
            self.fields["reference"].required = False
            self.fields["reference"].help_text = _("Left empty, it is given when you save.")
        if self.is_page and not access.is_public_matter(self.instance):
            self.take_one_language()

    def clean(self):
        cleaned = super().clean()
        if self.held:
            self.add_error(None, _("Nothing was saved: look at what changed meanwhile, then save again."))
        self._check_lock()
        self._warn_of_twins()
        self._check_currencies()
        for name in ADDRESSES:
            if name in self.fields and name not in self.errors and self._wants_address(name):
                self.cleaned_data[name] = self._free_address(name)
        return cleaned

    def _money(self):
        """(name, field, name of the field of its currency) of each amount that has one."""
        for name, field in self.fields.items():
            if isinstance(field, MoneyField) and (currency := currency_name(self._meta.model, name)):
                yield name, field, currency

    def _say_amounts(self):
        """Under each amount, what is stored of it in words."""
        for name, field, currency in self._money():
            value, code = getattr(self.instance, name), getattr(self.instance, currency)
            if value and code and (words := in_words(value, code, get_language())):
                field.help_text = f"{field.help_text} {words}".strip()

    def _check_currencies(self):
        """What an amount says of its currency agrees with its field, or fills that where it is empty."""
        for name, field, currency in self._money():
            stated, chosen = field.stated_currency, self.cleaned_data.get(currency)
            if not stated or name in self.errors or currency not in self.fields:
                continue
            if chosen and chosen != stated:
                self.add_error(name, other_currency(stated, chosen))
            self.cleaned_data[currency] = chosen or stated

    def take_one_language(self):
        """Ask for no text in both languages, for a record that is not public; see `_post_clean`."""
        names = self._names_in_two_languages()
        for name in names:
            self.fields[name].required = False
        if names and self.is_page:
            first = min(names, key=lambda name: name.endswith("_en") == (get_language() == "fa"))
            self.fields[first].help_text = _("One language is enough for a draft; what is public has both.")

    def _names_in_two_languages(self):
        pairs = languages.language_pairs(self._meta.model)
        both = [field.name for pair in pairs if not all(field.blank for field in pair) for field in pair]
        return [name for name in both if name in self.fields]

    def _post_clean(self):
        super()._post_clean()
        self._check_languages()
        self._check_scope()

    def _check_languages(self):
        """What is public is written in both languages, a draft in one."""
        if access.is_public_matter(self.instance):
            for field in languages.missing_fields(self.instance):
                self._ask_for(field, _("Write it in this language too: it is public."))
        for english, persian in languages.unnamed(self.instance):
            first = persian if get_language() == "fa" else english
            self._ask_for(first, _("Write it in one language at least."))

    def _ask_for(self, field, message):
        if field.name in self.fields and field.name not in self.errors:
            self.add_error(field.name, message)

    def _check_lock(self):
        """What is public, or comes to stand under what is, is proposed."""
        if not self.is_page or self.user is None or self.proposal.opens:
            return
        name = access.PARENT.get(type(self.instance))
        parent = (self.cleaned_data or {}).get(name) if name else self.instance
        if parent is None:
            return
        if access.is_under_review(self.user, parent):
            self.add_error(name, review_message(parent))
        if not access.is_locked(self.user, parent):
            return
        self.proposes = self.may_propose
        if not self.may_propose:
            self.add_error(name, locked_message(parent))

    def _warn_of_twins(self):
        """A record that is most likely on record already is saved when its author says so."""
        model = type(self.instance)
        if not self.is_page or self.errors or self.data.get(ANYWAY) or model not in twins.MODELS:
            return
        if not set(twins.naming(model)) & set(self.changed_data):
            return
        columns_of = {name: model._meta.get_field(name).attname for name in twins.telling(model)}
        told = {
            name: self.cleaned_data.get(name, getattr(self.instance, column))
            for name, column in columns_of.items()
        }
        self.twins = twins.twins_of(model(pk=self.instance.pk, **told))
        if self.twins:
            self.add_error(None, _("This seems to be on record already: look, and say that it is another."))

    def _check_scope(self):
        """What is saved is in the scope of who saves it."""
        if self.user is None or not (self.is_page or self.has_changed()):
            return
        links = {field.name: self.cleaned_data.get(field.name) or () for field in self._links()}
        if scopes.in_scope(self.user, self.instance, links):
            return
        name = scopes.deciding_field(self.user, type(self.instance))
        if name not in self.errors:
            self.add_error(name if name in self.fields else None, scope_message(self.user))

    def _links(self):
        return [field for field in self.instance._meta.many_to_many if field.name in self.fields]

    def words_of_address(self):
        """What the address is made of where it is left empty: the English name."""
        english = next((f for f in ("name_en", "publisher_en", "label_en") if f in self.fields), None)
        return self.cleaned_data.get(english) or ""

    @property
    def _passing_address(self):
        """The address of a draft that has no English name yet."""
        return f"{self._meta.model._meta.model_name}-draft"

    def _wants_address(self, name):
        """Whether the address is left empty, or is one for the time without an English name that is over."""
        address = self.cleaned_data.get(name) or ""
        passing = re.fullmatch(rf"{self._passing_address}(-\d+)?", address)
        return not address or bool(passing and name not in self.changed_data and self.words_of_address())

    def _free_address(self, name):
        """`name` from `words_of_address`, numbered where that is taken; an error where nothing is left."""
        words = self.words_of_address() or self._passing_address
        free = free_address(self._meta.model, name, words, self.instance.pk)
        if not free:
            self.add_error(name, NO_ADDRESS)
        return free

    def _update_errors(self, errors):
        """Move what a constraint says from the top of the form to the field that mends it."""
        if hasattr(errors, "error_dict"):
            for error in errors.error_dict.pop(NON_FIELD_ERRORS, []):
                field = self._field_of(error)
                if field not in self.errors:
                    errors.error_dict.setdefault(field or NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(errors)

    def _field_of(self, error):
        """The field for an error that a constraint raised, None where the form has none for it."""
        field = field_of_constraint(self.instance, error)
        return field if field in self.fields else None


def field_of_constraint(record, error):
    """The name of the field that mends an error which a constraint raised, known by its words; else None."""
    for constraint in record._meta.constraints:
        if str(constraint.violation_error_message) == str(error.message):
            if constraint.name.endswith("_source_known"):
                return "source"
            return FIELD_OF_CONSTRAINT.get(constraint.name)
    return None


NO_ADDRESS = _("Write an address in small Latin letters, such as boiler-feed-pumps.")


def free_address(model, name, words, own=None, taken=()):
    """An address of `words` for the field `name`, numbered where a record other than `own` (a key) or one of
    `taken` has it; empty where nothing is left of the words."""
    length = model._meta.get_field(name).max_length
    wanted = slugify(words)[: length - 4].strip("-")
    if not wanted:
        return ""
    rows = model._base_manager.exclude(pk=own)
    used = {*taken, *rows.filter(**{f"{name}__startswith": wanted}).values_list(name, flat=True)}
    return next(free for free in _numbered(wanted) if free not in used)


class ErrorLink(NamedTuple):
    """An error of a form: the id of the element that mends it, its label, what is wrong."""

    target: str
    label: str
    message: str


def error_links(form, formsets):
    """The ErrorLinks of a form and its rows, in the order of the page."""
    found = [ErrorLink("", "", str(message)) for message in form.non_field_errors()]
    for each in (form, *(row for formset in formsets for row in formset.forms)):
        for bound in each:
            label = input_of(bound.field).attrs.get("aria-label") or bound.label
            target = bound.id_for_label or bound.auto_id  # of several boxes for one field, their frame
            found += [ErrorLink(target, str(label), str(message)) for message in bound.errors]
    for formset in formsets:
        target, label = f"{formset.prefix}-heading", capfirst(formset.model._meta.verbose_name_plural)
        found += [ErrorLink(target, label, str(message)) for message in formset.non_form_errors()]
    return found


def input_of(field):
    """The widget that is filled in, out of the links to related pages that stand around it."""
    return field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget


def scope_message(user):
    """Why a record that is not in the scope of `user` is not theirs to save."""
    names = columns.names_listed(scopes.scope_names(user))
    return _("Your account changes what belongs to %(names)s alone.") % {"names": names}


def review_message(parent):
    return _("“%(name)s” is in review: what belongs to it waits until that is decided.") % {"name": parent}


def other_currency(stated, chosen):
    """The message for an amount that names another currency than the one chosen for it."""
    return _("The amount says %(stated)s, and the currency is %(chosen)s: choose one of them.") % {
        "stated": Currency(stated).label,
        "chosen": Currency(chosen).label,
    }


def locked_message(parent):
    return _("“%(name)s” is public or was; only a reviewer changes what belongs to it.") % {"name": parent}


def _numbered(text):
    yield text
    number = 2
    while True:
        yield f"{text}-{number}"
        number += 1


def _reading_digits(to_python):
    return lambda value: to_python(plain_digits(value) if isinstance(value, str) else value)


class RowFormSet(forms.BaseInlineFormSet):
    """Rows under a record. No two rows say the same in the fields `once`; the first takes the message."""

    once = ()
    once_message = _("This is listed twice.")

    def get_queryset(self):
        """The rows, each with the record at hand that it stands under."""
        rows = super().get_queryset()
        for row in rows:
            setattr(row, self.fk.name, self.instance)
        return rows

    def total_form_count(self):
        """What is sent has the rows that it has values of, whatever number it says."""
        total = super().total_form_count()
        return min(total, self._rows_sent) if self.is_bound else total

    @cached_property
    def _rows_sent(self):
        place = re.compile(rf"{re.escape(self.prefix)}-([0-9]{{1,6}})-")
        found = (place.match(name) for name in (*self.data, *self.files))
        return max((int(match[1]) + 1 for match in found if match), default=0)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if hasattr(form, "take_one_language") and not access.is_public_matter(self.instance):
            form.take_one_language()
        row = str(self.model._meta.verbose_name)
        for name, field in form.fields.items():
            label = _("Delete this row") if name == DELETION_FIELD_NAME else field.label or name
            if input_of(field).is_hidden:
                continue
            number = "" if index is None else f" {digits(index + 1, get_language())}"
            input_of(field).attrs.setdefault("aria-label", f"{label} – {row}{number}")
        user = getattr(form, "user", None)
        if not form.instance.pk or user is None:
            return
        if form.proposal.opens and access.is_in_scope(user, form.instance):
            return
        if access.is_locked(user, form.instance) or not access.is_in_scope(user, form.instance):
            for name, field in form.fields.items():
                field.disabled = name != self.model._meta.pk.name  # by which the row is found again
        elif not access.may_delete(user, form.instance) and DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].disabled = True

    def rows(self):
        """Forms that hold something valid and stay."""
        return [
            form
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not self._should_delete_form(form)
        ]

    def clean(self):
        if not self._find_twins():
            super().clean()

    def _find_twins(self):
        seen, found = set(), False
        for form in self.rows():
            value = tuple(form.cleaned_data.get(name) for name in self.once)
            if not value or value[0] in (None, ""):
                continue
            if value in seen:
                form.add_error(self.once[0], self.once_message)
                found = True
            seen.add(value)
        return found
