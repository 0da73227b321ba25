"""The words with which pages introduce an author, a date, a picture's credit or a publisher, in the languages we read.

A list of facts about pages, kept apart from the code that uses it. Labels that are also ordinary words need a colon.
"""

BYLINE = (
    "written by", "reported by", "story by", "words by", "by", "author", "authors",
    "автор", "авторка", "автори", "авторы", "підготував", "підготувала", "подготовил", "подготовила",
    "بقلم", "por", "par",
)  # fmt: skip
BYLINE_WITH_COLON = ("text", "текст", "كتب", "كتبت", "الكاتب", "الكاتبة", "إعداد", "تقرير", "autor", "autora", "auteur")

# Small words inside a name or between two names.
NAME_PARTICLES = {
    "and", "und", "y", "e", "et", "та", "і", "й", "и", "&", "de", "del", "da", "di", "van", "von", "der", "den", "la",
    "le", "bin", "ibn", "bint", "al", "el", "ul", "ur", "кизи", "угли", "қизи", "ўғли", "уулу", "кызы",
}  # fmt: skip

DATE_LABELS = (
    "published", "posted", "date", "updated", "modified", "опубліковано", "оновлено", "дата", "опубликовано",
    "обновлено", "نشر", "نُشر", "تاريخ", "تحديث", "publicado", "actualizado", "publié", "mis à jour",
)  # fmt: skip
UPDATE_LABELS = ("updated", "modified", "оновлено", "обновлено", "تحديث", "actualizado", "mis à jour")

MINUTES = r"min(?:ute)?s?|хв(?:илин[аиу]?)?|мин(?:ут[аыу]?)?|دقيقة|دقائق|minutos?"
READING = ("read", "чита", "чте", "قراءة", "lectura", "lecture")

PICTURES = (
    "photo", "photos", "photograph", "picture", "image", "screenshot", "screen grab", "video still", "illustration",
    "credit", "фото", "світлина", "скріншот", "скриншот", "знімок", "снимок", "ілюстрація", "иллюстрация",
    "изображение", "صورة", "الصورة", "تصوير", "لقطة", "foto", "imagen", "captura",
)  # fmt: skip

PUBLISHER = ("published by", "publisher", "видавець", "издатель", "الناشر", "éditeur")
