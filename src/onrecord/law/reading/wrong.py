"""What can be wrong with the law data: each kind of mistake has a name, a sentence, and the line where it stands."""

from onrecord.words.strict_yaml import DataFile, DataFileWrong, Place


class LawWrong(DataFileWrong):
    """A file of the law data is written wrongly and nothing of it was used."""

    next_step = "Correct the file at the line shown. docs/LAW.md says what may stand where."

    @property
    def hint(self) -> str:
        """Return file, line and reason: this data is ours and holds no word of a case."""
        return f"{self.file}, line {self.line}: {self.reason}"


class KeyNotKnown(LawWrong):
    """The law data uses a name that does not belong here, or misses one that does."""


class FactNotKnown(LawWrong):
    """The law data names a fact that does not exist."""


class CodeNotKnown(LawWrong):
    """The law data names a code that its vocabulary does not have."""


class ReferenceDangling(LawWrong):
    """The law data refers to something that does not exist."""


class ConditionWrong(LawWrong):
    """A condition of the law data asks of a fact what cannot be asked of it."""


class LawGoesInCircles(LawWrong):
    """Elements or provisions of the law data rest on each other in a circle."""


class VersionsDiffer(LawWrong):
    """The files of the law data are not of one schema, version and codebook."""


def wrong(kind: type[LawWrong], file: DataFile, place: Place, reason: str) -> LawWrong:
    """Return an error of a kind with the line of a place; a missing value is looked for where it should have been."""
    found = file.wrong(place, reason)
    return kind(found.file, found.line, reason)
