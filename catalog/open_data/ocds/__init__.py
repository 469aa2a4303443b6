"""Contracts as open contracting data, in the Open Contracting Data Standard (OCDS) 1.1.

Pure: contracts in, with their rows at hand (catalog.open_data.ocds.views.contracts), dicts out; no
query, no request.
`codes.py` holds the standard's codes, `texts.py` what it has no field for, `blocks.py` and `releases.py` make
one contract's release, `packages.py` the two files. How a contract is told there:

===================  =========================================================================================
here                 there
===================  =========================================================================================
reference            `ocid` = OCDS_PREFIX-reference; also the contract's `id`
parties              `parties` with roles buyer, supplier, funder; another role of ours has no code and gets
                     none. `buyer` only where there is exactly one, for the standard has room for one. A name
                     as printed stays as printed; a missing Persian one is left out; one that was printed in
                     Persian alone is the `name` as well, or the party would be nameless. A company that is
                     not public is left out
(no award on record) one award for each contract, because the standard ties contracts to awards: title and
                     suppliers, a sentence that says why it is there, and nothing else: no date, status, value
title, Persian title `title`, `title_fa`; `language` says that what has no suffix is English
kind, what it        `description`, in both languages: what has no field of its own
covers, desk, how
exactly the day is
known, condition
the total that       `value`, whole units; left out while amount or currency is unknown
counts
signed on            `dateSigned`, only where known to the day; a month or year stands in `description` alone
due                  `period.endDate`
condition            `status`: signed, in execution and disputed are `active`, delivered and ended early are
                     `terminated`; unknown is left out
lines                `items`; the first six digits of the product's code as HS. A product that is not public
                     keeps its line's own description, quantity and unit. Its amount is `unit.value`, by
                     one unit as the standard has it, of the whole line where no quantity is known
milestones           `implementation.milestones`: `met`, else `scheduled`. Never `notMet`, which would change
                     the release on a day on which nobody changed the record; `dueDate` says enough
amendments           `amendments`; the schema has a Persian form of the reason only, not of what changed
documents            `documents`, the public ones; with them the contract's two pages here and, as the one
                     with the id `source`, where the facts come from: a `pressReport` (a code of ours, for
                     the list has none) or the publisher's own record
===================  =========================================================================================

Not told: payments and facilities (no transactions are on record), what was delivered in money, legal ids.

One release a contract, made when it is asked for, as the standard's guidance on "easy releases" has it: its
`id` ends with a digest of what it says, so it changes exactly when that changes and is the same on every
host. Days without an hour stand at their end in Tehran, the standard's advice for days without an hour.
"""
