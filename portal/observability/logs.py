"""Writes each record of the log as one line of JSON, with the moment in UTC."""

import json
import logging
from datetime import UTC, datetime

from .request_ids import current_request_id

LOGGED_FIELDS = ("method", "path", "view", "status", "duration_ms", "queries", "bytes", "staff")
"""What a record may bring along (`extra`). Of the rest nothing is written: Django adds the whole request,
with what somebody typed into it."""


class JsonLines(logging.Formatter):
    def format(self, record):
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "request_id": current_request_id.get(),
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in LOGGED_FIELDS if hasattr(record, name)},
        }
        if record.exc_info or record.exc_text:
            line["trace"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(line)
