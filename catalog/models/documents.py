import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import Publishable, PublishableQuerySet, Record, in_language, source_known, withdrawal_explained
from .uploads import fault_of

MAX_BYTES = 20 * 1024 * 1024
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
EXTENSIONS = [suffix.removeprefix(".") for suffix in CONTENT_TYPES]


@deconstructible(path="catalog.migrations.frozen.validators.FileSizeValidator")
class FileSizeValidator:
    """Accepts a file of at most 20 MB. One that is stored already was asked before, and may be missing."""

    def __call__(self, file):
        if not getattr(file, "_committed", False) and file.size > MAX_BYTES:
            raise ValidationError(_("A document has at most 20 MB."))


@deconstructible(path="catalog.migrations.frozen.validators.StoredName")
class StoredName:
    """A name nobody can guess and no visitor chose; the download gets a readable one."""

    def __call__(self, document, filename):
        return f"documents/{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1].lower()}"


class DocumentQuerySet(PublishableQuerySet):
    """published() asks each parent it has; belongs_to lists all three, of which exactly one is set."""


class Document(Publishable, Record):
    """A file on a product, a desk or a contract; a picture of a product is a document of that kind."""

    class Kind(models.TextChoices):
        SPECIFICATION = "specification", _("Specification")
        DRAWING = "drawing", _("Drawing")
        STANDARD = "standard", _("Standard or test method")
        CALL = "call", _("Call or invitation")
        MINUTES = "minutes", _("Minutes")
        CONTRACT = "contract", _("Contract text")
        IMAGE = "image", _("Picture")
        OTHER = "other", _("Other document")

    class Access(models.TextChoices):
        PUBLIC = "public", _("Public")
        ON_REQUEST = "on_request", _("On request")

    belongs_to = ("product", "desk", "contract")
    frozen = ()

    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.SPECIFICATION)
    title_en = models.CharField(_("title, in English"), max_length=200)
    title_fa = models.CharField(_("title, in Persian"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to=StoredName(),
        blank=True,
        validators=[FileExtensionValidator(EXTENSIONS), FileSizeValidator()],
        help_text=_("PDF, Word, Excel, CSV, text or picture; at most 20 MB."),
    )
    language = models.CharField(
        _("language"), max_length=2, blank=True, choices=[("fa", _("Persian")), ("en", _("English"))]
    )
    version = models.CharField(_("version"), max_length=30, blank=True)
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.ON_REQUEST)
    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        verbose_name=_("product"),
        related_name="documents",
        null=True,
        blank=True,
    )
    desk = models.ForeignKey(
        "catalog.Desk",
        models.PROTECT,
        verbose_name=_("desk"),
        related_name="documents",
        null=True,
        blank=True,
    )
    contract = models.ForeignKey(
        "catalog.Contract",
        models.PROTECT,
        verbose_name=_("contract"),
        related_name="documents",
        null=True,
        blank=True,
    )

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "pk"]
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(
                condition=Q(product__isnull=False, desk__isnull=True, contract__isnull=True)
                | Q(product__isnull=True, desk__isnull=False, contract__isnull=True)
                | Q(product__isnull=True, desk__isnull=True, contract__isnull=False),
                name="document_on_one_record",
                violation_error_message=_("A document belongs to one product, one desk or one contract."),
            ),
            models.CheckConstraint(
                condition=~Q(access="public") | ~Q(file=""),
                name="document_public_has_file",
                violation_error_message=_("Upload the file, or say that it is given on request."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        is_new = self.file and not self.file._committed
        if is_new and (fault := fault_of(self.file.file, self.suffix)):
            raise ValidationError({"file": fault})

    @property
    def is_missing(self):
        """Whether its file should be there and is not."""
        return bool(self.file) and not self.file.storage.exists(self.file.name)

    @property
    def title(self):
        return in_language(self, "title")

    @property
    def suffix(self):
        """ " ".pdf": how the name of its file ends, in small letters."""
        return PurePath(self.file.name).suffix.lower()

    @property
    def content_type(self):
        """What its file is served as."""
        return CONTENT_TYPES.get(self.suffix, "application/octet-stream")

    def get_absolute_url(self):
        return reverse("document", args=[self.pk])
