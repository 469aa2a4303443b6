"""The public pages under the language prefix, in menu order."""

from django.urls import path

from .open_data.bulk import views as bulk
from .open_data.exports.views import export_addresses
from .open_data.feeds import feed_addresses
from .views import (
    about,
    accessibility,
    api,
    calendars,
    companies,
    contracts,
    data,
    desks,
    financing,
    home,
    news,
    product_detail,
    products,
    programme,
    sectors,
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
    path("contracts/", contracts.ContractList.as_view(), name="contract_list"),
    path("contracts/<slug:reference>/", contracts.ContractDetail.as_view(), name="contract_detail"),
    path("units/", units.UnitList.as_view(), name="unit_list"),
    path("units/<slug:slug>/", units.UnitDetail.as_view(), name="unit_detail"),
    path("data/", data.data, name="data"),
    path("data/api/", api.api, name="api"),
    path("data/<str:name>", bulk.file, name="bulk_file"),
    path("programme/", programme.programme, name="programme"),
    path("programme/<slug:indicator>/", programme.IndicatorDetail.as_view(), name="indicator_detail"),
    path("financing/", financing.financing, name="financing"),
    path("news/", news.News.as_view(), name="news"),
    path("news/feed.atom", news.feed, name="news_feed"),
    path("about/", about.about, name="about"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
