"""What can be searched, canvas by canvas, with its index of words."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table and its index; they begin empty, and rendering the records fills them."""
    op.create_table(
        "passages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("lines", sa.LargeBinary),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION passage_terms(text) RETURNS tsvector IMMUTABLE STRICT COST 10000"
            " LANGUAGE plpgsql"
            r" AS $$BEGIN RETURN array_to_tsvector(string_to_array(translate($1, E'\n\013', '  '), ' ')); END$$"
        )
        op.execute("CREATE INDEX passage_words ON passages USING gin (passage_terms(words))")
        op.execute("ALTER TABLE passages ALTER COLUMN lines SET STORAGE EXTERNAL")
        return
    op.execute(
        "CREATE VIRTUAL TABLE passage_words USING fts5("
        "words, content='passages', content_rowid='id', tokenize='ascii', columnsize='0', prefix='1')"
    )
    op.execute(
        "CREATE TRIGGER passage_comes AFTER INSERT ON passages BEGIN"
        " INSERT INTO passage_words (rowid, words) VALUES (new.id, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER passage_goes AFTER DELETE ON passages BEGIN"
        " INSERT INTO passage_words (passage_words, rowid, words) VALUES ('delete', old.id, old.words); END"
    )
