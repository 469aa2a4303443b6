from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from catalog import search
from catalog.formats.calendar import year_order, year_standing
from catalog.search.fold import sort_key

from .addresses import record_address
from .base import (
    Currency,
    Origin,
    Publishable,
    PublishableQuerySet,
    Record,
    State,
    either_year_field,
    in_language,
    source_known,
    where_published,
    withdrawal_explained,
    year_field,
    year_range,
)
from .codes import has_digits
from .counted_imports import counting
from .derived import CHUNK, Derived, DerivedQuerySet, chunks
from .freshness import Confirmable
from .hs import HSCodeValidator
from .makers import ProductMaker, ProductPromise, evidence_of, makers_among
from .product_counts import STAGE_OF_SAMPLES, CountedKind, ProductCount
from .product_tags import last_call_in, product_tags_text, with_any_tag
from .sectors import Sector
from .unit_matches import UnitMatch


class Stage(models.TextChoices):
    """How far the making of a product is; derived, never typed."""

    OPEN = "open", _("No maker on record")
    NAMED = "named", _("Named")
    REPORTED = "reported", _("Reported made")
    CONTRACTED = "contracted", _("Contracted")
    DESIGN = "design", _("Design")
    DEVELOPMENT = "development", _("Development")
    PROTOTYPE = "prototype", _("Prototype")
    TESTING = "testing", _("Testing")
    PRODUCTION = "production", _("Production")


STAGE_STEPS = [Stage.DESIGN, Stage.DEVELOPMENT, Stage.PROTOTYPE, Stage.TESTING, Stage.PRODUCTION]


def derive_stage(reported, stages):
    """The stage of a product, from what is reported of it and the stages of its makers: the furthest from
    design to production; else contracted; else reported made; else named; else open."""
    reached = [step for step in (Stage.CONTRACTED, *STAGE_STEPS) if step in stages]
    if reached:
        return reached[-1]
    if reported == Product.Reported.MADE:
        return Stage.REPORTED
    return Stage.NAMED if stages else Stage.OPEN


class Makers(models.TextChoices):
    """Whether somebody is on record as its maker."""

    SOME = "some", _("One or more")
    NONE = "none", _("No maker on record")
    REPORTED = "reported", _("Reported made, maker not named")


LATEST_YEAR_FIRST = F("import_order").desc(nulls_last=True)
"""Values of two years are not compared: each year's stand by themselves."""

MOST_IMPORTED = (F("import_order").desc(), F("import_usd").desc())
"""The same for an index. What is empty stands last on SQLite by itself, on PostgreSQL by a migration."""


class Unindexed(models.Func):
    """A column of which SQLite may use no index."""

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


class ProductQuerySet(DerivedQuerySet, PublishableQuerySet):
    def published_unindexed(self):
        """As published(), for queries that SQLite should begin elsewhere: at the keys of a few products, of
        which it does not know how few they are, or in an order that has an index of its own."""
        public_sectors = Sector.objects.published().order_by().values("pk")
        return self.filter(
            Exact(Unindexed("state"), State.PUBLISHED), In(Unindexed("sector"), public_sectors)
        )

    def without_maker_on_record(self):
        """No maker, and no source says it is made at home (rule 11)."""
        return self.with_makers(Makers.NONE)

    def with_makers(self, makers):
        """Products of one of the Makers."""
        return self.filter(MAKERS_CONDITIONS[makers])

    def tagged(self, name, values):
        """Products with one of these values of a tag; see product_tags."""
        return self.filter(with_any_tag(name, values))

    def matching(self, text):
        """Products that `text` finds, as it is typed; all of them for a text without a usable word."""
        found = search.match(text)
        return self if found is None else self.filter(pk__in=found.ids)

    def best_first(self, found, *ties):
        """Products of search.Matches in the order of the search: by how well they answer, facts before
        illustrations before samples, then by `ties`."""
        return self.annotate(tier=found.tier, distance=_distance()).order_by("tier", "distance", *ties, "pk")

    def most_imported_first(self):
        """By what they cost in the latest year; then those with older figures only, then those with none."""
        return self.order_by(LATEST_YEAR_FIRST, F("import_usd").desc(nulls_last=True), "pk")

    def refresh(self, ids):
        """Recompute the derived columns, the search index, the counts and the matches of these products (any
        iterable of ids; those of products that are gone leave them). Runs in the caller's transaction."""
        for some in chunks(ids):
            self._refresh(some)

    def with_roots(self):
        """With the rows at hand from which the derived columns and the search document follow."""
        return self.select_related("sector").prefetch_related(
            "aliases",
            "codes",
            Prefetch("engagements", queryset=_public_engagements(), to_attr="public_engagements"),
            Prefetch("imports", queryset=_imports(), to_attr="all_imports"),
            Prefetch("contract_lines", queryset=_public_lines(), to_attr="public_lines"),
            Prefetch("demands", queryset=_public_demands(), to_attr="public_demands"),
            Prefetch("idle_units", queryset=_standing_units(), to_attr="standing_units"),
            Prefetch("calls", to_attr="all_calls"),
            Prefetch("questions", queryset=_published_questions(), to_attr="public_questions"),
        )

    def _refresh(self, ids):
        rows = Product._base_manager.using(self.db).filter(pk__in=ids)
        # Locked before anything else is read: of two makers added at the same moment, each transaction
        # would count its own alone. Without the key: a new engagement holds that of its product already.
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        products = list(rows.with_roots())
        Product._meta.get_field("imports").related_model.objects.using(self.db).settle(products)
        for product in products:
            product.write_derived(self.db)
        kinds = dict.fromkeys(ids) | {product.pk: product.kind() for product in products}
        ProductCount.objects.using(self.db).recount(kinds)
        for model in FOLLOWING:
            model.objects.using(self.db).rewrite(ids, products)
        public = [product for product in products if product.is_public]
        hidden = set(ids) - {product.pk for product in public}
        search.put([product.search_document() for product in public], using=self.db)
        search.remove(hidden, using=self.db)
        search.suggestions.put([product.suggestion() for product in public], using=self.db)
        search.suggestions.remove(search.PRODUCT, hidden, using=self.db)

    def in_pieces(self):
        """Every product with its roots, in order of key, a chunk in memory at a time."""
        return self.order_by("pk").with_roots().iterator(chunk_size=CHUNK)


DISTANCES = {Origin.ILLUSTRATIVE: 1, Origin.SAMPLE: 2}
"""How far a product's record is from a fact that somebody reported or entered, by its origin; others: 0."""


def _distance():
    """DISTANCES as an expression."""
    return models.Case(
        *(models.When(origin=origin, then=models.Value(n)) for origin, n in DISTANCES.items()),
        default=models.Value(0),
    )


def _imports():
    records = Product._meta.get_field("imports").related_model.objects
    return records.in_time()


def _standing_units():
    units = Product._meta.get_field("idle_units").related_model.objects
    return units.published().standing().order_by("pk")


def _published_questions():
    questions = Product._meta.get_field("questions").related_model.objects
    return questions.filter(where_published()).order_by("pk")


def _public_engagements():
    engagements = Product._meta.get_field("engagements").related_model.objects
    return engagements.with_public_company().select_related("company")


def _public_lines():
    """Lines of public contracts, each with its contract and the `public_parties` of that."""
    lines = Product._meta.get_field("contract_lines").related_model.objects
    parties = lines.model.contract.field.related_model._meta.get_field("parties").related_model.objects
    shown = parties.with_public_company().select_related("company")
    return (
        lines.filter(where_published("contract"))
        .select_related("contract")
        .prefetch_related(Prefetch("contract__parties", shown, to_attr="public_parties"))
    )


def _public_demands():
    demands = Product._meta.get_field("demands").related_model.objects
    return demands.with_public_buyer().select_related("buyer")


FOLLOWING = (UnitMatch, ProductMaker, ProductPromise)
"""Tables whose rows follow from products."""


def dotted(hs_code):
    """841370 -> "8413.70", as tariff books print it; further digits follow a second dot."""
    return ".".join(filter(None, (hs_code[:4], hs_code[4:6], hs_code[6:])))


class Product(Confirmable, Derived, Publishable, Record):
    """A good that is imported and could be made at home."""

    confirmed_origins = (Origin.MINISTRY,)

    class Reported(models.TextChoices):
        TARGET = "target", _("Named as a target")
        MADE = "made", _("Reported made at home")
        IMPORT_NEED = "import_need", _("Reported as imported")

    class Specification(models.TextChoices):
        OPEN = "open", _("Open to whoever asks")
        BUYER = "buyer", _("With the buyer")
        FOREIGN_MAKER = "foreign_maker", _("With the foreign maker only")
        NONE = "none", _("There is none yet")

    class Unit(models.TextChoices):
        PIECE = "piece", _("piece")
        MACHINE = "machine", pgettext_lazy("counter", "unit")
        SET = "set", _("set")
        TYRE = "tyre", _("tyre")
        BED = "bed", _("bed")
        KIT = "kit", _("kit")
        LINE = "line", pgettext_lazy("counter", "line")
        KG = "kg", _("kilogram")
        TONNE = "tonne", _("tonne")

    samples_may_point_here = True
    reaches = {"Product": ("pk",), "Indicator": ("statements__indicator_id",)}
    belongs_to = ("sector",)
    rows_in_both_languages = ("parameters",)

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_en = models.CharField(_("name, in English"), max_length=160)
    name_fa = models.CharField(_("name, in Persian"), max_length=160)
    summary_en = models.TextField(_("summary, in English"), blank=True)
    summary_fa = models.TextField(_("summary, in Persian"), blank=True)
    sector = models.ForeignKey(
        "catalog.Sector", models.PROTECT, verbose_name=_("sector"), related_name="products"
    )
    hs_code = models.CharField(
        _("HS code"),
        max_length=8,
        validators=[HSCodeValidator()],
        db_index=True,
        help_text=_("6 to 8 digits, HS 2017."),
    )
    unit = models.CharField(_("unit"), max_length=10, choices=Unit, default=Unit.PIECE)
    specification = models.CharField(
        _("specification"),
        max_length=15,
        choices=Specification,
        blank=True,
        help_text=_("Who gives out the technical specification; empty when not known."),
    )
    take_part_en = models.TextField(_("how to take part, in English"), blank=True)
    take_part_fa = models.TextField(_("how to take part, in Persian"), blank=True)
    target_year = year_field(_("target year"), null=True, blank=True)
    reported = models.CharField(_("what the press reported"), max_length=12, choices=Reported, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)

    stage = models.CharField(
        _("stage"), max_length=12, choices=Stage, default=Stage.OPEN, editable=False, db_index=True
    )
    stage_is_sample = models.BooleanField(
        _("that stage rests on samples alone"), default=False, editable=False
    )
    maker_count = models.PositiveIntegerField(_("companies on record"), default=0, editable=False)
    sample_maker_count = models.PositiveIntegerField(_("of these samples"), default=0, editable=False)
    import_year = either_year_field(_("latest year of imports"), null=True, editable=False)
    import_order = models.SmallIntegerField(_("place of that year in time"), null=True, editable=False)
    import_usd = models.BigIntegerField(_("imports of that year, US dollars"), null=True, editable=False)
    import_is_calculated = models.BooleanField(
        _("that figure is a share of a tariff line"), default=False, db_default=False, editable=False
    )
    import_is_sample = models.BooleanField(_("that figure is a sample"), default=False, editable=False)
    tags = models.CharField(max_length=2000, default="", editable=False)
    last_call = models.ForeignKey(
        "catalog.Call",
        models.SET_NULL,
        verbose_name=_("last call"),
        related_name="+",
        null=True,
        editable=False,
    )
    sort_en = models.CharField(max_length=255, editable=False, default="", db_index=True)
    sort_fa = models.CharField(max_length=255, editable=False, default="", db_index=True)

    objects = ProductQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=[
            "stage",
            "stage_is_sample",
            "maker_count",
            "sample_maker_count",
            "import_year",
            "import_order",
            "import_usd",
            "import_is_sample",
            "import_is_calculated",
            "tags",
            "last_call",
            "sort_en",
            "sort_fa",
        ]
    )

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["sort_en", "pk"]
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(condition=year_range("target_year"), name="product_target_year"),
            models.CheckConstraint(condition=has_digits("hs_code", 6, 8), name="product_hs_code_digits"),
        ]
        indexes = [
            # The orders of the feed and of the listing, and all that this counts, without touching a row.
            models.Index(fields=["state", "-updated_at", "-id"], name="product_changed"),
            models.Index("state", *MOST_IMPORTED, "sort_en", "id", "sector", name="product_most_imported_en"),
            models.Index("state", *MOST_IMPORTED, "sort_fa", "id", "sector", name="product_most_imported_fa"),
            # What stands near a product: of its sector in order, of its heading without touching a row.
            models.Index("state", "sector", *MOST_IMPORTED, "id", name="product_near_in_sector"),
            models.Index(
                "state", "hs_code", "import_order", "import_usd", "sector", name="product_near_in_heading"
            ),
            models.Index(
                fields=[
                    "state",
                    "sector",
                    "stage",
                    "stage_is_sample",
                    "maker_count",
                    "reported",
                    "origin",
                    "import_year",
                    "import_is_sample",
                    "import_usd",
                    "tags",
                    "hs_code",
                ],
                name="product_counts",
            ),
            models.Index(fields=["origin", "confirmed_on"], name="product_freshness"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def summary(self):
        return in_language(self, "summary")

    @property
    def take_part(self):
        return in_language(self, "take_part")

    @property
    def hs_dotted(self):
        return dotted(self.hs_code)

    @property
    def makers(self):
        """One of the Makers."""
        if self.maker_count:
            return Makers.SOME
        return Makers.REPORTED if self.made_by_report else Makers.NONE

    @property
    def called(self):
        """(first day, last day) of its last call, also of one to come; None where it was never called."""
        return last_call_in(self.tags)

    @property
    def made_by_report(self):
        return self.reported == self.Reported.MADE

    def get_absolute_url(self):
        return record_address("catalog:product_detail", self.slug)

    def stale_derived(self):
        """The derived columns that are not what they should be, with what they should be, as a dict; needs
        the rows of ProductQuerySet.with_roots."""
        return {field: value for field, value in self.derived().items() if getattr(self, field) != value}

    def derived(self):
        """What the derived columns should be, as a dict; needs the same rows."""
        latest = self._latest_import()
        return {
            **self._derived_of_makers(),
            "import_year": latest and latest.year,
            "import_order": latest and year_order(latest.year),
            "import_usd": latest and latest.value,
            "import_is_sample": latest is not None and latest.is_sample,
            "import_is_calculated": latest is not None and bool(latest.calculated_from),
            "tags": product_tags_text(self, latest),
            "last_call_id": last.pk if (last := self._last_of_calls()) else None,
            "sort_en": sort_key(self.name_en or self.name_fa),
            "sort_fa": sort_key(self.name_fa or self.name_en),
        }

    def unsettled_imports(self):
        """(import record, whether it should count in sums) of those that are wrong about it; needs the rows
        of ProductQuerySet.with_roots."""
        counted = {record.pk for record in counting(self.all_imports)}
        pairs = ((record, record.pk in counted) for record in self.all_imports)
        return [(record, counts) for record, counts in pairs if record.counts != counts]

    def _latest_import(self):
        """The import record that stands for it in lists, or None."""
        usd = [record for record in counting(self.all_imports) if record.currency == Currency.USD]
        return max(usd, key=lambda record: year_standing(record.year), default=None)

    def _last_of_calls(self):
        return max(self.all_calls, key=lambda call: call.opens, default=None)

    def write_derived(self, using):
        """Set and store the derived columns; needs the rows of ProductQuerySet.with_roots."""
        if stale := self.stale_derived():
            Product._base_manager.using(using).filter(pk=self.pk).write_quietly(**stale)
            for field, value in stale.items():
                setattr(self, field, value)

    def _derived_of_makers(self):
        makers = makers_among(evidence_of(self))
        stage = derive_stage(self.reported, {maker.stage for maker in makers})
        real = [maker for maker in makers if not maker.is_sample]
        companies = {maker.company.pk for maker in makers}
        return {
            "stage": stage,
            "stage_is_sample": stage != derive_stage(self.reported, {maker.stage for maker in real}),
            "maker_count": len(companies),
            "sample_maker_count": len(companies - {maker.company.pk for maker in real}),
        }

    def kind(self):
        """What it is counted as, a Kind; None for what is not published. Whether its sector is public is
        asked where counts are read."""
        if self.state != State.PUBLISHED:
            return None
        return CountedKind(
            sector=self.sector_id,
            stage=self.stage,
            makers=self.makers,
            origin=self.origin,
            import_year=self.import_year,
            import_is_sample=self.import_is_sample,
            import_usd=self.import_usd,
            tags=(*filter(None, self.tags.split(",")), *[STAGE_OF_SAMPLES] * self.stage_is_sample),
        )

    def search_document(self):
        """What the index knows of this product; needs the rows of ProductQuerySet.with_roots."""
        companies = {maker.company for maker in makers_among(evidence_of(self))}
        return search.SearchDocument(
            id=self.pk,
            codes=(self.hs_code, *sorted({one.code for one in self.codes.all()} - {self.hs_code})),
            names=(self.name_en, self.name_fa),
            aliases=tuple(sorted(alias.text for alias in self.aliases.all())),
            companies=tuple(
                sorted(name for company in companies for name in (company.name_en, company.name_fa) if name)
            ),
            sectors=(self.sector.name_en, self.sector.name_fa),
            texts=tuple(text for text in (self.summary_en, self.summary_fa, *self._asked()) if text),
        )

    def _asked(self):
        """The texts of its public questions and answers."""
        for one in self.public_questions:
            yield from (one.text_en, one.text_fa, one.answer_en, one.answer_fa)

    def suggestion(self):
        """What is offered of this product while a visitor types; needs its aliases at hand."""
        return search.SuggestedRecord(
            search.PRODUCT,
            self.pk,
            self.slug,
            self.name_en,
            self.name_fa,
            code=self.hs_dotted,
            sample=self.is_sample,
            aliases=tuple(sorted(alias.text for alias in self.aliases.all())),
        )


MAKERS_CONDITIONS = {
    Makers.SOME: Q(maker_count__gt=0),
    Makers.NONE: Q(maker_count=0) & ~Q(reported=Product.Reported.MADE),
    Makers.REPORTED: Q(maker_count=0, reported=Product.Reported.MADE),
}
"""Product.makers as conditions of a query."""
