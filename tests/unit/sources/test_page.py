"""Pasted articles in several shapes and languages, all invented: what is proposed, why, and what stays unknown."""

from pathlib import Path
from textwrap import dedent

from onrecord.ground.date_words import Evidence, Order
from onrecord.sources.page import read_pasted_article
from onrecord.sources.proposal import Proposal, Proposed, Reason

GLUED = dedent("""\
     date 2031-04-06 Become a friend of the paper
    Clockmakers of Inventown ordered to repair the parade clock

    The Guild of Invented Clockmakers says its members were told to come with their own tools or lose their shops.
    byAda Fictitious
    06/04/2031
    3 minute read
    The market clock of Inventown in 2029. Photo: Imaginary Agency
    Clockmakers of Inventown ordered to repair the parade clock

    The town hall called every clockmaker to the square, the Guild reports on 6 April. Nobody was asked.

    Whoever stayed at home had to fear for his shop, his flat or his place in town,” the Guild said.

    “Clocks do not care who winds them,” it noted.
    """)

UKRAINIAN = dedent("""\
    Новини
    Годинникарів Вигадополя зібрали на площі без їхньої згоди
    Автор: Вигадана Персоненко та Ніхто Неіснуючий
    Опубліковано: 6 квітня 2031 року, 10:30
    Оновлено: 07.04.2031
    Читати 2 хв
    Ринкова площа. Фото: Вигадана агенція
    Усіх годинникарів Вигадополя викликали на площу. «Нікого не питали», — каже майстер, ім'я якого вигадане.
    Джерело: вигадана гільдія
    """)

RUSSIAN = dedent("""\
    https://example.org/2031/04/06/chasovshiki

    Часовщиков Выдумска вызвали чинить парадные часы

    Им велели прийти со своим инструментом, иначе обещали закрыть мастерские.

    6 апреля 2031

    «Никого не спрашивали», — говорит мастер, имя которого выдумано. Гильдия считает, что так делать нельзя.

    «Мы ждали до вечера. Потом пришли ещё люди.

    Текст: Некто Выдуманный
    """)

ARABIC = dedent("""\
    استدعاء صانعي الساعات في مدينة خيالية إلى الساحة
    بقلم: شخص مخترع
    ٦ نيسان/أبريل ٢٠٣١
    قراءة ٣ دقائق
    ساحة السوق. صورة: وكالة خيالية
    قالت نقابة مخترعة إن الأعضاء استدعوا دون سؤالهم، وإن من بقي في بيته خاف على متجره.
    """)

AMERICAN = dedent("""\
    Clockmakers called to the square of Inventown
    By Ada Fictitious and Bo van Nowhere | 04/06/2031 | 2 min read

    Every clockmaker was called to the square, the Guild reports. Nobody was asked.
    """)


def words(text: str, proposed: Proposed | None) -> str:
    assert proposed is not None
    assert text[proposed.start : proposed.end] == proposed.value
    return proposed.value


def dates(proposal: Proposal) -> list[tuple[str, str, Order]]:
    return [(date.date.text, date.date.raw, date.order) for date in proposal.published]


def test_a_page_copied_with_its_furniture_gives_headline_author_and_date() -> None:
    proposal = read_pasted_article(GLUED)

    assert words(GLUED, proposal.title) == "Clockmakers of Inventown ordered to repair the parade clock"
    assert words(GLUED, proposal.author) == "Ada Fictitious"
    assert words(GLUED, proposal.standfirst).startswith("The Guild of Invented Clockmakers says")
    assert dates(proposal) == [
        ("2031-04-06", "06/04/2031", Order.DAY_FIRST),
        ("2031-04-06", "2031-04-06", Order.YEAR_FIRST),
    ]
    assert proposal.published[0].evidence is Evidence.OTHER_DATE_AGREES


def test_the_credit_of_a_picture_is_not_the_publisher() -> None:
    proposal = read_pasted_article(GLUED)

    assert proposal.publisher is None
    assert [words(GLUED, caption.credit) for caption in proposal.captions] == ["Imaginary Agency"]


def test_a_headline_printed_twice_is_found_twice() -> None:
    proposal = read_pasted_article(GLUED)

    assert proposal.title is not None
    assert proposal.title.reason is Reason.HEADLINE_REPEATED
    assert len(proposal.headline_repeats) == 1


def test_a_quotation_that_never_opens_is_pointed_at() -> None:
    (defect,) = read_pasted_article(GLUED).quote_defects

    assert defect.reason is Reason.CLOSING_WITHOUT_OPENING
    assert GLUED[: defect.start].endswith("his place in town,")


def test_a_ukrainian_page_with_labels() -> None:
    proposal = read_pasted_article(UKRAINIAN)

    assert words(UKRAINIAN, proposal.title) == "Годинникарів Вигадополя зібрали на площі без їхньої згоди"
    assert words(UKRAINIAN, proposal.author) == "Вигадана Персоненко та Ніхто Неіснуючий"
    assert dates(proposal)[0] == ("2031-04-06", "6 квітня 2031", Order.MONTH_NAMED)
    assert [words(UKRAINIAN, caption.credit) for caption in proposal.captions] == ["Вигадана агенція"]
    assert proposal.standfirst is None
    assert proposal.quote_defects == ()


def test_whom_a_page_relies_on_is_not_who_published_it() -> None:
    assert read_pasted_article(UKRAINIAN).publisher is None


def test_the_date_of_a_change_comes_after_that_of_publication() -> None:
    proposal = read_pasted_article(UKRAINIAN)

    assert [date.date.raw for date in proposal.published] == ["6 квітня 2031", "07.04.2031", "07.04.2031"]


def test_a_russian_page_with_its_address_above_and_its_author_below() -> None:
    proposal = read_pasted_article(RUSSIAN)

    assert words(RUSSIAN, proposal.title) == "Часовщиков Выдумска вызвали чинить парадные часы"
    assert words(RUSSIAN, proposal.author) == "Некто Выдуманный"
    assert words(RUSSIAN, proposal.standfirst).startswith("Им велели")
    assert dates(proposal)[0] == ("2031-04-06", "6 апреля 2031", Order.MONTH_NAMED)
    assert [defect.reason for defect in proposal.quote_defects] == [Reason.OPENING_WITHOUT_CLOSING]


def test_an_arabic_page() -> None:
    proposal = read_pasted_article(ARABIC)

    assert words(ARABIC, proposal.title) == "استدعاء صانعي الساعات في مدينة خيالية إلى الساحة"
    assert words(ARABIC, proposal.author) == "شخص مخترع"
    assert dates(proposal) == [("2031-04-06", "٦ نيسان/أبريل ٢٠٣١", Order.MONTH_NAMED)]
    assert [words(ARABIC, caption.credit) for caption in proposal.captions] == ["وكالة خيالية"]


def test_byline_date_and_reading_time_on_one_line() -> None:
    proposal = read_pasted_article(AMERICAN)

    assert words(AMERICAN, proposal.author) == "Ada Fictitious and Bo van Nowhere"
    assert [date.date.text for date in proposal.published] == ["2031-06-04", "2031-04-06"]
    assert all(date.is_ambiguous for date in proposal.published)


def test_a_stated_order_or_a_locale_settles_the_date() -> None:
    stated = read_pasted_article(AMERICAN, order=Order.MONTH_FIRST)
    local = read_pasted_article(AMERICAN, locale="en-US")

    assert [date.date.text for date in stated.published] == ["2031-04-06"]
    assert [date.date.text for date in local.published] == ["2031-04-06"]


def test_a_date_in_the_text_is_about_an_event_and_not_about_the_page() -> None:
    text = "A clock stops in Inventown\n\nBy Ada Fictitious\n\nIt stopped on 6 April 2031. Nobody saw it.\n"

    assert read_pasted_article(text).published == ()


def test_a_publisher_is_proposed_where_the_page_names_one() -> None:
    text = "A clock stops in Inventown\nPublished by The Invented Post\n6 April 2031\nIt stopped.\n"

    assert words(text, read_pasted_article(text).publisher) == "The Invented Post"


def test_a_quotation_over_several_paragraphs_is_no_defect() -> None:
    text = "A clock stops in Inventown\n\n“It stopped.\n\n“Nobody saw it,” she said.\n"

    assert read_pasted_article(text).quote_defects == ()


def test_german_and_straight_marks_pair_too() -> None:
    text = 'Годинник зупинився у Вигадополі\n\n„Він зупинився“, і "ніхто" не бачив.\n\n"Він зупинився.\n'

    assert [defect.reason for defect in read_pasted_article(text).quote_defects] == [Reason.ODD_NUMBER_OF_MARKS]


def test_a_headline_that_begins_like_a_byline_is_a_headline() -> None:
    text = "By the numbers: clocks of Inventown\nByron Fictitious was there\n\nNobody saw it.\n"
    proposal = read_pasted_article(text)

    assert proposal.author is None
    assert words(text, proposal.title) == "By the numbers: clocks of Inventown"


def test_a_text_that_says_nothing_about_itself_proposes_nothing_but_its_first_line() -> None:
    paragraph = "Every clockmaker was called to the square. " * 12

    assert read_pasted_article("") == Proposal()
    assert read_pasted_article(paragraph) == Proposal()
    assert read_pasted_article("The Guild says that a clock stopped.\nNobody saw it happen.\n") == Proposal()
    assert read_pasted_article(f"Clocks stop in town\n\n{paragraph}").standfirst is None


def test_the_article_that_started_it(shared: Path) -> None:
    text = (shared / "seed/article.txt").read_text(encoding="utf-8")

    proposal = read_pasted_article(text)

    assert words(text, proposal.title).startswith("Russians target Central Asian migrants")
    assert words(text, proposal.author) == "Yuri Zoria"
    assert dates(proposal)[0] == ("2025-02-09", "09/02/2025", Order.DAY_FIRST)
    assert {date.date.text for date in proposal.published} == {"2025-02-09"}
    assert proposal.publisher is None
    assert [words(text, caption.credit) for caption in proposal.captions] == ["RFE/RL"]
    assert len(proposal.headline_repeats) == 1
    assert [defect.reason for defect in proposal.quote_defects] == [Reason.CLOSING_WITHOUT_OPENING]
