"""A spreadsheet that somebody brought in: its rows, what each of them changes, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .customs import CustomsFile
from .revisions import Revision


class ImportState(models.TextChoices):
    """Where an Import stands; what is decided on by somebody else is said by its Revision."""

    CHECKED = "checked", _("Being checked")
    APPLIED = "applied", _("Brought in")
    PARTLY_UNDONE = "partly_undone", _("Partly undone")
    UNDONE = "undone", _("Undone")


class RowOutcome(models.TextChoices):
    """What a row does to the records, faults first: that is the order of the page."""

    WRONG = "a_wrong", _("wrong")
    CHANGED = "b_changed", _("changed")
    NEW = "c_new", _("new")
    SAME = "d_same", _("the same")


class Import(models.Model):
    """One file brought in. `noun` names the Book of catalog.admin.spreadsheets that its rows are of, `digest`
    is the SHA-256 of the file. `language`: that of the faults of its rows. `concerns_public`: some row
    changes what the public sees. `left_out`: what was not read, {"columns": [...], "examples": number}.
    """

    noun = models.CharField(_("what it holds"), max_length=40)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("digest of the file"), max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("brought by"), related_name="+"
    )
    created_at = models.DateTimeField(_("brought on"), default=timezone.now)
    state = models.CharField(
        _("status"), max_length=14, choices=ImportState, default=ImportState.CHECKED, db_index=True
    )
    revision = models.OneToOneField(
        Revision,
        models.SET_NULL,
        verbose_name=_("proposed change"),
        null=True,
        blank=True,
        related_name="brought_by",
    )
    customs = models.ForeignKey(
        CustomsFile,
        models.SET_NULL,
        verbose_name=_("customs table"),
        null=True,
        blank=True,
        related_name="brought",
    )
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    left_out = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    concerns_public = models.BooleanField(default=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        related_name="+",
    )
    applied_at = models.DateTimeField(_("brought in on"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)

    class Meta:
        verbose_name = _("spreadsheet")
        verbose_name_plural = _("spreadsheets")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return self.file_name


class ImportRow(models.Model):
    """One row of the file. `cells` are its texts by column, `faults` what is wrong with them. `before` and
    `after` are the values of the columns that it changes, as plain values (a key for a link)."""

    brought_by = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=RowOutcome, default=RowOutcome.WRONG)
    faults = models.JSONField(default=dict)
    record_id = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["outcome", "pk"]
        indexes = [models.Index(fields=["brought_by", "outcome", "id"], name="importrow_by_outcome")]

    def __str__(self):
        return f"{self.sheet} {self.number}"


class RememberedName(models.Model):
    """A name that staff said once which record it means. `noun` is a model, `folded` the name as the search
    folds it."""

    noun = models.CharField(max_length=40)
    folded = models.CharField(max_length=300)
    record_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "folded"], name="rememberedname_once")]

    def __str__(self):
        return self.folded
