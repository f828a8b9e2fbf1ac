-- The workspace, version 2: what came as HTML is kept beside the text that was made readable from it, and an import finds
-- a colleague by the e-mail address that another tool knows them by.

ALTER TABLE content ADD COLUMN original TEXT;    -- the HTML that the body was made from; null where it came as text

CREATE INDEX person_by_email ON person (email COLLATE NOCASE) WHERE deleted = 0 AND email IS NOT NULL;
