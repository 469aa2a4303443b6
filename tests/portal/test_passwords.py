"""Passwords that are short, or of little more than words of this site."""

import pytest
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from portal.accounts.passwords import SiteWordsValidator


def test_words_of_the_site_need_more_beside_them():
    for password in ("portal-admin-2026", "!!Tehran!!Iran!!"):
        with pytest.raises(ValidationError, match="little more than words"):
            SiteWordsValidator().validate(password)


def test_a_password_without_such_a_word_is_none_of_its_business():
    for password in ("~!@#$%^&*()_+{}|:", "correct horse battery", "portal correct horse"):
        SiteWordsValidator().validate(password)


def test_the_length_is_told_in_the_digits_of_the_page():
    with override("fa"):
        helps = " ".join(one.get_help_text() for one in get_default_password_validators())
        with pytest.raises(ValidationError) as refused:
            validate_password("k7#")
    told = helps + " ".join(refused.value.messages)
    assert told.count("۱۲") == 2
    assert "12" not in told
