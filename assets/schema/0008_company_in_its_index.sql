-- The workspace, version 8: what else a company has open is told by an index alone, and a deed leaves more for later.

-- With the company itself behind its name: who asks what else a company has open need not read the rows.
DROP INDEX feedback_open_by_company;
CREATE INDEX feedback_open_by_company ON feedback (company_sort, received, id, company) WHERE state < 2 AND deleted = 0;

-- The newest action of a hand that is in effect is among the newest of all: who undoes walks back to it.
DROP INDEX action_in_effect;

-- A deed notes of which feedback the texts have changed. By which terms it is found then, whoever searches finds out for
-- itself, until an idle moment writes it down.
ALTER TABLE search_tail RENAME TO search_tail_before;

-- What is new or changed since the segments were written: of a feedback the newest row counts, and its segment no longer.
-- The sequence goes on where the stamps of the segments are, and no number comes twice, so that a window that is open
-- reads only what is new. CLASS: DERIVED
CREATE TABLE search_tail (
    sequence INTEGER PRIMARY KEY,
    feedback INTEGER NOT NULL,
    terms    TEXT                            -- with blanks between them; empty when it is deleted; null until they are written down
) STRICT;
INSERT INTO search_tail (sequence, feedback, terms) SELECT sequence, feedback, terms FROM search_tail_before;
DROP TABLE search_tail_before;

-- Who wants an idea, as a few bits for each (a Bloom filter): of whoever is not in it, nobody has to look for another voice.
ALTER TABLE idea_demand ADD COLUMN wanters BLOB;         -- null until all voices were heard once

-- How many ideas there are, in a few pages: the rows have grown.
CREATE INDEX idea_demand_counted ON idea_demand (idea);
