"""Find words in what the desk holds: an index beside the tables, by subject, so that erasing erases words too.

The index is not drawn: it is made from exhibits when they are received and can be made again. SQLCipher: FTS5 with
its own secure-delete, without which deleted words stay in the pages of the index. PostgreSQL: a tsvector without a
dictionary, because no dictionary knows all the languages of our letters.
"""

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
    "CREATE INDEX search_text_lexemes ON search_text USING gin (lexemes)",
    "CREATE INDEX search_text_subject ON search_text (subject)",
)
SQLITE_FIND = "SELECT item, subject FROM search_text WHERE search_text MATCH %s ORDER BY rank LIMIT %s"
POSTGRES_FIND = "SELECT item, subject FROM search_text WHERE lexemes @@ phraseto_tsquery('simple', %s) LIMIT %s"
SHOWN = 50


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


def index(subject: str, exhibit: str, words: str) -> None:
    """Put an exhibit's words into the index."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("INSERT INTO search_text (subject, item, words) VALUES (%s, %s, %s)", [subject, exhibit, words])


def find(words: str) -> list[Found]:
    """Return the exhibits that hold these words beside each other, best first."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FIND, [words, SHOWN])
        else:
            # Quoted, so that no sign in the words is taken for an operator of the query language.
            cursor.execute(SQLITE_FIND, ['"' + words.replace('"', '""') + '"', SHOWN])
        return [Found(*row) for row in cursor.fetchall()]


def forget(subject: str) -> None:
    """Take a subject's words out of the index."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("DELETE FROM search_text WHERE subject = %s", [subject])
