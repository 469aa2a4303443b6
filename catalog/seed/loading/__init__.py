"""Loading the data files into the models, and taking the samples out again.

Reads down: `nouns` says which file fills which model, `reading` turns files into rows, `building` turns rows
into checked objects, `writing` compares them with the database and writes, `loading.load` runs the three in
one transaction. `removing` takes the samples out, `mixing` asks whether samples and the real are mixed
anywhere.
"""

from .faults import LoadError
from .load import LoadReport, load
from .mixing import mixed_links
from .removing import SamplesTiedError, remove_samples

__all__ = ["LoadError", "LoadReport", "SamplesTiedError", "load", "mixed_links", "remove_samples"]
