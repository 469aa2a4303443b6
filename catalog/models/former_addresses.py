from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddress(models.Model):
    """The address of a record that was merged into another; it leads to that one from then on."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    key = models.CharField(_("address"), max_length=120)
    record_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "key"], name="formeraddress_once")]

    def __str__(self):
        return self.key

    @classmethod
    def lead(cls, gone, key, kept):
        """From now on `key`, the address of `gone`, leads to `kept`, and so does all that led to `gone`."""
        kind = ContentType.objects.get_for_model(type(kept))
        cls.objects.filter(content_type=kind, record_id=gone.pk).update(record_id=kept.pk)
        cls.objects.update_or_create(content_type=kind, key=key, defaults={"record_id": kept.pk})

    @classmethod
    def leads_to(cls, model, key):
        """The public record that a former address leads to; None where there is none."""
        kind = ContentType.objects.get_for_model(model)
        found = cls.objects.filter(content_type=kind, key=key).values_list("record_id", flat=True).first()
        return model.objects.published().filter(pk=found).first() if found else None

    @classmethod
    def lead_to(cls, model, keys):
        """{former address: key of the record that it leads to, public or not} of these addresses."""
        kind = ContentType.objects.get_for_model(model)
        return dict(cls.objects.filter(content_type=kind, key__in=keys).values_list("key", "record_id"))
