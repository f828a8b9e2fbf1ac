-- The workspace, version 11: an idea is known by what was linked to it last, however old that is.

-- The links of an idea in the order in which they were made: an index of a column has the rows of one value in their order. That
-- of (idea, feedback) was larger, and told which feedback came into the workspace last.
DROP INDEX insight_by_idea;
CREATE INDEX insight_by_idea ON insight (idea) WHERE deleted = 0;

-- Of more links than count, others may count now: the words lag behind until somebody asks for them.
UPDATE idea_demand SET lag = 1 WHERE lag = 0 AND mark IS NOT NULL AND insights > 64;
