-- The source reference of each item, sealed under a key that the node's secret of ids gives, so that
-- receipts can name it. It is in no file in clear, and an erasure removes it. Items of before this
-- table have none.
CREATE TABLE source_references (item BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
