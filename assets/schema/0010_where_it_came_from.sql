-- The workspace, version 10: from where feedback came, so that it is found by its number there.
--
-- The identity of imported feedback follows from source, origin and id there. Whoever types an id alone (a number, PT-2) is
-- answered by looking up what it would be from each origin: they are few, and an index of a million ids is saved. CLASS: DERIVED
CREATE TABLE came_from (
    source TEXT NOT NULL, origin TEXT NOT NULL,
    PRIMARY KEY (source, origin)
) STRICT, WITHOUT ROWID;

INSERT INTO came_from (source, origin)
    SELECT DISTINCT source, origin FROM feedback WHERE source IS NOT NULL AND origin IS NOT NULL AND source_id IS NOT NULL;

-- What somebody noted by hand has no id elsewhere, but often a link. There is little of that.
CREATE INDEX feedback_by_link ON feedback (url) WHERE url IS NOT NULL AND source_id IS NULL AND deleted = 0;

-- Ideas are found by the keys and links of their tickets, too: whoever opens the file next indexes them anew.
INSERT INTO idea_search (idea_search) VALUES ('delete-all');
