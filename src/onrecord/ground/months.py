"""The names of months as pages print them, for reading dates: in the cases and short forms that stand beside a number.

Only languages whose forms are certain. A language that is not here loses nothing: a person types the date.
"""

# For each language twelve lists, January first, forms separated by spaces.
MONTH_NAMES = {
    "en": (
        "january jan", "february feb", "march mar", "april apr", "may", "june jun",
        "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
    ),
    "uk": (
        "січень січня січні", "лютий лютого лютому", "березень березня березні", "квітень квітня квітні",
        "травень травня травні", "червень червня червні", "липень липня липні", "серпень серпня серпні",
        "вересень вересня вересні", "жовтень жовтня жовтні", "листопад листопада листопаді", "грудень грудня грудні",
    ),
    "ru": (
        "январь января январе", "февраль февраля феврале", "март марта марте", "апрель апреля апреле", "май мая мае",
        "июнь июня июне", "июль июля июле", "август августа августе", "сентябрь сентября сентябре",
        "октябрь октября октябре", "ноябрь ноября ноябре", "декабрь декабря декабре",
    ),
    # Egypt and the Gulf, then the Levant and Iraq (as one form with _ where the name has two words).
    "ar": (
        "يناير كانون_الثاني", "فبراير شباط", "مارس آذار", "أبريل إبريل نيسان", "مايو أيار", "يونيو حزيران",
        "يوليو تموز", "أغسطس آب", "سبتمبر أيلول", "أكتوبر تشرين_الأول", "نوفمبر تشرين_الثاني", "ديسمبر كانون_الأول",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre setiembre", "octubre", "noviembre", "diciembre",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip


def month_numbers() -> dict[str, int]:
    """Return the number of the month for every form of its name; a form never names two months."""
    return {
        form.replace("_", " "): number
        for names in MONTH_NAMES.values()
        for number, forms in enumerate(names, start=1)
        for form in forms.split()
    }
