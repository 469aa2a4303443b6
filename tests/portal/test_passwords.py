"""Passwords of little more than words of this site."""

import pytest
from django.core.exceptions import ValidationError

from portal.accounts.passwords import SiteWordsValidator


def test_words_of_the_site_need_more_beside_them():
    for password in ("portal-admin-2026", "!!Tehran!!Iran!!"):
        with pytest.raises(ValidationError, match="little more than words"):
            SiteWordsValidator().validate(password)


def test_a_password_without_such_a_word_is_none_of_its_business():
    for password in ("~!@#$%^&*()_+{}|:", "correct horse battery", "portal correct horse"):
        SiteWordsValidator().validate(password)
