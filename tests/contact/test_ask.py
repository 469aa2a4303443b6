"""The front door: what is taken, what is refused, and that nothing typed is lost."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from catalog.models import Outbox
from contact import stamps
from contact.models import Attempt, Enquiry
from contact.models.enquiries import EnquiryRole
from contact.models.tokens import hash_of
from contact.views import ask as view
from tests.contact.conftest import HERE, LETTER, token_of
from tests.factories import make_company, make_desk, make_product, make_unit
from tests.words import words

pytestmark = pytest.mark.django_db
NUL, BIDI = "\x00", "\u202e"


def picture(name="photo.png"):
    content = io.BytesIO()
    Image.new("RGB", (2, 2)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def workbook():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
    return SimpleUploadedFile("figures.xlsx", content.getvalue())


def test_a_question_is_received_and_leads_to_its_private_page(send, visitor):
    product = make_product()
    answer = send(p=product.slug, may_be_published="1", state="answered", office="1", months="4")
    enquiry = Enquiry.objects.get()
    assert answer.status_code == 303
    assert (enquiry.kind, enquiry.role, enquiry.state) == ("ask", "", "received")
    assert enquiry.reference.endswith("-0001")
    assert enquiry.reference.startswith("Q-14")
    assert list(enquiry.products.all()) == [product]
    assert enquiry.may_be_published
    assert enquiry.months is None
    assert enquiry.office is None
    assert enquiry.token_hash == hash_of(token_of(answer["Location"]))
    assert "It was received." in words(visitor.get(answer["Location"]).content.decode())
    assert not answer.cookies


def test_a_claim_has_its_role_and_what_goes_with_it(send):
    send("fa", what="could_make", months="۱۲", email="", phone="۰۲۱ ۸۸۸۸ ۱۲۳۴", may_be_published="1")
    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.role, enquiry.months) == ("claim", "could_make", 12)
    assert (enquiry.language, enquiry.phone) == ("fa", "021 8888 1234")
    assert not enquiry.may_be_published
    assert not Outbox.objects.filter(is_secret=True).exists()


ERRORS = {
    "what": ("", "Choose one."),
    "text": (" ", "Write what you want to say."),
    "name": ("", "Write your name."),
    "email": ("nobody", "Write an e-mail address such as name@example.com."),
    "phone": ("call me", "This is not a telephone number. Write it as +98 21 1234 5678."),
}


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(send):
    product = make_product()
    wrong = {name: value for name, (value, _error) in ERRORS.items()}
    page = send(**wrong, organization="Half & <b>", p=product.slug, proofs=picture())
    text = page.content.decode()
    assert page.status_code == 422
    for name, (_value, error) in ERRORS.items():
        assert f'<a href="#id_{name}">{error}</a>' in text
        assert f'id="id_{name}-error"' in text
    assert 'value="Half &amp; &lt;b&gt;"' in text
    assert 'value="call me"' in text
    assert f'value="{product.slug}" checked' in text
    assert "choose your files again" in text
    assert not Enquiry.objects.exists()
    assert not page.cookies


def test_errors_are_in_the_language_of_the_page(send):
    page = send("fa", text="")
    assert page.status_code == 422
    assert 'lang="fa" dir="rtl"' in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"email": ""}, "Give an e-mail address or a telephone number."),
        ({"what": "makes", "organization": ""}, "Name the company that this is about."),
        ({"what": "could_make", "months": "0"}, "Write a whole number of months, 1 or more."),
        ({"what": "steal"}, "Choose one of these."),
        ({"what": f"ask{NUL}"}, "Choose one of these."),
        ({"text": "x" * 5001}, "Write at most 5000 characters; this has 5001."),
        ({"name": "n" * 121}, "Write at most 120 characters; this has 121."),
        ({"phone": "1234"}, "This is not a telephone number."),
        ({"proofs": SimpleUploadedFile("a.exe", b"MZ")}, "a.exe: Only PDF, JPEG, PNG"),
        ({"proofs": SimpleUploadedFile("a.pdf", b"<script>")}, "a.pdf: This is not a PDF"),
        ({"proofs": SimpleUploadedFile("a.png", b"%PDF-1.4")}, "a.png: This is not a PNG picture."),
        ({"proofs": SimpleUploadedFile("a.jpg", b"")}, "a.jpg: It is empty."),
    ],
)
def test_what_cannot_be_used_is_named(send, changes, error):
    page = send(**changes)
    assert page.status_code == 422
    assert error in words(page.content.decode())
    assert not Enquiry.objects.exists()


def test_files_are_kept_by_content_under_names_nobody_chose(send):
    send(proofs=[picture(f"../../pho{BIDI}to.PNG"), workbook()])
    proofs = list(Enquiry.objects.get().proofs.all())
    assert [proof.name for proof in proofs] == ["photo.PNG", "figures.xlsx"]
    assert all("photo" not in proof.file.name and "/" not in proof.file.name for proof in proofs)
    for proof in proofs:
        proof.file.storage.delete(proof.file.name)


def test_at_most_five_files_of_a_bounded_size_are_taken(send, monkeypatch):
    assert "Choose at most 5 files." in words(send(proofs=[picture() for _ in range(6)]).content.decode())
    monkeypatch.setattr("contact.forms.MOST_MEGABYTES", 0)
    assert "It is larger than 0 MB." in words(send(proofs=picture()).content.decode())


def test_the_same_form_sent_twice_makes_one_and_a_changed_one_makes_another(send):
    stamp = stamps.new()
    first, second = send(stamp=stamp), send(stamp=stamp)
    assert first["Location"] == second["Location"]
    assert Enquiry.objects.count() == 1
    other = send(stamp=stamp, text="Something else")
    assert other["Location"] != first["Location"]
    assert Enquiry.objects.count() == 2
    assert Outbox.objects.filter(is_secret=True).count() == 2


def test_programs_are_refused_in_words_and_people_send_it_once_more(send, monkeypatch):
    trapped = send(website="http://spam.example")
    assert "as if a program had sent it" in words(trapped.content.decode())
    assert LETTER["text"] in trapped.content.decode()
    assert "spam.example" not in trapped.content.decode()
    assert "as if a program had sent it" in words(send(stamp="forged").content.decode())
    monkeypatch.setattr(stamps, "LEAST_SECONDS", 60)
    stamp = stamps.new()
    hasty = send(stamp=stamp)
    assert hasty.status_code == 422
    assert "faster than a person types" in words(hasty.content.decode())
    assert f'value="{stamp}"' in hasty.content.decode()
    assert not Enquiry.objects.exists()
    monkeypatch.setattr(stamps, "LEAST_SECONDS", 0)
    assert send(stamp=stamp).status_code == 303


def test_of_thirty_posts_a_minute_the_first_ten_are_taken(send):
    answers = [send(text=f"Letter {n}", email=f"a{n}@example.org") for n in range(30)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429] * 20
    assert Enquiry.objects.count() == 10
    refusal = answers[-1]
    assert 0 < int(refusal["Retry-After"]) <= 60
    assert "Nothing you typed is lost: send it again in" in words(refusal.content.decode())
    assert "Letter 29" in refusal.content.decode()


def test_one_address_of_mail_is_written_to_ten_times_an_hour(send, monkeypatch):
    monkeypatch.setattr(view, "address_of", lambda request: str(Attempt.objects.count()))
    answers = [send(text=f"Letter {n}").status_code for n in range(11)]
    assert answers == [303] * 10 + [429]


def test_no_field_adds_a_header_to_a_mail(send, settings):
    injected = "x@y.example\r\nBcc: all@example.org"
    for name in ("name", "organization", "text", "phone", "email", "what", "p", "company", "stamp", "months"):
        send(**{name: injected})
    for message in Outbox.objects.all():
        assert "\n" not in message.subject + message.to
        assert "all@example.org" not in message.subject + message.to + message.text


def test_signs_nobody_sees_are_taken_out(send):
    send(name=f"Zh{BIDI}ale{NUL}", text=f"One{NUL}\r\ntwo{BIDI}")
    enquiry = Enquiry.objects.get()
    assert (enquiry.name, enquiry.text) == ("Zhale", "One\ntwo")


def test_ten_megabytes_of_text_get_a_page_and_no_error(send):
    page = send(text="x" * 10 * 2**20)
    assert page.status_code in (413, 422)
    assert Enquiry.objects.count() == 0
    urlencoded = Client(headers=HERE).post(
        "/fa/ask/", "text=" + "x" * 10 * 2**20, content_type="application/x-www-form-urlencoded"
    )
    assert urlencoded.status_code == 413
    assert 'lang="fa"' in urlencoded.content.decode()


def test_more_than_any_form_holds_is_not_even_read(visitor):
    page = visitor.post("/en/ask/", LETTER, CONTENT_LENGTH=str(view.MOST_ENQUIRY_BYTES + 1))
    assert page.status_code == 413
    assert "Go back in your browser" in words(page.content.decode())


def test_a_link_fills_in_the_form_and_names_what_it_cannot_use(visitor):
    product, desk = make_product(), make_desk()
    address = f"/en/ask/?kind=claim&role=makes&p={product.slug}&p=nothing&desk={desk.slug}&unit=nowhere"
    page = visitor.get(address)
    assert page.status_code == 200
    assert 'id="what-makes" required checked' in " ".join(page.content.decode().split())
    assert f'value="{product.slug}" checked' in page.content.decode()
    assert "called “nothing”, “nowhere”" in words(page.content.decode())
    for query in ("kind=%00&role=x", "kind=ask&role=makes", "role=makes&kind=interest", "p=" + "y" * 3000):
        assert visitor.get(f"/fa/ask/?{query}").status_code == 200


def test_a_record_that_is_not_public_is_not_named(send, visitor):
    draft = make_product(state="draft")
    page = visitor.get(f"/en/ask/?p={draft.slug}").content.decode()
    assert str(draft) not in page
    company = make_company(state="draft")
    for named in ({"p": draft.slug}, {"company": company.slug}):
        assert "it was left out" in words(send(**named).content.decode())
    assert not Enquiry.objects.exists()


def test_a_product_is_looked_up_without_losing_anything(visitor):
    product = make_product(name_en="Slurry pump")
    page = visitor.post(
        "/en/ask/", LETTER | {"name": "", "product": "slurry", "look_up": "1"}
    ).content.decode()
    assert f'name="p" value="{product.slug}"' in page
    assert LETTER["text"] in page
    assert "Write your name." not in page
    nothing = visitor.post("/en/ask/", LETTER | {"product": "zeppelin"}).content.decode()
    assert "No product on record is called “zeppelin”" in words(nothing)
    assert not Enquiry.objects.exists()


def test_nothing_is_tied_to_a_sample(send, visitor):
    company = make_company(origin="sample")
    page = words(visitor.get(f"/en/ask/?company={company.slug}").content.decode())
    assert "is an invented record: your message goes to the front door" in page
    send(company=company.slug)
    assert Enquiry.objects.get().company is None


def test_every_role_is_taken_with_every_record(send):
    unit = make_unit()
    for role in EnquiryRole.values:
        assert send(what=role, unit=unit.slug, months="3", phone=f"0211234{len(role)}").status_code in (
            303,
            429,
        )
    assert Enquiry.objects.filter(unit=unit).count() == len(EnquiryRole.values)


def test_the_form_leaves_no_cookie_and_is_stored_by_nobody(visitor):
    page = visitor.get("/en/ask/")
    assert not page.cookies
    assert page["Cache-Control"] == "no-store"


def test_a_form_of_another_site_is_refused():
    foreign = Client(headers={"Sec-Fetch-Site": "cross-site"}).post("/en/ask/", LETTER)
    assert foreign.status_code == 403
    assert not Enquiry.objects.exists()


def test_the_form_costs_few_queries_however_much_it_names(visitor, django_assert_max_num_queries):
    products = [make_product() for _ in range(5)]
    query = "&".join(f"p={product.slug}" for product in products)
    visitor.get(f"/en/ask/?{query}")
    with django_assert_max_num_queries(8):
        visitor.get(f"/en/ask/?{query}")
