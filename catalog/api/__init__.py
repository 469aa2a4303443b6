"""The read-only API, /api/v1/: public nouns as JSON, with the filters of their listings.

One request reads down: `urls.py` → `views.py` → `answers.py` → `query.py` and `paging.py` → a module of
`nouns/`, which says what rows a noun has and what each shows. `schema.py` makes the OpenAPI document and
`words.py` the tables of the page about it, both from those modules; `errors.py` and `throttling.py` word what
cannot be answered.
"""
