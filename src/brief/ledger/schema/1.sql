-- Version 1 of the ledger. Once a version has been published its file is never changed: later versions add files.
--
-- Moments are microseconds since 1970 (UTC). SHA-256 are lower-case hexadecimal. What is called `packed` is zlib.

PRAGMA application_id = 1164994932; -- "Epit", see `open.rs`.

-- What articles are about is in their revisions; an article is what these have in common.
CREATE TABLE article (
    id         INTEGER PRIMARY KEY,
    first_seen INTEGER NOT NULL
) STRICT;

-- By what an article is recognised: hashes, for a stranger chooses how long a guid is. See `identity.rs`.
CREATE TABLE article_key (
    key     BLOB PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id)
) STRICT, WITHOUT ROWID;

-- A text of an article. Revisions are numbered from 1 within their article.
CREATE TABLE revision (
    id        INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES article (id),
    number    INTEGER NOT NULL,
    seen      INTEGER NOT NULL,
    source    TEXT NOT NULL,
    section   TEXT NOT NULL,
    title     TEXT NOT NULL,
    publisher TEXT NOT NULL,
    url       TEXT,
    published TEXT,
    sha256    TEXT NOT NULL,
    excerpt   INTEGER NOT NULL,
    UNIQUE (article, number)
) STRICT;
CREATE INDEX revision_by_seen ON revision (seen);

-- Apart from its revision, so that reading about revisions does not mean reading all that was ever written.
CREATE TABLE record (
    revision INTEGER PRIMARY KEY REFERENCES revision (id),
    packed   BLOB NOT NULL
) STRICT;

-- What each source said last of an article: two feeds with two texts of one article do not revise each other for ever.
-- `texts` are SHA-256 with spaces between them: one in all but odd feeds.
CREATE TABLE sighting (
    article INTEGER NOT NULL REFERENCES article (id),
    source  TEXT NOT NULL,
    texts   TEXT NOT NULL,
    guid    BLOB,
    link    BLOB,
    PRIMARY KEY (article, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE feed (
    url   TEXT PRIMARY KEY,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
    path     TEXT PRIMARY KEY,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channel (
    name    TEXT PRIMARY KEY,
    since   INTEGER NOT NULL,
    retired INTEGER
) STRICT, WITHOUT ROWID;

-- What a channel has still to consider: the current revision of an article, until an edition that considered it is
-- delivered. Rows go when they are settled, so that years of settled articles cost nothing.
CREATE TABLE unsettled (
    channel  TEXT NOT NULL REFERENCES channel (name),
    article  INTEGER NOT NULL REFERENCES article (id),
    revision INTEGER NOT NULL REFERENCES revision (id),
    PRIMARY KEY (channel, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition (
    number       INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    made         INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    window_end   INTEGER NOT NULL,
    zone         TEXT NOT NULL,
    title        TEXT NOT NULL,
    sha256       TEXT NOT NULL
) STRICT;

CREATE TABLE bundle (
    edition INTEGER PRIMARY KEY REFERENCES edition (number),
    packed  BLOB NOT NULL
) STRICT;

CREATE TABLE form (
    edition INTEGER NOT NULL REFERENCES edition (number),
    name    TEXT NOT NULL,
    packed  BLOB NOT NULL,
    PRIMARY KEY (edition, name)
) STRICT;

CREATE TABLE story (
    id       INTEGER PRIMARY KEY,
    edition  INTEGER NOT NULL REFERENCES edition (number),
    position INTEGER NOT NULL,
    section  TEXT NOT NULL,
    story    TEXT NOT NULL,
    title    TEXT NOT NULL,
    articles INTEGER NOT NULL,
    voices   INTEGER NOT NULL,
    text     TEXT NOT NULL,
    UNIQUE (edition, position)
) STRICT;

-- The text itself stays in `story`: the index only points there.
CREATE VIRTUAL TABLE story_index USING fts5 (
    title, text, content = 'story', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER story_indexed AFTER INSERT ON story BEGIN
    INSERT INTO story_index (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

-- The revisions that an edition told of, or passed over.
CREATE TABLE considered (
    edition  INTEGER NOT NULL REFERENCES edition (number),
    revision INTEGER NOT NULL REFERENCES revision (id),
    PRIMARY KEY (edition, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX considered_by_revision ON considered (revision);

-- The sentences of an edition. They are told to a channel when the edition is delivered to it.
CREATE TABLE sentence (
    edition  INTEGER NOT NULL REFERENCES edition (number),
    position INTEGER NOT NULL,
    story    TEXT NOT NULL,
    quote    TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    source   TEXT NOT NULL,
    language TEXT,
    PRIMARY KEY (edition, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX sentence_by_sha256 ON sentence (sha256);

CREATE TABLE delivery (
    edition    INTEGER NOT NULL REFERENCES edition (number),
    channel    TEXT NOT NULL REFERENCES channel (name),
    status     TEXT NOT NULL CHECK (status IN ('pending', 'sending', 'uncertain', 'delivered', 'given_up')),
    attempts   INTEGER NOT NULL,
    changed    INTEGER NOT NULL,
    last_error TEXT,
    receipt    TEXT,
    PRIMARY KEY (edition, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_outstanding ON delivery (edition, channel) WHERE status IN ('pending', 'sending', 'uncertain');
CREATE INDEX delivery_delivered ON delivery (channel, changed) WHERE status = 'delivered';
