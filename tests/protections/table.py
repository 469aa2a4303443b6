"""The protections: the requirement of docs/security.md, what takes it away, the test that must fail then."""

from dataclasses import dataclass

SETTINGS = "portal/settings.py"
HEADERS = (
    "tests/portal/test_headers.py::test_every_page_has_the_strict_policy_and_its_companions[/en/nowhere/]"
)
COOKIES = "tests/portal/test_headers.py::test_cookies_of_the_staff_are_closed_to_scripts_and_other_sites"
ACCOUNTS = "tests/catalog/admin/test_accounts.py::"
WEAK = f"{ACCOUNTS}test_a_weak_password_is_refused_in_words"
LOGS = "tests/portal/observability/test_logs.py::"
PRODUCTION = "tests/portal/test_settings.py::"


@dataclass(frozen=True)
class Protection:
    """`old` in the file `path` becomes `new`, which takes it away; `test` fails then."""

    number: str
    what: str
    path: str
    old: str
    new: str
    test: str


VALIDATORS = "django.contrib.auth.password_validation."
PROTECTIONS = [
    Protection(
        "1.2.1",
        "text is escaped in HTML",
        SETTINGS,
        '"environment": "portal.templating.jinja.environment",\n',
        '"environment": "portal.templating.jinja.environment", "autoescape": False,\n',
        "tests/catalog/test_hostile_queries.py::test_a_list_answers_every_query[products]",
    ),
    Protection(
        "1.2.10",
        "no cell of a CSV file is a formula",
        "catalog/open_data/exports/csv_file.py",
        """    return _START.sub("'", text)""",
        "    return text",
        "tests/catalog/open_data/exports/test_csv_file.py::test_what_would_run_gets_an_apostrophe_where_it_would_begin",
    ),
    Protection(
        "1.3.11",
        "nothing adds a header to a mail",
        "catalog/staff/mail.py",
        '    subject = " ".join(subject.split())[:200]\n',
        "    subject = subject[:200]\n",
        "tests/catalog/staff/test_mail.py::test_nothing_that_was_typed_makes_another_header",
    ),
    Protection(
        "2.4.1",
        "visitors' forms are taken so often only",
        "contact/views/ask.py",
        "MOST, BY_ADDRESS, BY_EMAIL = 10,",
        "MOST, BY_ADDRESS, BY_EMAIL = 10**6,",
        "tests/contact/test_ask.py::test_of_thirty_posts_a_minute_the_first_ten_are_taken",
    ),
    Protection(
        "3.3.1",
        "cookies are of this host alone",
        SETTINGS,
        '"__Host-" if PRODUCTION else ""',
        '""',
        f"{PRODUCTION}test_cookies_are_of_this_host_alone_and_tls_is_asked_for_a_year_in_production",
    ),
    Protection(
        "3.3.2",
        "other sites send no cookie along",
        SETTINGS,
        "# --- Mail\n",
        'SESSION_COOKIE_SAMESITE = "None"\n',
        COOKIES,
    ),
    Protection(
        "3.3.4",
        "no script reads a cookie",
        SETTINGS,
        "CSRF_COOKIE_HTTPONLY = True",
        "CSRF_COOKIE_HTTPONLY = False",
        COOKIES,
    ),
    Protection(
        "3.4.1",
        "browsers ask over TLS for a year",
        SETTINGS,
        "SECURE_HSTS_SECONDS = 31_536_000 if",
        "SECURE_HSTS_SECONDS = 60 if",
        f"{PRODUCTION}test_cookies_are_of_this_host_alone_and_tls_is_asked_for_a_year_in_production",
    ),
    Protection(
        "3.4.2",
        "other sites read public files alone",
        "portal/middleware/cross_origin.py",
        "        if not is_open_to_others(request.path_info):",
        "        if False:",
        HEADERS,
    ),
    Protection(
        "3.4.3",
        "scripts of this site alone run",
        SETTINGS,
        '    "csp.middleware.CSPMiddleware",\n',
        "",
        HEADERS,
    ),
    Protection(
        "3.4.4",
        "no type is guessed",
        SETTINGS,
        "# --- Mail\n",
        "SECURE_CONTENT_TYPE_NOSNIFF = False\n",
        HEADERS,
    ),
    Protection(
        "3.4.5",
        "addresses are told to nobody",
        SETTINGS,
        'SECURE_REFERRER_POLICY = "same-origin"',
        'SECURE_REFERRER_POLICY = "unsafe-url"',
        HEADERS,
    ),
    Protection(
        "3.4.6",
        "no site frames a page",
        SETTINGS,
        '"frame-ancestors": [NONE]',
        '"frame-ancestors": [SELF]',
        HEADERS,
    ),
    Protection(
        "3.5.1",
        "staff's forms need their token",
        SETTINGS,
        '    "django.middleware.csrf.CsrfViewMiddleware",\n',
        "",
        f"{ACCOUNTS}test_another_site_signs_nobody_out",
    ),
    Protection(
        "3.5.1",
        "visitors' forms come from this site",
        "contact/same_origin.py",
        '        return site == "same-origin"',
        "        return True",
        "tests/contact/test_ask.py::test_a_form_of_another_site_is_refused",
    ),
    Protection(
        "4.1.3",
        "only the proxy says who asks",
        "catalog/api/client_address.py",
        '    if "*" in settings.FORWARDED_ALLOW_IPS:',
        "    if True:",
        "tests/portal/observability/test_logs.py::test_an_id_is_the_proxys_or_our_own",
    ),
    Protection(
        "5.2.2",
        "a file is what its name says",
        "catalog/models/uploads.py",
        'return "" if _is_what_it_says(file, suffix) else KIND_WORDS.get(suffix, "")',
        'return ""',
        "tests/catalog/models/test_uploads.py::test_a_file_of_another_content_is_refused_in_words",
    ),
    Protection(
        "5.2.3",
        "an archive may not swell",
        "catalog/admin/spreadsheets/files.py",
        "    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swells:",
        "    if False:",
        "tests/catalog/admin/test_spreadsheet_files.py::test_a_hostile_workbook_is_refused_in_100_mib",
    ),
    Protection(
        "6.2.1", "short passwords are refused", SETTINGS, '{"min_length": 12}', '{"min_length": 4}', WEAK
    ),
    Protection(
        "6.2.4",
        "common passwords are refused",
        SETTINGS,
        f'    {{"NAME": "{VALIDATORS}CommonPasswordValidator"}},\n',
        "",
        WEAK,
    ),
    Protection(
        "6.2.11",
        "words of the site are no password",
        SETTINGS,
        '    {"NAME": "portal.accounts.passwords.SiteWordsValidator"},\n',
        "",
        WEAK,
    ),
    Protection(
        "6.3.1",
        "who guesses waits",
        SETTINGS,
        "AXES_FAILURE_LIMIT = 10",
        "AXES_FAILURE_LIMIT = 10**6",
        "tests/portal/test_sign_in.py::test_without_that_proxy_the_header_says_nothing",
    ),
    Protection(
        "6.5.1",
        "a code holds once",
        "catalog/staff/second_factor.py",
        "            if device.verify_token(",
        "            device.last_t = -1\n            if device.verify_token(",
        f"{ACCOUNTS}test_a_code_holds_once",
    ),
    Protection(
        "6.5.2",
        "recovery codes cannot be read",
        "catalog/staff/second_factor.py",
        "    return base64.urlsafe_b64encode(keyed[:12]).decode()  # 16 signs: the column has no more",
        "    return code",
        f"{ACCOUNTS}test_a_recovery_code_is_stored_as_a_keyed_hash_and_outlives_a_new_secret",
    ),
    Protection(
        "7.3.1",
        "an idle session ends",
        SETTINGS,
        "SESSION_IDLE_SECONDS = 60 * 60 ",
        "SESSION_IDLE_SECONDS = 60 * 60 * 24 ",
        f"{ACCOUNTS}test_a_click_puts_the_end_off_but_not_beyond_twelve_hours",
    ),
    Protection(
        "7.3.2",
        "a session ends after a working day",
        "catalog/staff/sessions.py",
        "    left = session[BEGAN] + settings.SESSION_COOKIE_AGE - now",
        "    left = settings.SESSION_COOKIE_AGE",
        f"{ACCOUNTS}test_a_click_puts_the_end_off_but_not_beyond_twelve_hours",
    ),
    Protection(
        "7.4.3",
        "a new factor ends other sessions",
        "catalog/admin/accounts/pages.py",
        "            sessions.end_all(user, but=request.session.session_key)\n",
        "",
        f"{ACCOUNTS}test_setting_it_up_ends_the_other_sessions",
    ),
    Protection(
        "7.5.1",
        "the password is asked again for a factor",
        "catalog/admin/accounts/pages.py",
        "    if not sessions.is_proved(request.session):",
        "    if False:",
        f"{ACCOUNTS}test_a_session_that_began_a_while_ago_gives_the_password_before_a_factor_is_set_up",
    ),
    Protection(
        "8.2.1",
        "administrators alone see the operator's page",
        "portal/admin/operation.py",
        '    if not request.user.has_perm("auth.view_user"):',
        "    if False:",
        "tests/portal/observability/test_operation.py::test_only_administrators_see_it",
    ),
    Protection(
        "8.2.2",
        "files of drafts are nobody's",
        "catalog/views/documents.py",
        "    record = public.published().filter(pk=pk).first()",
        "    record = public.filter(pk=pk).first()",
        "tests/catalog/views/test_documents.py::test_what_is_not_public_is_not_there",
    ),
    Protection(
        "13.4.2",
        "DEBUG is refused in production",
        SETTINGS,
        "if DEBUG and PRODUCTION:",
        "if False:",
        f"{PRODUCTION}test_production_refuses_debug",
    ),
    Protection(
        "16.2.5",
        "tokens are in no log",
        "portal/observability/log_masking.py",
        "    for pattern in PATTERNS:",
        "    for pattern in ():",
        f"{LOGS}test_what_opens_a_private_page_is_not_written_down",
    ),
    Protection(
        "16.2.5",
        "what was asked is in no log",
        "portal/middleware/request_log.py",
        "    path = masked(request.path_info)",
        "    path = masked(request.get_full_path())",
        f"{LOGS}test_a_request_is_one_line_without_its_query_and_who_sent_it",
    ),
    Protection(
        "16.4.1",
        "what was sent makes no line of its own",
        "portal/observability/logs.py",
        "        return json.dumps(line)",
        "        return str(line['message'])",
        f"{LOGS}test_a_line_break_in_what_was_sent_makes_no_other_line",
    ),
]
