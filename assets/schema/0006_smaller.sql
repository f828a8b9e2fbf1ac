-- The workspace, version 6: the texts of a large import take half the room.

-- What texts are packed by: the words, and the neighbours, which many of the first texts had in common, and nothing that only
-- a few of them said. There is at most one so far. Without it the packed texts cannot be read. CLASS: JOURNAL
CREATE TABLE text_dictionary (
    id   INTEGER PRIMARY KEY,                -- 1 to 255
    data BLOB    NOT NULL
) STRICT;

-- Title and body packed (src/store/texts.rs): the title is null then, and the body empty. Texts that came before, or by hand, or
-- would not be shorter, stay as they are.
ALTER TABLE content ADD COLUMN packed BLOB;
