-- What an idea is known by, for suggestions: its own words and those of the feedback linked to it last, by their stems
-- and with counts (`board 2 export 5`). Retired ideas have none. CLASS: DERIVED
CREATE TABLE idea_profile (
    idea  INTEGER PRIMARY KEY,
    mark  INTEGER NOT NULL,                  -- changes whenever the words do
    words TEXT    NOT NULL
) STRICT;
-- What a window that is open compares to notice what others have changed, without reading the words.
CREATE INDEX idea_profile_mark ON idea_profile (idea, mark);
