"""Constraints that every tool for SQLite's files can check: a regular expression is a function of Django's own
connection, and without it neither `PRAGMA integrity_check` nor `VACUUM` works."""

from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length, Replace
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual

CAUSES = ("raw_material", "machinery", "partners", "finance", "market", "energy", "legal")
NEEDS = ("raw_material", "machinery", "capital", "partner", "licence", "energy", "skills", "buyer")


def nothing_left(text, parts):
    for part in parts:
        text = Replace(text, Value(part), Value(""), output_field=models.TextField())
    return Exact(text, Value(""))


def codes_known(field, codes):
    whole = Concat(Value(","), field, output_field=models.TextField())
    return Q(**{field: ""}) | Q(nothing_left(whole, ["," + code for code in codes]))


HS_CODE = Q(
    GreaterThanOrEqual(Length("hs_code"), Value(6)), LessThanOrEqual(Length("hs_code"), Value(8))
) & Q(nothing_left(F("hs_code"), "0123456789"))

CONSTRAINTS = (
    ("idleunit", "idleunit_causes_known", codes_known("causes", CAUSES)),
    ("idleunit", "idleunit_needs_known", codes_known("needs", NEEDS)),
    ("product", "product_hs_code_digits", HS_CODE),
)


def operations():
    for model, name, condition in CONSTRAINTS:
        yield migrations.RemoveConstraint(model_name=model, name=name)
        yield migrations.AddConstraint(
            model_name=model, constraint=models.CheckConstraint(condition=condition, name=name)
        )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0035_customs_tables")]

    operations = [
        *operations(),
        # Of the staff's own table: its form asks, and 31 names are too many for SQLite's parser.
        migrations.RemoveConstraint(model_name="scope", name="scope_provinces_known"),
    ]
