"""What is wrong with a data file, so that whoever wrote it finds the cell."""

from dataclasses import dataclass

FAULTS_SHOWN = 40


@dataclass(frozen=True)
class RowFault:
    """`line` is the first line of the row in its file, 1 being the header; `column` may be empty."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self):
        return ", ".join(filter(None, [f"{self.file} line {self.line}", self.column])) + f": {self.reason}"


class LoadError(Exception):
    """The files cannot be loaded; `faults` says why. Nothing was written."""

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults[:FAULTS_SHOWN]) + self._rest())

    def _rest(self):
        hidden = len(self.faults) - FAULTS_SHOWN
        return f"\nand {hidden} more" if hidden > 0 else ""
