"""The read-only API, /api/v1/: public nouns as JSON, with the filters of their listings.

It is built of what Django REST framework offers. One request reads down: `urls.py` → `viewsets.py` →
`filters.py` (the listing's own filters, read strictly) → `pagination.py` → `serializers.py`, with a module of
`nouns/` that says which rows a noun has and what each shows. `schema.py` makes the OpenAPI document and
`reference.py` the tables of the page about the API; `errors.py` and `throttling.py` word the refusals.
"""
