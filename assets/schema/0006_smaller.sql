-- The workspace, version 6: the texts of a large import take half the room, and the lists of the search index leave less of it empty.

-- What texts are packed by: the words, and the neighbours, which many of the first texts had in common, and nothing that only
-- a few of them said. There is at most one so far. Without it the packed texts cannot be read. CLASS: JOURNAL
CREATE TABLE text_dictionary (
    id   INTEGER PRIMARY KEY,                -- 1 to 255
    data BLOB    NOT NULL,
    hash BLOB    NOT NULL                    -- SHA-256 of data: by a damaged one, texts would be read as others
) STRICT;

-- Title and body packed (src/store/texts.rs): the title is null then, and the body empty. Texts that came before, or by hand, or
-- would not be shorter, stay as they are.
ALTER TABLE content ADD COLUMN packed BLOB;

-- The lists of the search index, in a table with row ids. In one without them a list of a thousand bytes goes on in pages of its
-- own already, and the last of those stays half empty: a fifth of the index was such room.

-- Which feedback of a segment has a term. Prefixes (`ab*`) that many terms begin with have a row as well, and so has the
-- week in which it was received (`#02917`, in weeks since 1970). CLASS: DERIVED
CREATE TABLE search_list (
    id        INTEGER PRIMARY KEY,           -- the order of the terms, within a segment
    segment   INTEGER NOT NULL,
    term      TEXT    NOT NULL,
    documents INTEGER NOT NULL,              -- how many
    data      BLOB    NOT NULL               -- which: gaps as variable-length numbers, or one bit each
) STRICT;
INSERT INTO search_list (segment, term, documents, data)
    SELECT segment, term, documents, data FROM search_posting ORDER BY segment, term;
CREATE UNIQUE INDEX search_list_by_term ON search_list (segment, term);
DROP TABLE search_posting;
