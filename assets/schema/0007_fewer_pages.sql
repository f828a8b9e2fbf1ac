-- The workspace, version 7: a deed writes fewer pages of the file, each of which it waits for.

-- The changes of an action, where they are few: in its own row, which is written anyway. Others, and all of those that came
-- before, are chunks of their own.
ALTER TABLE action ADD COLUMN version INTEGER;   -- of the layout of data
ALTER TABLE action ADD COLUMN data BLOB;         -- its first chunk, where that is short; others are in change_chunk

-- Nobody asks for the newest action of a hand but for those in effect, which have an index of their own.
DROP INDEX action_by_hand;
-- A message that goes with a comment is about the same feedback, by which it is found.
DROP INDEX message_by_comment;
-- Without the state: what is processed keeps its place.
DROP INDEX feedback_by_company;
CREATE INDEX feedback_by_company ON feedback (company, received) WHERE deleted = 0 AND company IS NOT NULL;

-- A link leaves the words of its idea for later: it notes where it writes anyway that they are others now (the mark changes),
-- and by how many links those that are written lag behind. With them stands which texts they are of.
ALTER TABLE idea_demand ADD COLUMN mark INTEGER; -- changes whenever the words do; null for an idea that has none
ALTER TABLE idea_demand ADD COLUMN lag INTEGER NOT NULL DEFAULT 0;
UPDATE idea_demand SET mark = (SELECT mark FROM idea_profile WHERE idea_profile.idea = idea_demand.idea);
DROP INDEX idea_profile_mark;
ALTER TABLE idea_profile DROP COLUMN mark;
ALTER TABLE idea_profile ADD COLUMN texts TEXT NOT NULL DEFAULT '';    -- local ids of content, with blanks between them
UPDATE idea_profile SET words = rtrim(words), texts = coalesce((SELECT group_concat(content, ' ') FROM (
    SELECT DISTINCT insight.feedback, feedback.content FROM insight JOIN feedback ON feedback.id = insight.feedback
    WHERE insight.idea = idea_profile.idea AND insight.deleted = 0 AND feedback.deleted = 0
    ORDER BY insight.feedback DESC LIMIT 64)), '');
