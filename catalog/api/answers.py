"""What the API answers to a query, as plain values: for its addresses, and for the page that shows how."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, override

from catalog.listings.facets import search_notices

from . import paging, query
from .errors import WithdrawnError


def listed(noun, data, absolute):
    """A page of a noun's rows, for a query (a QueryDict); `absolute` makes a whole address of a path. Raises
    UnusableQueryError."""
    asked = query.of_list(noun, data)
    language = asked.cursor.language if asked.cursor else get_language()
    with override(language):  # names are sorted by it, also where the visitor's has changed on the way
        matching = noun.matching(asked.filterset)
        page = paging.page(noun.fetched(matching), asked.size, asked.cursor, language)
    serializer = noun.serializer(page.rows, many=True, chosen=asked.fields, context={"absolute": absolute})

    def address(cursor):
        return cursor and absolute(address_of(noun, data, cursor.signed(f"{noun.name}?{asked.text}")))

    return {
        "count": matching.order_by().count(),
        "next": address(page.next),
        "previous": address(page.previous),
        "notices": search_notices(asked.filterset) if hasattr(asked.filterset, "text") else [],
        "results": serializer.data,
    }


def address_of(noun, data, cursor=None):
    """The path of a noun's list with that query, at that cursor; empty values left out."""
    changed = data.copy()
    changed.pop(query.CURSOR, None)
    if cursor:
        changed[query.CURSOR] = cursor
    text = query.in_order(changed).urlencode(safe=",:")
    return reverse(f"api:{noun.one}_list") + (f"?{text}" if text else "")


def found(noun, key, data, absolute):
    """One public row of a noun, by its key. Raises UnusableQueryError, WithdrawnError and Http404."""
    fields = query.of_record(noun, data)
    wanted = {noun.key: key}
    record = noun.fetched(noun.model.objects.published()).filter(**wanted).first()
    if record is None:
        if withdrawn := noun.model.objects.withdrawn().filter(**wanted).first():
            raise WithdrawnError(withdrawn)
        raise Http404
    return noun.serializer(record, chosen=fields, context={"absolute": absolute}).data
