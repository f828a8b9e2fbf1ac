-- The workspace, version 8: what else a company says is counted in an index alone, which the first frame and every move wait for.

-- With the company at the end: others may be sorted by the same word, and to tell them apart each row had to be read.
DROP INDEX feedback_open_by_company;
CREATE INDEX feedback_open_by_company ON feedback (company_sort, received, id, company) WHERE state < 2 AND deleted = 0;
