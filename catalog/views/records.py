"""What the views of single records share."""

from catalog.models.base import if_public


def shown(record):
    """`record` if the public may see it, else None: links to anything unpublished are left out."""
    return if_public(record)


def sources_of(*groups):
    """The sources of these records (lists of them), each once, in the order they are met."""
    found = {record.source_id: record.source for group in groups for record in group if record.source_id}
    return list(found.values())
