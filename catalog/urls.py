"""The public pages under the language prefix, in menu order."""

from django.urls import path

from .open_data import more_feeds
from .open_data.bulk import views as bulk
from .open_data.exports.views import export_addresses
from .open_data.feeds import feed_addresses
from .views import (
    about,
    accessibility,
    api,
    calendars,
    calls,
    companies,
    compare,
    contracts,
    data,
    desks,
    financing,
    home,
    how_to,
    news,
    product_detail,
    products,
    programme,
    questions,
    sectors,
    service,
    styleguide,
    suggest,
    units,
)

app_name = "catalog"

urlpatterns = [
    path("", home.home, name="home"),
    *export_addresses(),  # /products/export.csv and so on, of every noun that nouns.py offers so
    *feed_addresses(),
    path("products/", products.ProductList.as_view(), name="product_list"),
    path("products/suggest/", suggest.suggest, name="product_suggest"),
    path("products/<slug:slug>/", product_detail.ProductDetail.as_view(), name="product_detail"),
    path("products/<slug:slug>/questions/", questions.ProductQuestions.as_view(), name="product_questions"),
    path(
        "products/<slug:slug>/questions/feed.atom",
        more_feeds.product_questions,
        name="product_questions_feed",
    ),
    path("sectors/", sectors.SectorList.as_view(), name="sector_list"),
    path("sectors/<slug:slug>/", sectors.SectorDetail.as_view(), name="sector_detail"),
    path("companies/", companies.CompanyList.as_view(), name="company_list"),
    path("companies/<slug:slug>/", companies.CompanyDetail.as_view(), name="company_detail"),
    path("desks/", desks.DeskList.as_view(), name="desk_list"),
    path("desks/calendar.ics", calendars.DeskCalendar.as_view(), name="desk_calendar"),
    path("desks/<slug:slug>/", desks.DeskDetail.as_view(), name="desk_detail"),
    path(
        "desks/<slug:slug>/calendar.ics",
        calendars.DeskCalendarEntry.as_view(),
        name="desk_calendar_entry",
    ),
    path("desks/<slug:slug>/questions/", questions.DeskQuestions.as_view(), name="desk_questions"),
    path("calls/", calls.CallList.as_view(), name="call_list"),
    path("calls/feed.atom", more_feeds.calls, name="call_feed"),
    path("contracts/", contracts.ContractList.as_view(), name="contract_list"),
    path("contracts/<slug:reference>/", contracts.ContractDetail.as_view(), name="contract_detail"),
    path("units/", units.UnitList.as_view(), name="unit_list"),
    path("units/<slug:slug>/", units.UnitDetail.as_view(), name="unit_detail"),
    path("data/", data.data, name="data"),
    path("data/api/", api.api, name="api"),
    path("data/<str:name>", bulk.file, name="bulk_file"),
    path("programme/", programme.programme, name="programme"),
    path("programme/<slug:indicator>/", programme.IndicatorDetail.as_view(), name="indicator_detail"),
    path("compare/", compare.compare, name="compare"),
    path("financing/", financing.Financing.as_view(), name="financing"),
    path("how-to/", how_to.how_to, name="how_to"),
    path("service/", service.service, name="service"),
    path("news/", news.News.as_view(), name="news"),
    path("news/feed.atom", news.feed, name="news_feed"),
    path("about/", about.about, name="about"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
