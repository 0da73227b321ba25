"""Find words in what the desk holds: an index beside the tables, by subject, so that erasing erases words too.

The index is not drawn: it is made from exhibits in the step that records them. SQLCipher: FTS5 with its own
secure-delete, without which deleted words stay in the pages of the index. PostgreSQL: a tsvector without a
dictionary, because no dictionary knows all the languages of our letters; and without statistics, because those would
keep words of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Raw SQL: the ORM knows neither FTS5 nor a generated tsvector.
SQLITE_TABLES = (
    "CREATE VIRTUAL TABLE search_text USING fts5(subject UNINDEXED, item UNINDEXED, words,"
    ' tokenize = "unicode61 remove_diacritics 2")',
    "INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1)",
)
POSTGRES_TABLES = (
    "CREATE TABLE search_text (subject varchar(32) NOT NULL, item varchar(32) NOT NULL, words text NOT NULL,"
    " lexemes tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED)",
    "ALTER TABLE search_text ALTER words SET STATISTICS 0, ALTER lexemes SET STATISTICS 0",
    "CREATE INDEX search_text_lexemes ON search_text USING gin (lexemes)",
    "CREATE INDEX search_text_subject ON search_text (subject)",
)
SQLITE_FIND = "SELECT item, subject FROM search_text WHERE search_text MATCH %s ORDER BY rank LIMIT %s"
POSTGRES_FIND = "SELECT item, subject FROM search_text WHERE lexemes @@ phraseto_tsquery('simple', %s) LIMIT %s"
SHOWN = 50

# PostgreSQL numbers no more than 16,383 words of one row, and a word and its space take two characters at least. Pieces
# overlap, so that a phrase is found wherever it stands.
PIECE_CHARACTERS, OVERLAP_CHARACTERS = 30_000, 300


@dataclass(frozen=True, slots=True)
class Words:
    """The text of an exhibit, to be found again under its subject."""

    subject: str
    exhibit: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """An exhibit that holds the words, and the subject it belongs to."""

    exhibit: str
    subject: str


def create_tables(connection: BaseDatabaseWrapper) -> None:
    """Create the index's tables in a new database."""
    with connection.cursor() as cursor:
        for statement in POSTGRES_TABLES if connection.vendor == "postgresql" else SQLITE_TABLES:
            cursor.execute(statement)


def index(words: Words) -> None:
    """Put an exhibit's words into the index."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_text (subject, item, words) VALUES (%s, %s, %s)",
            [(words.subject, words.exhibit, piece) for piece in _pieces(words.text)],
        )


def find(words: str) -> list[Found]:
    """Return the exhibits that hold these words beside each other, best first."""
    connection = connections[DEFAULT_DB_ALIAS]
    words = words.replace("\x00", " ")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FIND, [words, SHOWN])
        else:
            # Quoted, so that no sign in the words is taken for an operator of the query language.
            cursor.execute(SQLITE_FIND, ['"' + words.replace('"', '""') + '"', SHOWN])
        return list(dict.fromkeys(Found(*row) for row in cursor.fetchall()))


def forget(subject: str) -> None:
    """Take a subject's words out of the index."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("DELETE FROM search_text WHERE subject = %s", [subject])


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, max(len(text), 1), PIECE_CHARACTERS):
        # No database text holds a NUL, and nobody searches for one.
        yield text[start : start + PIECE_CHARACTERS + OVERLAP_CHARACTERS].replace("\x00", " ")
