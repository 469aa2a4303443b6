"""By hand: what each role may do at every address of the admin, with records of its own scope and of another.

Each account is limited to one sector. A superuser without limits stands beside it, so nobody decides alone.
"""

from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from catalog import models
from catalog.admin import proposed_files, reviews
from contact.answering import seen_of
from contact.models import Enquiry, Keeper, Proof
from tests import factories as make

from .forms import fields_of

ROLES = ("administrator", "reviewer", "editor", "desk officer")
# Of each address, for each of ROLES: with a record of the own scope, and with one of another. A page opens to
# write (w), to propose (p), to decide (a) or to read (r); a forged form is saved (s) or becomes a proposal
# (p); any other step is done (s). None of it: -.
TABLE = """
                              administrator  reviewer  editor    officer
page of a draft unit               w -         w -       w -       r -
save a draft unit                  s -         s -       s -       - -
page of a unit in review           w -         w -       r -       r -
save a unit in review              s -         s -       - -       - -
page of a public unit              p r         p r       p r       r r
save a public unit                 p -         p -       p -       - -
page of a draft desk               w -         w -       w -       w -
save a draft desk                  s -         s -       s -       s -
page of a public desk              p r         p r       p r       p r
save a public desk                 p -         p -       p -       p -
page of an import                  p r         p r       p r       r r
save an import                     p -         p -       p -       - -
page of an office                  r r         r r       r r       r r
page of a source                   r r         r r       r r       r r
save a source                      - -         - -       - -       - -
page of a rate                     r r         r r       r r       r r
save a rate                        - -         - -       - -       - -
page of a guide step               r r         r r       r r       r r
save a guide step                  - -         - -       - -       - -
page that adds a unit              w w         w w       w w       - -
add a unit                         s -         s -       s -       - -
add an import to a draft           s -         s -       s -       - -
add an import to a public product  p -         p -       p -       - -
add a demand to a public product   p -         p -       p -       - -
add a call for a public product    p -         p -       p -       - -
start a call from the list         p -         p -       p -       - -
add a question                     s -         s -       s -       s -
add a holiday                      - -         - -       - -       - -
add an engagement                  s -         s -       s -       - -
add a document                     s -         s -       s -       s -
add a desk                         s -         s -       s -       s -
add a contract                     s -         s -       s -       s -
add a sector                       - -         - -       - -       - -
add a source                       - -         - -       - -       - -
add a rate                         - -         - -       - -       - -
add a guide step                   - -         - -       - -       - -
move a draft to another sector     - -         - -       - -       - -
delete a draft unit                s -         s -       - -       - -
delete drafts from the list        s -         s -       - -       - -
history of a draft                 r -         r -       r -       r -
history of a public unit           r r         r r       r r       r r
list shows a draft                 s -         s -       s -       s -
list shows a public unit           s s         s s       s s       s s
list as a file has a draft         s -         s -       s -       s -
bring in rows of a draft           s -         s -       s -       - -
bring in rows of what is public    s -         s -       s -       - -
page of customs tables             - -         - -       - -       - -
preview of a draft                 r -         r -       r -       r -
choice of a public product         s -         s -       s -       s -
send a draft to review             s -         s -       s -       - -
send a desk to review from a list  s -         s -       s -       s -
publish                            s -         s -       - -       - -
publish from the form              s -         s -       - -       - -
withdraw                           s -         s -       - -       - -
send back                          s -         s -       - -       - -
refuse                             s -         s -       - -       - -
take back from review              - -         - -       - -       - -
page of a proposal                 a -         a -       - -       - -
accept a proposal                  s -         s -       - -       - -
refuse a proposal                  s -         s -       - -       - -
page of a proposed import          a -         a -       - -       - -
accept a proposed import           s -         s -       - -       - -
preview of a proposal              r -         r -       - -       - -
proposed file                      r -         r -       - -       - -
list of proposals                  s -         s -       - -       - -
page of an account                 w w         - -       - -       - -
save an account                    s s         - -       - -       - -
password of an account             r r         - -       - -       - -
add an account                     s s         - -       - -       - -
list shows an enquiry              s -         s -       - -       s -
page of an enquiry                 r -         r -       - -       r -
answer an enquiry                  s -         s -       - -       s -
mark an enquiry as spam            s -         s -       - -       s -
proof of an enquiry                r -         r -       - -       r -
page that accepts a claim          r -         r -       - -       r -
accept a claim                     s -         s -       - -       s -
page that names a keeper           r -         r -       - -       r -
name a keeper                      s -         s -       - -       s -
list shows a keeper                s -         s -       - -       s -
end a keeper                       s -         s -       - -       s -
page of a keeper                   - -         - -       - -       - -
page of the operation              r r         - -       - -       - -
"""


class World:
    """Records of one sector, as `kind` names them: of the account's own one or of another."""

    def __init__(self, sector, boss):
        self.sector, self.boss = sector, boss
        self.draft = make.make_unit(state="draft", sector=sector)
        self.waiting = make.make_unit(state="draft", sector=sector)
        self.public = make.make_unit(sector=sector)
        self.product = make.make_product(sector=sector)
        self.draft_product = make.make_product(state="draft", sector=sector)
        self.desk = make.make_desk(state="draft", sectors=[sector])
        self.open_desk = make.make_desk(sectors=[sector])
        self.record = make.make_import(product=self.product)
        self.company = make.make_company()
        claim = {"kind": "claim", "role": "makes", "products": [self.product]}
        self.enquiry, self.kept = make.make_enquiry(**claim), make.make_enquiry(**claim, state="accepted")
        self.proof = Proof.objects.create(
            enquiry=self.enquiry, file=ContentFile(b"%PDF-1.7", "a.pdf"), name="a.pdf"
        )
        self.keeper = Keeper.objects.create(
            enquiry=self.kept, company=self.company, email="a@example.org", proof="call_back", language="en"
        )
        self.author = User.objects.create(username=f"author-{sector.pk}", is_staff=True)
        reviews.send_to_review(self.author, self.waiting)

    def proposed(self, record_id, model, **values):
        kind = models.Revision._meta.get_field("content_type").related_model.objects.get_for_model(model)
        reach = "" if record_id else f"|sector={self.sector.pk}|"
        return models.Revision.objects.create(
            content_type=kind,
            record_id=record_id,
            author=self.author,
            title="Proposed",
            reach=reach,
            **values,
        )


@pytest.fixture
def worlds(db):
    boss = Client(headers={"accept-language": "en"})
    boss.force_login(User.objects.create_superuser("boss"))
    return World(make.make_sector(), boss), World(make.make_sector(), boss)


@pytest.fixture
def limited(staff, worlds):
    def sign_in(role):
        client = staff(role)
        scope = models.Scope.objects.create(user=client.user)
        scope.sectors.set([worlds[0].sector])
        return client

    return sign_in


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def url(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


def seen(client, address):
    page = client.get(address)
    if page.status_code != 200:
        return "-"
    marks = {"_accept": "a", "_propose": "p", "_save": "w"}
    text = "" if page.streaming else page.text
    return next((letter for button, letter in marks.items() if f'name="{button}"' in text), "r")


def shows(client, address, text):
    page = client.get(address)
    return "s" if page.status_code == 200 and text in page.text else "-"


def told():
    """What any of the steps of this table changes."""
    nouns = (
        models.Call,
        models.Question,
        models.Holiday,
        models.IdleUnit,
        models.Desk,
        models.ImportRecord,
        models.Demand,
        models.Engagement,
    )
    others = (models.Document, models.Contract, models.Sector, models.Source, models.ExchangeRate)
    others = (*others, models.GuideStep, User)
    of_visitors = (Enquiry, Keeper)
    rows = [list(model.objects.order_by("pk").values()) for model in (*of_visitors, *nouns, *others)]
    for row in rows[-1]:
        row["last_login"] = None
    return rows, [list(desk.sectors.values_list("pk")) for desk in models.Desk.objects.order_by("pk")]


def done(step):
    """Whether a request changed anything ("s"), or made a proposal ("p")."""
    changes = models.Revision.objects.filter(kind="change")
    with taken_back():
        before, proposals = told(), changes.count()
        step()
        if told() != before:
            return "s"
        return "p" if changes.count() > proposals else "-"


def brought_in(client, product):
    """Whether a file about a product is checked and found right ("s")."""
    text = f"product,year,value,currency\n{product.slug},1399,100,USD\n"
    file = SimpleUploadedFile("imports.csv", text.encode())
    client.post("/admin/catalog/import/add/", {"noun": "import_records", "file": file})
    brought = models.Import.objects.filter(author=client.user).order_by("-pk").first()
    return "s" if brought and brought.rows.get().outcome == "c_new" else "-"


FORMS = {}


def forged(client, world, address, changes, button="_save"):
    """Send what a form holds that the superuser opened, whether or not the account sees one; with what the
    page showed then only where a button publishes what was seen."""
    key = address
    if key not in FORMS:
        FORMS[key] = fields_of(world.boss.get(address))
    kept = ("_opened",) if button == "_publish" else ()
    sent = {name: value for name, value in FORMS[key].items() if not name.startswith("_") or name in kept}
    return done(lambda: client.post(address, {**sent, **changes, button: "1"}))


def post(client, address, data):
    return done(lambda: client.post(address, data))


def added(noun, **values):
    """A step that adds a row of a noun; values that are functions are given the World."""

    def step(client, world):
        given = {name: value(world) if callable(value) else value for name, value in values.items()}
        return forged(client, world, f"/admin/catalog/{noun}/add/", given)

    return step


def publish(client, world):
    address = f"/admin/catalog/idleunit/publish/?ids={world.waiting.pk}"
    seen_by_boss = world.boss.get(address).context["reviewed"]
    return post(client, address, {"reviewed": seen_by_boss})


def with_proposal(step):
    """A step with a proposal that renames the public product and brings a file."""

    def stepped(client, world):
        with taken_back():
            revision = world.proposed(world.public.pk, models.IdleUnit)
            form = fields_of(world.boss.get(url(world.public)))
            names = {name: [str(value)] for name, value in form.items() if not name.startswith("_")}
            token = proposed_files._put(revision, ContentFile(b"%PDF-1.7"))
            file = {"documents-9-file-chosen": [f"{token}:a.pdf"]}
            revision.proposed = names | {"name_en": ["Renamed"]} | file
            revision.save()
            address = f"{url(world.public)}?revision={revision.pk}"
            sent = {**form, "name_en": "Renamed"}
            return step(client, revision, address, sent, token)

    return stepped


def with_proposed_import(step):
    def stepped(client, world):
        with taken_back():
            values = {
                "product": [str(world.product.pk)],
                "year": ["1402"],
                "value": ["7"],
                "currency": ["USD"],
                "origin": ["ministry"],
            }
            revision = world.proposed(None, models.ImportRecord, proposed=values)
            address = f"/admin/catalog/importrecord/add/?revision={revision.pk}"
            sent = fields_of(world.boss.get(address))
            return step(client, revision, address, sent, "")

    return stepped


def accepted(client, revision, address, sent, token):
    return post(client, address, {**sent, "_accept": "1"})


def refused(client, revision, address, sent, token):
    client.post(address, {"_refuse": "1", "_comment": "No."})
    revision.refresh_from_db()
    return "s" if revision.state == "refused" else "-"


def returned(button):
    return lambda client, world: post(client, url(world.waiting), {button: "1", "_comment": "No."})


def account(world):
    return f"/admin/auth/user/{world.author.pk}"


def about(enquiry, step="change"):
    return f"/admin/contact/enquiry/{enquiry.pk}/{step}/"


def taken(name, **values):
    """A step of the page of an enquiry."""

    def step(client, world):
        sent = {"step": name, "seen": seen_of(world.enquiry), **values}
        return post(client, about(world.enquiry), sent)

    return step


def claim_accepted(client, world):
    sent = {"products": [world.product.pk], "company": world.company.pk, "stage": "testing"}
    return post(client, about(world.enquiry, "accept"), {**sent, "seen": seen_of(world.enquiry)})


def keeper_named(client, world):
    other = make.make_company()
    sent = {"company": other.pk, "proof": "call_back", "proof_details": "021, of the register"}
    return post(client, about(world.kept, "keeper"), sent)


PEOPLE = {"password1": "a-long-one-17", "password2": "a-long-one-17", "usable_password": "true"}
NAMED = {"name_en": "New", "name_fa": "نو"}
FIGURE = {"year": "1403", "value": "5", "currency": "USD"}
STEPS = {
    "page of a draft unit": lambda c, w: seen(c, url(w.draft)),
    "save a draft unit": lambda c, w: forged(c, w, url(w.draft), {"name_en": "Forged"}),
    "page of a unit in review": lambda c, w: seen(c, url(w.waiting)),
    "save a unit in review": lambda c, w: forged(c, w, url(w.waiting), {"name_en": "Forged"}),
    "page of a public unit": lambda c, w: seen(c, url(w.public)),
    "save a public unit": lambda c, w: forged(c, w, url(w.public), {"name_en": "Forged"}),
    "page of a draft desk": lambda c, w: seen(c, url(w.desk)),
    "save a draft desk": lambda c, w: forged(c, w, url(w.desk), {"name_en": "Forged"}),
    "page of a public desk": lambda c, w: seen(c, url(w.open_desk)),
    "save a public desk": lambda c, w: forged(c, w, url(w.open_desk), {"name_en": "Forged"}),
    "page of an import": lambda c, w: seen(c, url(w.record)),
    "save an import": lambda c, w: forged(c, w, url(w.record), {"value": "9"}),
    "page of an office": lambda c, w: seen(c, url(w.office)),
    "page of a source": lambda c, w: seen(c, url(w.source)),
    "save a source": lambda c, w: forged(c, w, url(w.source), {"publisher_en": "Forged"}),
    "page of a guide step": lambda c, w: seen(c, url(w.guide_step)),
    "save a guide step": lambda c, w: forged(c, w, url(w.guide_step), {"title_en": "Forged"}),
    "page of a rate": lambda c, w: seen(c, url(w.rate)),
    "save a rate": lambda c, w: forged(c, w, url(w.rate), {"rials": "9"}),
    "page that adds a unit": lambda c, w: seen(c, "/admin/catalog/idleunit/add/"),
    "add a unit": added("idleunit", **NAMED, province="yazd", sector=lambda w: w.sector.pk),
    "add an import to a draft": added("importrecord", **FIGURE, product=lambda w: w.draft_product.pk),
    "add an import to a public product": added("importrecord", **FIGURE, product=lambda w: w.product.pk),
    "add a demand to a public product": added(
        "demand", product=lambda w: w.product.pk, buyer=lambda w: w.company.pk, commitment="named"
    ),
    "add a call for a public product": added("call", product=lambda w: w.product.pk),
    "start a call from the list": lambda c, w: post(
        c, "/admin/catalog/product/", {"action": "start_call_action", "_selected_action": [w.product.pk]}
    ),
    "add a question": added(
        "question", text_en="New?", answer_en="Yes.", text_fa="", answer_fa="", product=lambda w: w.product.pk
    ),
    "add a holiday": added("holiday", date="2027-03-21", **NAMED),
    "add an engagement": added(
        "engagement", product=lambda w: w.product.pk, company=lambda w: w.company.pk, stage="named"
    ),
    "add a document": added(
        "document", title_en="New", title_fa="نو", kind="other", desk=lambda w: w.open_desk.pk
    ),
    "add a desk": added("desk", **NAMED, year="1406", sectors=lambda w: [w.sector.pk]),
    "add a contract": added(
        "contract",
        reference="M-1405-900",
        title_en="New",
        title_fa="نو",
        total_basis="stated",
        desk=lambda w: w.open_desk.pk,
    ),
    "add a sector": added("sector", **NAMED),
    "add a source": added("source", publisher_en="New"),
    "add a guide step": added("guidestep", title_en="New"),
    "add a rate": added("exchangerate", currency="USD", rials="9", year="1401", kind="market"),
    "move a draft to another sector": lambda c, w: forged(c, w, url(w.draft), {"sector": w.other.pk}),
    "delete a draft unit": lambda c, w: post(c, url(w.draft, "delete"), {"post": "yes"}),
    "delete drafts from the list": lambda c, w: post(
        c,
        "/admin/catalog/idleunit/",
        {"action": "delete_selected", "_selected_action": [w.draft.pk], "post": "yes"},
    ),
    "history of a draft": lambda c, w: seen(c, url(w.draft, "history")),
    "history of a public unit": lambda c, w: seen(c, url(w.public, "history")),
    "list shows a draft": lambda c, w: shows(c, "/admin/catalog/idleunit/", url(w.draft)),
    "list shows a public unit": lambda c, w: shows(c, "/admin/catalog/idleunit/", url(w.public)),
    "preview of a draft": lambda c, w: seen(c, url(w.draft, "preview/en")),
    "list as a file has a draft": lambda c, w: shows(
        c, "/admin/catalog/idleunit/export.csv", w.draft.name_en
    ),
    "bring in rows of a draft": lambda c, w: brought_in(c, w.draft_product),
    "bring in rows of what is public": lambda c, w: brought_in(c, w.product),
    "page of customs tables": lambda c, w: seen(c, "/admin/catalog/customsfile/"),
    "choice of a public product": lambda c, w: shows(
        c,
        "/admin/autocomplete/?app_label=catalog&model_name=importrecord&field_name=product",
        f'"id": "{w.product.pk}"',
    ),
    "send a draft to review": lambda c, w: forged(c, w, url(w.draft), {}, "_to_review"),
    "send a desk to review from a list": lambda c, w: post(
        c, "/admin/catalog/desk/", {"action": "send_to_review_action", "_selected_action": [w.desk.pk]}
    ),
    "publish": publish,
    "publish from the form": lambda c, w: forged(c, w, url(w.waiting), {}, "_publish"),
    "withdraw": lambda c, w: post(
        c, f"/admin/catalog/idleunit/withdraw/?ids={w.public.pk}", {"reason_en": "a", "reason_fa": "ب"}
    ),
    "send back": returned("_send_back"),
    "refuse": returned("_refuse"),
    "take back from review": returned("_take_back"),
    "page of a proposal": with_proposal(lambda c, revision, address, *_: seen(c, address)),
    "accept a proposal": with_proposal(accepted),
    "refuse a proposal": with_proposal(refused),
    "page of a proposed import": with_proposed_import(lambda c, revision, address, *_: seen(c, address)),
    "accept a proposed import": with_proposed_import(accepted),
    "preview of a proposal": with_proposed_import(
        lambda c, revision, *_: seen(c, url(revision, "preview/en"))
    ),
    "proposed file": with_proposal(
        lambda c, revision, _address, _sent, token: seen(c, url(revision, f"file/{token}"))
    ),
    "list of proposals": with_proposal(
        lambda c, revision, *_: shows(c, "/admin/catalog/revision/", f"revision={revision.pk}")
    ),
    "page of an account": lambda c, w: seen(c, f"{account(w)}/change/"),
    "save an account": lambda c, w: forged(c, w, f"{account(w)}/change/", {"first_name": "Forged"}),
    "password of an account": lambda c, w: seen(c, f"{account(w)}/password/"),
    "add an account": lambda c, w: forged(c, w, "/admin/auth/user/add/", {"username": "new", **PEOPLE}),
    "list shows an enquiry": lambda c, w: shows(c, "/admin/contact/enquiry/", about(w.enquiry)),
    "page of an enquiry": lambda c, w: seen(c, about(w.enquiry)),
    "answer an enquiry": taken("answer", text="Come to the desk."),
    "mark an enquiry as spam": taken("spam"),
    "proof of an enquiry": lambda c, w: seen(c, about(w.enquiry, f"proof/{w.proof.pk}")),
    "page that accepts a claim": lambda c, w: seen(c, about(w.enquiry, "accept")),
    "accept a claim": claim_accepted,
    "page that names a keeper": lambda c, w: seen(c, about(w.kept, "keeper")),
    "name a keeper": keeper_named,
    "list shows a keeper": lambda c, w: shows(c, "/admin/contact/keeper/", about(w.kept)),
    "end a keeper": lambda c, w: post(
        c, "/admin/contact/keeper/", {"action": "end_action", "_selected_action": [w.keeper.pk]}
    ),
    "page of a keeper": lambda c, w: seen(c, f"/admin/contact/keeper/{w.keeper.pk}/change/"),
    "page of the operation": lambda c, w: seen(c, "/admin/operation/"),
}


def table():
    """{step: {role: "w -"}}"""
    rows = {}
    for line in TABLE.strip("\n").splitlines()[1:]:
        *words, a, b, c, d, e, f, g, h = line.split()
        rows[" ".join(words)] = dict(
            zip(ROLES, (f"{a} {b}", f"{c} {d}", f"{e} {f}", f"{g} {h}"), strict=True)
        )
    return rows


@pytest.mark.whole
@pytest.mark.parametrize("role", ROLES)
def test_every_role_does_what_the_table_says(worlds, limited, role):
    FORMS.clear()
    own, foreign = worlds
    own.other, foreign.other = foreign.sector, make.make_sector()
    for world in worlds:
        world.office, world.source = make.make_office(), make.make_source()
        world.rate = make.make_rate(kind="market")
        world.guide_step = make.make_guide_step()
    client = limited(role)
    found = {name: f"{step(client, own)} {step(client, foreign)}" for name, step in STEPS.items()}
    assert found == {name: cells[role] for name, cells in table().items()}


# Addresses that are the same for everybody who signs in, and those whose rows stand above under their noun.
COMMON = {
    *("index", "login", "logout", "password_change", "password_change_done", "jsi18n", "autocomplete"),
    *("view_on_site", "app_list", "what_i_may_do"),
    # Those of the own account, and lists of what the nouns' own pages show: see test_limited_pages.py.
    *("account", "second_factor", "second_factor_remove", "recovery_codes", "sign_out_everywhere"),
    *("second_step", "happened", "quality", "duplicates"),
}
OF_A_NOUN = {
    *(
        "changelist",
        "add",
        "history",
        "delete",
        "change",
        "preview",
        "publish",
        "withdraw",
        "merge",
        "export",
    ),
    "uncovered",  # of a customs table
    *("accept", "keeper", "proof"),  # of an enquiry
    "operation",
}
OF_OTHERS = {
    *(
        "catalog_import_template",
        "catalog_revision_file",
        "auth_user_password_change",
        "auth_user_reset-factor",
        "auth_user_sign-out",
    ),
}


def test_the_table_speaks_of_every_kind_of_address():
    names = {
        each.name
        for part in admin.site.get_urls()
        for each in ([part] if isinstance(part, URLPattern) else part.url_patterns)
        if isinstance(each, URLPattern) and each.name
    }
    left = {name for name in names - COMMON - OF_OTHERS if name.rpartition("_")[2] not in OF_A_NOUN}
    assert not left
    assert set(table()) == set(STEPS)
