-- The workspace, version 1.
--
-- Every table is of one class, named in the comment above it (a test holds the classes against the file):
--   SHARED   journalled; written by history alone; what colleagues will replicate
--   JOURNAL  the actions and their changes, and the immutable free text that they refer to
--   DERIVED  can be rebuilt from the others at any time; never journalled
--   LOCAL    belongs to this copy on this machine
--
-- Conventions of shared tables:
--   id        local integer key: serves lists, joins and search, and never leaves the file
--   key       the UUID which never changes, its bytes rotated left by nine so that the random ones come first: one
--             index then finds a thing by its UUID and by the short id that a person types
--   action    the local id of the action that made the row (the start of its timeline)
--   deleted   the mark of deletion; rows are never removed, and nothing cascades
--   *_at, received, *_until, at    milliseconds since 1970 UTC
--   other columns   named exactly as the fields in the journal; a thing is referred to by its local id, a free text by
--             the local id of its content row
-- Every column that refers to a thing has an index of the live rows: an undo of a creation asks who would be left behind.
-- Choices are small numbers; the program's domain names them. Columns are only ever appended, with a constant default.

------------------------------------------------------------------------------------------------------------- JOURNAL

-- One undoable deed. CLASS: JOURNAL
CREATE TABLE action (
    id       INTEGER PRIMARY KEY,
    key      BLOB    NOT NULL UNIQUE,
    author   TEXT    NOT NULL,               -- mention name without @, or '' when unknown
    device   BLOB    NOT NULL,               -- UUID of the copy on which it was done
    at       INTEGER NOT NULL,
    verb     TEXT    NOT NULL,               -- stable name of the deed: link, assign, import, undo …
    words    TEXT    NOT NULL,               -- what it did, with {f1} … standing for things (texts stay out of the journal)
    undoes   INTEGER REFERENCES action (id), -- it reverses that action
    undone_by INTEGER REFERENCES action (id),-- it is reversed by that action; null while in effect
    changes  INTEGER NOT NULL DEFAULT 0      -- how many fields it changed
) STRICT;
CREATE INDEX action_by_undoes ON action (undoes) WHERE undoes IS NOT NULL;
-- What undo and redo look for: the newest of a hand on a device, and the newest of its deeds, and of its undos, in effect.
CREATE INDEX action_by_hand ON action (device, author);
CREATE INDEX action_in_effect ON action (device, author) WHERE undoes IS NULL AND undone_by IS NULL;
CREATE INDEX undo_in_effect ON action (device, author) WHERE undoes IS NOT NULL AND undone_by IS NULL;

-- The changes of an action, at most 5,000 rows of content each, serialised with a version. CLASS: JOURNAL
CREATE TABLE change_chunk (
    action   INTEGER NOT NULL REFERENCES action (id),
    sequence INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    data     BLOB    NOT NULL,
    PRIMARY KEY (action, sequence)
) STRICT, WITHOUT ROWID;

-- Immutable free text: revisions of feedback, comments, answers, notes, descriptions. The journal refers to it by key,
-- so that a million-row import stays small and erasing really erases. CLASS: JOURNAL
CREATE TABLE content (
    id       INTEGER PRIMARY KEY,
    key      BLOB    NOT NULL UNIQUE,
    title    TEXT,                           -- of a feedback revision; null elsewhere
    previous INTEGER REFERENCES content (id),-- the revision before this one
    body     TEXT    NOT NULL
) STRICT;

-------------------------------------------------------------------------------------------------------------- SHARED

-- A colleague. CLASS: SHARED
CREATE TABLE person (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    handle TEXT NOT NULL DEFAULT '', name TEXT, email TEXT, role INTEGER
) STRICT;
CREATE INDEX person_by_handle ON person (handle) WHERE deleted = 0;

-- An organisation that wants things. CLASS: SHARED
CREATE TABLE company (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '', domain TEXT, tier TEXT, revenue INTEGER, segment TEXT, renewal TEXT
) STRICT;
CREATE INDEX company_by_name ON company (name COLLATE NOCASE) WHERE deleted = 0;
CREATE INDEX company_by_tier ON company (tier COLLATE NOCASE) WHERE deleted = 0 AND tier IS NOT NULL;
CREATE INDEX company_by_segment ON company (segment COLLATE NOCASE) WHERE deleted = 0 AND segment IS NOT NULL;

-- Who wants it. CLASS: SHARED
CREATE TABLE customer (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '', email TEXT, company INTEGER REFERENCES company (id)
) STRICT;
CREATE INDEX customer_by_name ON customer (name COLLATE NOCASE) WHERE deleted = 0;
CREATE INDEX customer_by_company ON customer (company) WHERE deleted = 0 AND company IS NOT NULL;

-- A product area with its PM. CLASS: SHARED
CREATE TABLE area (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '', owner INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX area_by_owner ON area (owner) WHERE deleted = 0 AND owner IS NOT NULL;

-- A word which tells that a feedback belongs to an area. CLASS: SHARED
CREATE TABLE area_keyword (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    area INTEGER REFERENCES area (id), keyword TEXT
) STRICT;
CREATE INDEX area_keyword_by_area ON area_keyword (area) WHERE deleted = 0 AND area IS NOT NULL;

-- The areas and teams of a colleague. CLASS: SHARED
CREATE TABLE person_area (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    person INTEGER REFERENCES person (id), area INTEGER REFERENCES area (id)
) STRICT;
CREATE INDEX person_area_by_person ON person_area (person) WHERE deleted = 0 AND person IS NOT NULL;
CREATE INDEX person_area_by_area ON person_area (area) WHERE deleted = 0 AND area IS NOT NULL;
-- CLASS: SHARED
CREATE TABLE person_team (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    person INTEGER REFERENCES person (id), team TEXT
) STRICT;
CREATE INDEX person_team_by_person ON person_team (person) WHERE deleted = 0 AND person IS NOT NULL;

-- Which PM is on duty in the week of that Monday. CLASS: SHARED
CREATE TABLE duty_week (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    monday TEXT NOT NULL DEFAULT '', person INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX duty_week_by_monday ON duty_week (monday) WHERE deleted = 0;
CREATE INDEX duty_week_by_person ON duty_week (person) WHERE deleted = 0 AND person IS NOT NULL;

-- One inbound item. Its text is a content row; the title is copied here from the latest revision so that lists read this
-- table alone (derived, not journalled), and so are company_sort and links. CLASS: SHARED
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    content INTEGER REFERENCES content (id),
    source TEXT, origin TEXT, source_id TEXT, url TEXT,
    received INTEGER NOT NULL DEFAULT 0, received_offset INTEGER,   -- minutes east of UTC, as it came
    reporter INTEGER REFERENCES person (id), customer INTEGER REFERENCES customer (id),
    company INTEGER REFERENCES company (id),
    state INTEGER NOT NULL DEFAULT 0,        -- 0 unprocessed, 1 waiting, 2 processed, 3 archived
    resolution INTEGER, processed_at INTEGER,
    owner INTEGER REFERENCES person (id), area INTEGER REFERENCES area (id),
    importance INTEGER, kind INTEGER, needed_by TEXT, product_version TEXT, edition TEXT,
    snoozed_until INTEGER, waiting_until INTEGER,
    duplicate_of INTEGER REFERENCES feedback (id),
    answer_owed INTEGER NOT NULL DEFAULT 0, votes INTEGER NOT NULL DEFAULT 0,
    -- Derived copies, kept by the store when their origin changes.
    title TEXT NOT NULL DEFAULT '',
    company_sort TEXT NOT NULL DEFAULT '',   -- folded company name; without a company the highest text, so it sorts last
    links INTEGER NOT NULL DEFAULT 0,        -- live insights
    -- Open: unprocessed or waiting. What is hidden until a moment comes back by itself, because lists compare this column
    -- with the clock; there is no job that could be late.
    hidden_until INTEGER NOT NULL GENERATED ALWAYS AS
        (CASE state WHEN 0 THEN coalesce(snoozed_until, 0) WHEN 1 THEN coalesce(waiting_until, 0) ELSE 0 END) VIRTUAL,
    -- Negated, so that every index of a list ascends: critical −3 … not important 0, unset 1.
    importance_sort INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(-importance, 1)) VIRTUAL,
    -- 0 for nobody, so that "unassigned" is a range of an index like any owner.
    owner_sort INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(owner, 0)) VIRTUAL
) STRICT;
-- One index per sort order of the open feedback, for everyone and per owner.
CREATE INDEX feedback_open_by_age ON feedback (received, id) WHERE state < 2 AND deleted = 0;
CREATE INDEX feedback_open_by_importance ON feedback (importance_sort, received, id) WHERE state < 2 AND deleted = 0;
CREATE INDEX feedback_open_by_company ON feedback (company_sort, received, id) WHERE state < 2 AND deleted = 0;
CREATE INDEX feedback_owned_by_age ON feedback (owner_sort, received, id) WHERE state < 2 AND deleted = 0;
CREATE INDEX feedback_owned_by_importance ON feedback (owner_sort, importance_sort, received, id) WHERE state < 2 AND deleted = 0;
CREATE INDEX feedback_owned_by_company ON feedback (owner_sort, company_sort, received, id) WHERE state < 2 AND deleted = 0;
-- Hidden ones: few; counts subtract them by the clock.
CREATE INDEX feedback_hidden ON feedback (hidden_until, owner_sort, state) WHERE state < 2 AND deleted = 0 AND hidden_until > 0;
-- Everything, and the other ways in.
CREATE INDEX feedback_by_age ON feedback (received, id) WHERE deleted = 0;
CREATE INDEX feedback_by_company ON feedback (company, state, received) WHERE deleted = 0 AND company IS NOT NULL;
CREATE INDEX feedback_by_customer ON feedback (customer) WHERE deleted = 0 AND customer IS NOT NULL;
CREATE INDEX feedback_by_reporter ON feedback (reporter) WHERE deleted = 0 AND reporter IS NOT NULL;
CREATE INDEX feedback_by_owner ON feedback (owner) WHERE deleted = 0 AND owner IS NOT NULL;
CREATE INDEX feedback_by_area ON feedback (area) WHERE deleted = 0 AND area IS NOT NULL;
CREATE INDEX feedback_by_original ON feedback (duplicate_of) WHERE deleted = 0 AND duplicate_of IS NOT NULL;
CREATE INDEX feedback_by_processed ON feedback (processed_at) WHERE deleted = 0 AND processed_at IS NOT NULL;
CREATE INDEX feedback_owed ON feedback (received, id) WHERE deleted = 0 AND answer_owed = 1;

-- CLASS: SHARED
CREATE TABLE feedback_tag (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    feedback INTEGER REFERENCES feedback (id), tag TEXT
) STRICT;
CREATE INDEX feedback_tag_by_feedback ON feedback_tag (feedback) WHERE deleted = 0;
CREATE INDEX feedback_tag_by_tag ON feedback_tag (tag COLLATE NOCASE, feedback) WHERE deleted = 0;

-- A feature idea or bug that feedback asks for. CLASS: SHARED
CREATE TABLE idea (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    problem INTEGER REFERENCES content (id), solution INTEGER REFERENCES content (id),
    workaround INTEGER REFERENCES content (id), benefit INTEGER REFERENCES content (id),
    reason INTEGER REFERENCES content (id), reason_missing INTEGER NOT NULL DEFAULT 0,
    owner INTEGER REFERENCES person (id), area INTEGER REFERENCES area (id),
    kind INTEGER, status INTEGER NOT NULL DEFAULT 0, effort INTEGER, timeframe INTEGER, edition TEXT, stage INTEGER,
    merged_into INTEGER REFERENCES idea (id),
    source TEXT, origin TEXT, source_id TEXT, votes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX idea_by_owner ON idea (owner) WHERE deleted = 0 AND owner IS NOT NULL;
CREATE INDEX idea_by_area ON idea (area) WHERE deleted = 0 AND area IS NOT NULL;
CREATE INDEX idea_by_merged_into ON idea (merged_into) WHERE deleted = 0 AND merged_into IS NOT NULL;
-- Live ideas: to count them, and to find one by its title.
CREATE INDEX idea_live ON idea (title COLLATE NOCASE) WHERE deleted = 0 AND merged_into IS NULL;

-- A ticked (or unticked) item of an idea's checklist for general availability. CLASS: SHARED
CREATE TABLE idea_check (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    idea INTEGER REFERENCES idea (id), item TEXT, done INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX idea_check_by_idea ON idea_check (idea) WHERE deleted = 0;

-- The link from one feedback to one idea. CLASS: SHARED
CREATE TABLE insight (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    feedback INTEGER REFERENCES feedback (id), idea INTEGER REFERENCES idea (id),
    quote INTEGER REFERENCES content (id), quote_start INTEGER, quote_end INTEGER,   -- revision and byte range in its body
    importance INTEGER
) STRICT;
CREATE INDEX insight_by_feedback ON insight (feedback, idea) WHERE deleted = 0;
CREATE INDEX insight_by_idea ON insight (idea, feedback) WHERE deleted = 0;

-- A version with a date. CLASS: SHARED
CREATE TABLE release (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '', kind INTEGER NOT NULL DEFAULT 0, date TEXT, state INTEGER NOT NULL DEFAULT 0
) STRICT;

-- An idea in a release. CLASS: SHARED
CREATE TABLE release_item (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    release INTEGER REFERENCES release (id), idea INTEGER REFERENCES idea (id),
    position TEXT NOT NULL DEFAULT '',       -- fractional index: two people can reorder the same list
    health INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX release_item_by_release ON release_item (release, position) WHERE deleted = 0;
CREATE INDEX release_item_by_idea ON release_item (idea) WHERE deleted = 0;

-- A word on how a release item does; without text it says that nothing changed. CLASS: SHARED
CREATE TABLE update_note (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    release_item INTEGER REFERENCES release_item (id), text INTEGER REFERENCES content (id), health INTEGER,
    author INTEGER REFERENCES person (id), at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX update_note_by_item ON update_note (release_item, at) WHERE deleted = 0;
CREATE INDEX update_note_by_author ON update_note (author) WHERE deleted = 0 AND author IS NOT NULL;

-- Text on a feedback, an idea or a release item (exactly one of the three). CLASS: SHARED
CREATE TABLE comment (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    feedback INTEGER REFERENCES feedback (id), idea INTEGER REFERENCES idea (id),
    release_item INTEGER REFERENCES release_item (id),
    text INTEGER REFERENCES content (id), author INTEGER REFERENCES person (id), author_name TEXT,
    at INTEGER NOT NULL DEFAULT 0, to_reporter INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX comment_by_feedback ON comment (feedback, at) WHERE deleted = 0 AND feedback IS NOT NULL;
CREATE INDEX comment_by_idea ON comment (idea, at) WHERE deleted = 0 AND idea IS NOT NULL;
CREATE INDEX comment_by_release_item ON comment (release_item, at) WHERE deleted = 0 AND release_item IS NOT NULL;
CREATE INDEX comment_by_author ON comment (author) WHERE deleted = 0 AND author IS NOT NULL;

-- A link to a tracker, a design, a demo, a PRFAQ or a recording; of an idea or of a meeting. CLASS: SHARED
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    idea INTEGER REFERENCES idea (id), meeting INTEGER REFERENCES meeting (id), url TEXT, ticket_key TEXT, kind INTEGER
) STRICT;
CREATE INDEX ticket_by_idea ON ticket (idea) WHERE deleted = 0 AND idea IS NOT NULL;
CREATE INDEX ticket_by_meeting ON ticket (meeting) WHERE deleted = 0 AND meeting IS NOT NULL;

-- One occurrence of a kind of meeting. CLASS: SHARED
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    kind TEXT, title TEXT, at INTEGER, zone TEXT, minutes INTEGER, state INTEGER, notes INTEGER REFERENCES content (id)
) STRICT;
CREATE INDEX meeting_by_time ON meeting (kind, at) WHERE deleted = 0;

-- CLASS: SHARED
CREATE TABLE attendee (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    meeting INTEGER REFERENCES meeting (id), person INTEGER REFERENCES person (id)
) STRICT;
CREATE INDEX attendee_by_meeting ON attendee (meeting) WHERE deleted = 0;
CREATE INDEX attendee_by_person ON attendee (person) WHERE deleted = 0 AND person IS NOT NULL;

-- A point of a meeting; without a meeting it is queued for the next weekly sync. CLASS: SHARED
CREATE TABLE agenda_item (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    meeting INTEGER REFERENCES meeting (id), title TEXT, presenter INTEGER REFERENCES person (id), minutes INTEGER,
    notes INTEGER REFERENCES content (id), confidential INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,        -- 0 queued, 1 discussed, 2 carried over
    position TEXT, feedback INTEGER REFERENCES feedback (id), idea INTEGER REFERENCES idea (id),
    release_item INTEGER REFERENCES release_item (id)
) STRICT;
CREATE INDEX agenda_item_by_meeting ON agenda_item (meeting, position) WHERE deleted = 0;
CREATE INDEX agenda_item_by_presenter ON agenda_item (presenter) WHERE deleted = 0 AND presenter IS NOT NULL;
CREATE INDEX agenda_item_by_feedback ON agenda_item (feedback) WHERE deleted = 0 AND feedback IS NOT NULL;
CREATE INDEX agenda_item_by_idea ON agenda_item (idea) WHERE deleted = 0 AND idea IS NOT NULL;
CREATE INDEX agenda_item_by_release_item ON agenda_item (release_item) WHERE deleted = 0 AND release_item IS NOT NULL;

-- CLASS: SHARED
CREATE TABLE agenda_document (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    agenda_item INTEGER REFERENCES agenda_item (id), url TEXT
) STRICT;
CREATE INDEX agenda_document_by_item ON agenda_document (agenda_item) WHERE deleted = 0;

-- A promise from a meeting. CLASS: SHARED
CREATE TABLE action_step (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    meeting INTEGER REFERENCES meeting (id), agenda_item INTEGER REFERENCES agenda_item (id),
    text INTEGER REFERENCES content (id), owner INTEGER REFERENCES person (id), due TEXT, done_at INTEGER
) STRICT;
CREATE INDEX action_step_open ON action_step (due) WHERE deleted = 0 AND done_at IS NULL;
CREATE INDEX action_step_by_meeting ON action_step (meeting) WHERE deleted = 0 AND meeting IS NOT NULL;
CREATE INDEX action_step_by_agenda_item ON action_step (agenda_item) WHERE deleted = 0 AND agenda_item IS NOT NULL;
CREATE INDEX action_step_by_owner ON action_step (owner) WHERE deleted = 0 AND owner IS NOT NULL;

-- A message to a person: what it says is shared; whether this copy has delivered it is in delivery. CLASS: SHARED
CREATE TABLE message (
    id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, action INTEGER NOT NULL REFERENCES action (id),
    deleted INTEGER NOT NULL DEFAULT 0,
    kind INTEGER,                            -- 0 answer, 1 question, 2 assignment, 3 update asked for
    person INTEGER REFERENCES person (id), customer INTEGER REFERENCES customer (id),
    feedback INTEGER REFERENCES feedback (id), idea INTEGER REFERENCES idea (id),
    release_item INTEGER REFERENCES release_item (id), comment INTEGER REFERENCES comment (id),
    text INTEGER REFERENCES content (id), at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX message_by_feedback ON message (feedback) WHERE deleted = 0 AND feedback IS NOT NULL;
CREATE INDEX message_by_person ON message (person) WHERE deleted = 0 AND person IS NOT NULL;
CREATE INDEX message_by_customer ON message (customer) WHERE deleted = 0 AND customer IS NOT NULL;
CREATE INDEX message_by_idea ON message (idea) WHERE deleted = 0 AND idea IS NOT NULL;
CREATE INDEX message_by_release_item ON message (release_item) WHERE deleted = 0 AND release_item IS NOT NULL;
CREATE INDEX message_by_comment ON message (comment) WHERE deleted = 0 AND comment IS NOT NULL;

------------------------------------------------------------------------------------------------------------- DERIVED

-- Which actions touched which thing after it was made. Undo actions are left out: they are found through what they undo.
-- CLASS: DERIVED
CREATE TABLE touched (
    entity INTEGER NOT NULL,                 -- number of the entity in the program's list
    thing  INTEGER NOT NULL,                 -- local id
    action INTEGER NOT NULL,
    PRIMARY KEY (entity, thing, action)
) STRICT, WITHOUT ROWID;

-- How much feedback there is per state and owner (0: nobody), so that nothing is counted at start. CLASS: DERIVED
CREATE TABLE feedback_count (
    state INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (state, owner)
) STRICT, WITHOUT ROWID;

-- How much an idea is wanted. CLASS: DERIVED
CREATE TABLE idea_demand (
    idea      INTEGER PRIMARY KEY,
    demand    INTEGER NOT NULL,
    insights  INTEGER NOT NULL,
    changed   INTEGER NOT NULL               -- when anything about the idea last changed
) STRICT;

-- Whom a comment mentions: the handle as it stands there, so that it does not matter which of the two came first.
-- CLASS: DERIVED
CREATE TABLE mention (
    comment INTEGER NOT NULL,
    handle  TEXT    NOT NULL,
    PRIMARY KEY (comment, handle)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_handle ON mention (handle);

-- Search: terms of feedback and ideas, cut by the program's own rules (the tokenizer only splits at blanks).
-- CLASS: DERIVED
CREATE VIRTUAL TABLE feedback_search USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = 'ascii'
);
-- CLASS: DERIVED
CREATE VIRTUAL TABLE idea_search USING fts5 (
    terms, content = '', contentless_delete = 1, tokenize = 'ascii'
);

--------------------------------------------------------------------------------------------------------------- LOCAL

-- Settings of this copy: its device id, the last view. CLASS: LOCAL
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Half-written text, by the prompt it was typed into. CLASS: LOCAL
CREATE TABLE draft (
    prompt TEXT PRIMARY KEY,
    text   TEXT    NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Filters saved under a name. CLASS: LOCAL
CREATE TABLE saved_view (
    name   TEXT PRIMARY KEY,
    filter TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What this copy did to deliver a message. No row: waiting. CLASS: LOCAL
CREATE TABLE delivery (
    message INTEGER PRIMARY KEY,
    state   INTEGER NOT NULL,                -- 0 waiting, 1 sent, 2 failed
    tries   INTEGER NOT NULL DEFAULT 0,
    at      INTEGER,
    error   TEXT
) STRICT;

-- Column mappings of imports, saved under a name. CLASS: LOCAL
CREATE TABLE import_mapping (
    name    TEXT PRIMARY KEY,
    mapping TEXT NOT NULL
) STRICT, WITHOUT ROWID;
