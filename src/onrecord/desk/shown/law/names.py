"""Name elements, provisions and instruments in the few words that fit into a table, and group the elements.

These are the desk's own short forms, so that a row fits on a line. What an element asks and what a provision is called
stand in the law data, and are shown in full beside them. What has no short form here is shown by its identifier.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from onrecord.law.model import Provision

Name = str | Promise

# Every element once, in the order of the rows: whom and where a rule reaches first, then what was done, then context.
GROUPS: Mapping[str, tuple[Name, Mapping[str, Name]]] = {
    "reach": (
        gettext_lazy("Where and who"),
        {
            "in_occupied": gettext_lazy("In occupied territory"),
            "in_territory_of_power": gettext_lazy("In the Power's own territory"),
            "from_occupied": gettext_lazy("Taken from occupied territory"),
            "protected_gc4": gettext_lazy("Protected by Convention IV"),
            "protected_any_gc": gettext_lazy("Protected by any Geneva Convention"),
            "is_pow": gettext_lazy("Prisoner of war"),
            "in_hands": gettext_lazy("In the hands of the Power"),
            "actor_of_power": gettext_lazy("Done by the Power or for it"),
            "national_of_hostile_party": gettext_lazy("National of the other party"),
            "hostile_power": gettext_lazy("Forces hostile to own country"),
            "lawfully_present": gettext_lazy("Lawfully present there"),
            "under_15": gettext_lazy("Under 15"),
            "under_18": gettext_lazy("Under 18"),
        },
    ),
    "service": (
        gettext_lazy("Pressure and service"),
        {
            "compelled": gettext_lazy("Compelled: force, threat or penalty"),
            "pressure_or_propaganda": gettext_lazy("Pressed or urged to enlist"),
            "moral_or_physical_coercion": gettext_lazy("Coerced in body or mind"),
            "intimidation_or_reprisal": gettext_lazy("Intimidation or reprisal"),
            "menace_of_penalty": gettext_lazy("Under threat of a penalty"),
            "not_offered_voluntarily": gettext_lazy("Did not offer freely"),
            "made_to_serve": gettext_lazy("Entered service: signed, trained, sent"),
            "force_of_power": gettext_lazy("In the Power's forces"),
            "military_operations_against_own": gettext_lazy("Made to fight own country"),
            "oath_demanded": gettext_lazy("Oath under constraint"),
            "compulsory_recruitment": gettext_lazy("Recruitment was compulsory"),
            "into_state_armed_forces": gettext_lazy("Into a State's armed forces"),
            "into_armed_group": gettext_lazy("Into another armed group"),
            "conscripted_enlisted_or_used": gettext_lazy("Child enlisted or used"),
            "child_in_formation": gettext_lazy("Child in a formation"),
            "voluntary_safeguards_missing": gettext_lazy("A safeguard was missing"),
            "objector_claim": gettext_lazy("Claimed conscience or religion"),
            "no_alternative": gettext_lazy("No civilian alternative"),
            "outside_military_exception": gettext_lazy("Outside lawful military service"),
        },
    ),
    "movement": (
        gettext_lazy("Movement and liberty"),
        {
            "moved": gettext_lazy("Moved away"),
            "moved_by_force": gettext_lazy("Moved by force"),
            "no_evacuation_ground": gettext_lazy("No lawful evacuation"),
            "confined": gettext_lazy("Confined"),
            "no_legal_basis": gettext_lazy("No legal basis for it"),
            "gravity_of_confinement": gettext_lazy("Confinement was grave"),
            "hostage_held": gettext_lazy("Someone was held"),
            "hostage_threat": gettext_lazy("The one held was threatened"),
            "hostage_purpose": gettext_lazy("Release tied to a demand"),
        },
    ),
    "work": (
        gettext_lazy("Work, trafficking, exploitation"),
        {
            "service_or_work_done": gettext_lazy("Work or service was exacted"),
            "work_exacted": gettext_lazy("Made to work"),
            "work_beyond_limits": gettext_lazy("Work beyond a limit"),
            "military_work": gettext_lazy("Work against own country"),
            "work_beyond_nationals": gettext_lazy("More than own nationals"),
            "traffic_act": gettext_lazy("Recruited, moved or handed over"),
            "traffic_means": gettext_lazy("By force, fraud or abuse"),
            "traffic_purpose": gettext_lazy("For exploitation"),
            "ownership_powers": gettext_lazy("Treated as owned"),
        },
    ),
    "property": (
        gettext_lazy("Property"),
        {
            "property_taken": gettext_lazy("Taken or destroyed"),
            "property_private": gettext_lazy("Private property"),
            "property_of_hostile_party": gettext_lazy("Of the other party"),
            "property_protected": gettext_lazy("Protected from taking"),
            "no_military_necessity": gettext_lazy("No military need"),
            "property_extensive": gettext_lazy("Extensive and wanton"),
            "property_personal_use": gettext_lazy("Kept for personal use"),
        },
    ),
    "context": (
        gettext_lazy("Knowledge and context"),
        {
            "iac_nexus": gettext_lazy("Tied to the armed conflict"),
            "aware_conflict": gettext_lazy("Actor knew of the conflict"),
            "aware_status": gettext_lazy("Actor knew the status"),
            "aware_age": gettext_lazy("Actor knew the age"),
            "aware_gravity": gettext_lazy("Actor knew how grave"),
            "widespread_or_systematic": gettext_lazy("Part of a wider attack"),
            "aware_attack": gettext_lazy("Actor knew of the attack"),
            "rights_deprived": gettext_lazy("Deprived of basic rights"),
            "targeted_for_identity": gettext_lazy("Picked for who they are"),
            "connected_crime": gettext_lazy("Tied to another crime"),
            "treaty_violation_ua": gettext_lazy("A treaty on war was violated"),
        },
    ),
    "safeguard": (
        gettext_lazy("Safeguard against a label"),
        {
            "merc_recruited_to_fight": gettext_lazy("Recruited in order to fight"),
            "merc_private_gain": gettext_lazy("Moved by private gain"),
            "merc_not_national_nor_resident": gettext_lazy("No national, no resident"),
            "merc_not_member_of_forces": gettext_lazy("Not in a party's forces"),
        },
    ),
}
OTHER = gettext_lazy("Others")

INSTRUMENTS: Mapping[str, Name] = {
    "GC4": gettext_lazy("GC IV"),
    "GC3": gettext_lazy("GC III"),
    "AP1": gettext_lazy("AP I"),
    "HR": gettext_lazy("Hague"),
    "ROME": gettext_lazy("Rome"),
    "PALERMO": gettext_lazy("Palermo"),
    "C29": gettext_lazy("ILO C29"),
    "OPAC": gettext_lazy("OPAC"),
    "ICCPR": gettext_lazy("ICCPR"),
    "UACC": gettext_lazy("Ukraine"),
    "MERC": gettext_lazy("AP I"),
}

# Per provision: its article in a few signs, and one word for what it is about.
PROVISIONS: Mapping[str, tuple[str, Name]] = {
    "gc4-51-1a": ("51 s.1", pgettext_lazy("column of the law table", "service")),
    "gc4-51-1b": ("51 s.2", pgettext_lazy("column of the law table", "pressure")),
    "gc4-51-2": ("51(2)", pgettext_lazy("column of the law table", "work")),
    "gc4-49-1": ("49", pgettext_lazy("column of the law table", "removal")),
    "gc4-50-2": ("50(2)", pgettext_lazy("column of the law table", "children")),
    "gc4-31": ("31", pgettext_lazy("column of the law table", "coercion")),
    "gc4-33": ("33", pgettext_lazy("column of the law table", "reprisal")),
    "gc4-40": ("40", pgettext_lazy("column of the law table", "foreigners")),
    "hr-23h": ("23(h)", pgettext_lazy("column of the law table", "own side")),
    "hr-45": ("45", pgettext_lazy("column of the law table", "oath")),
    "hr-46-2": ("46(2)", pgettext_lazy("column of the law table", "property")),
    "hr-52": ("52", pgettext_lazy("column of the law table", "services")),
    "gc3-130": ("130", pgettext_lazy("column of the law table", "prisoner")),
    "rome-8-2-a-v": ("8.2.a.v", pgettext_lazy("column of the law table", "service")),
    "rome-8-2-a-vii-1": ("8.2.a.vii-1", pgettext_lazy("column of the law table", "removal")),
    "rome-8-2-a-vii-2": ("8.2.a.vii-2", pgettext_lazy("column of the law table", "confined")),
    "rome-8-2-a-viii": ("8.2.a.viii", pgettext_lazy("column of the law table", "hostages")),
    "rome-8-2-a-iv": ("8.2.a.iv", pgettext_lazy("column of the law table", "property")),
    "rome-8-2-b-viii": ("8.2.b.viii", pgettext_lazy("column of the law table", "removal")),
    "rome-8-2-b-xiii": ("8.2.b.xiii", pgettext_lazy("column of the law table", "seizure")),
    "rome-8-2-b-xv": ("8.2.b.xv", pgettext_lazy("column of the law table", "own side")),
    "rome-8-2-b-xvi": ("8.2.b.xvi", pgettext_lazy("column of the law table", "pillage")),
    "rome-8-2-b-xxvi": ("8.2.b.xxvi", pgettext_lazy("column of the law table", "children")),
    "rome-7-1-c": ("7.1.c", pgettext_lazy("column of the law table", "slavery")),
    "rome-7-1-d": ("7.1.d", pgettext_lazy("column of the law table", "removal")),
    "rome-7-1-e": ("7.1.e", pgettext_lazy("column of the law table", "prison")),
    "rome-7-1-h": ("7.1.h", pgettext_lazy("column of the law table", "persecution")),
    "palermo-3a": ("3(a)", pgettext_lazy("column of the law table", "trafficking")),
    "palermo-3c": ("3(c)", pgettext_lazy("column of the law table", "children")),
    "c29-2": ("2", pgettext_lazy("column of the law table", "labour")),
    "opac-2": ("2", pgettext_lazy("column of the law table", "compulsory")),
    "opac-3": ("3(3)", pgettext_lazy("column of the law table", "volunteers")),
    "opac-4": ("4", pgettext_lazy("column of the law table", "groups")),
    "iccpr-18": ("18", pgettext_lazy("column of the law table", "conscience")),
    "ua-438": ("438", pgettext_lazy("column of the law table", "war crimes")),
    "ua-149": ("149", pgettext_lazy("column of the law table", "trafficking")),
    "merc-guard": ("47", pgettext_lazy("column of the law table", "label")),
}

_ELEMENTS = {element: name for _, elements in GROUPS.values() for element, name in elements.items()}


def element_name(element: str) -> str:
    """Return the few words for an element."""
    return str(_ELEMENTS.get(element, element.replace("_", " ")))


def instrument_name(provision: Provision) -> str:
    """Return the few letters for the instrument of a provision."""
    instrument = str(provision.text["instrument"])
    return str(INSTRUMENTS.get(instrument, instrument))


def article_of(provision: Provision) -> tuple[str, str]:
    """Return the article of a provision in a few signs, and one word for it; the article as the data has it else."""
    article, word = PROVISIONS.get(provision.id, (str(provision.text["article"]), ""))
    return article, str(word)


def short_name(provision: Provision) -> str:
    """Return a provision as one says it: `GC IV 51 s.1`."""
    return f"{instrument_name(provision)} {article_of(provision)[0]}"
