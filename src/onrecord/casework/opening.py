"""Open cases and patterns, add people, name them, and tie perpetrators to acts."""

from onrecord.casework.docket import Docket
from onrecord.casework.entries.cases import CaseOpened, InvolvementAdded, PatternOpened, PersonAdded
from onrecord.casework.entries.people import PersonNamed
from onrecord.casework.models import Act, Case, Pattern, Person
from onrecord.casework.record.append import record
from onrecord.errors import BadInput, NotThere
from onrecord.ground.ids import CaseId, PatternId, PersonId, new_id
from onrecord.ground.text import nfc
from onrecord.words.codebook import load_codebook

NAME_CHARACTERS = 100


class NameWrong(BadInput):
    """A case or pattern needs a short name, and this is none."""

    next_step = "Use one to a hundred characters. Choose a word that says nothing about anybody in it."


class NameTaken(BadInput):
    """There is a case or pattern of this name already."""

    next_step = "Choose another word, or open the one that is there."


class NoSuchAct(NotThere):
    """There is no act of this identifier."""

    next_step = "Look at the case with `onrecord case show ID`."


class NoSuchPerson(NotThere):
    """There is no person of this identifier."""

    next_step = "Look at the case with `onrecord case show ID`."


def open_case(docket: Docket, name: str) -> CaseId:
    """Open a case under a name that says nothing about anybody; raise NameWrong or NameTaken."""
    case = CaseId(new_id())
    record(docket, CaseOpened(case=case, name=_checked(name, is_taken=Case.objects.filter(name=nfc(name)).exists())))
    return case


def open_pattern(docket: Docket, name: str, code: str = "") -> PatternId:
    """Open a pattern, tied to one of the codebook's patterns if a code is given; raise NameWrong or NameTaken."""
    if code:
        load_codebook().vocabulary("pattern").term(code)
    pattern = PatternId(new_id())
    checked = _checked(name, is_taken=Pattern.objects.filter(name=nfc(name)).exists())
    record(docket, PatternOpened(pattern=pattern, name=checked, code=code))
    return pattern


def add_person(docket: Docket, case: str, counting_unit: str, basis: str = "") -> PersonId:
    """Add a perpetrator or anyone else to a case, without a name."""
    load_codebook().vocabulary("counting_unit").term(counting_unit)
    person = PersonId(new_id())
    number = 1 if counting_unit == "person" else None
    record(
        docket,
        PersonAdded(
            case=case,
            person=person,
            counting_unit=counting_unit,
            number_min=number,
            number_best=number,
            number_max=number,
            basis=basis,
        ),
    )
    return person


def name_person(docket: Docket, person: PersonId, *forms: str) -> None:
    """Record a person's name in one or more written forms, under the identity key and apart from the case."""
    if not Person.objects.filter(pk=person).exists():
        raise NoSuchPerson
    record(docket, PersonNamed(person=person, forms=tuple(nfc(form) for form in forms)))


def involve(docket: Docket, act: str, perpetrator: PersonId, degree: str) -> str:
    """Tie a perpetrator to an act with a degree of involvement (codebook: involvement_degree)."""
    load_codebook().vocabulary("involvement_degree").term(degree)
    row = Act.objects.filter(pk=act).first()
    if row is None:
        raise NoSuchAct
    if not Person.objects.filter(pk=perpetrator, case=row.case).exists():
        raise NoSuchPerson
    involvement = new_id()
    record(
        docket,
        InvolvementAdded(case=row.case, involvement=involvement, act=act, perpetrator=perpetrator, degree=degree),
    )
    return involvement


def _checked(name: str, *, is_taken: bool) -> str:
    name = nfc(name).strip()
    if not 0 < len(name) <= NAME_CHARACTERS:
        raise NameWrong
    if is_taken:
        raise NameTaken
    return name
