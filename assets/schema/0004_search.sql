-- Search over feedback as one types, by posting lists (src/postings/). The full-text table that did it took 15 ms for a
-- frequent word and a second for one letter in a million items; for the ideas, which are few, it stays.
DROP TABLE feedback_search;

-- A part of the index: up to 131,072 feedback items. CLASS: DERIVED
CREATE TABLE search_segment (
    id        INTEGER PRIMARY KEY,
    stamp     INTEGER NOT NULL UNIQUE,       -- grows with whatever is done to the index; see search_tail.sequence
    documents BLOB    NOT NULL,              -- local ids of its feedback, a roaring bitmap
    dead      BLOB    NOT NULL               -- thereof what another segment tells about now, or nobody
) STRICT;

-- Which feedback of a segment has a term. Prefixes (`ab*`) that many terms begin with have a row as well, and so has the
-- week in which it was received (`#02917`, in weeks since 1970). CLASS: DERIVED
CREATE TABLE search_posting (
    segment   INTEGER NOT NULL,
    term      TEXT    NOT NULL,
    documents INTEGER NOT NULL,              -- how many
    data      BLOB    NOT NULL,              -- which: gaps as variable-length numbers, or one bit each
    PRIMARY KEY (segment, term)
) STRICT, WITHOUT ROWID;

-- What is new or changed since the segments were written: of a feedback the newest row counts, and its segment no longer.
-- The sequence goes on where the stamps of the segments are, and no number comes twice, so that a window that is open
-- reads only what is new. CLASS: DERIVED
CREATE TABLE search_tail (
    sequence INTEGER PRIMARY KEY,
    feedback INTEGER NOT NULL,
    terms    TEXT    NOT NULL                -- with blanks between them; empty when it is deleted
) STRICT;

-- Which feedback is open (unprocessed or waiting, and not deleted): a bit for each of 4,096 local ids. CLASS: DERIVED
CREATE TABLE open_feedback (
    block INTEGER PRIMARY KEY,
    bits  BLOB    NOT NULL
) STRICT;
