-- Which occurrence of a kind a meeting is, and how one goes that is being held.

-- What the calendar of the kind calls it: a day, `release`, or the moment for which it was planned by hand. Together with
-- kind and area, person or release it is what the identity of the row follows from.
ALTER TABLE meeting ADD COLUMN slot TEXT;
ALTER TABLE meeting ADD COLUMN area INTEGER REFERENCES area (id);
ALTER TABLE meeting ADD COLUMN person INTEGER REFERENCES person (id);
ALTER TABLE meeting ADD COLUMN release INTEGER REFERENCES release (id);
-- When it was really begun and ended.
ALTER TABLE meeting ADD COLUMN started INTEGER;
ALTER TABLE meeting ADD COLUMN finished INTEGER;
CREATE INDEX meeting_by_slot ON meeting (kind, slot) WHERE deleted = 0;
CREATE INDEX meeting_by_area ON meeting (area) WHERE deleted = 0 AND area IS NOT NULL;
CREATE INDEX meeting_by_person ON meeting (person) WHERE deleted = 0 AND person IS NOT NULL;
CREATE INDEX meeting_by_release ON meeting (release) WHERE deleted = 0 AND release IS NOT NULL;

-- What was done since the last meeting.
CREATE INDEX action_step_done ON action_step (done_at) WHERE deleted = 0 AND done_at IS NOT NULL;

-- What the gate asks for: few rows each, in a table that may be long.
CREATE INDEX idea_reason_missing ON idea (id) WHERE deleted = 0 AND reason_missing = 1;
CREATE INDEX idea_refused ON idea (id) WHERE deleted = 0 AND merged_into IS NULL AND status = 5;

-- How long each item of a meeting has taken that is held at this copy, and which is at hand. Meeting and item are the keys
-- of rows which may not be there yet. CLASS: LOCAL
CREATE TABLE time_box (
    meeting BLOB    NOT NULL,
    item    BLOB    NOT NULL,
    spent   INTEGER NOT NULL DEFAULT 0,      -- milliseconds before the clock was started last
    since   INTEGER,                         -- when it was started last; null while it stands still
    at_hand INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (meeting, item)
) STRICT, WITHOUT ROWID;
