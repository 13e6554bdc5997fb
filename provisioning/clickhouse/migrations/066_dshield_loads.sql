-- Files and URLs that figures of DShield were loaded from, with what a server said of a document's version, so that it is
-- asked only for what has changed. Read with FINAL.
CREATE TABLE IF NOT EXISTS fireplot.dshield_loads
(
    place    String COMMENT 'URL, or path of the file',
    figures  UInt32 COMMENT 'Days of ports, days of sources and days in all that it held',
    bad      UInt32 COMMENT 'Entries that could not be read',
    etag     String,
    modified String,
    at       UInt64 COMMENT 'ms since the epoch; the highest counts'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY place
SETTINGS non_replicated_deduplication_window = 10000;
