-- Where a source comes from, one row a source that ever knocked: read beside an answer, never on the way of a line, so that
-- events stay as they were logged and a newer database changes what is shown of old ones too. Filled by ingest when it
-- looks for scans, and by `fireplot enrich`. Read with FINAL, for the sources in question alone (`src_ip IN (...)`).
CREATE TABLE IF NOT EXISTS fireplot.origins
(
    src_ip   IPv6 COMMENT 'IPv4 as ::ffff:a.b.c.d' CODEC(ZSTD(1)),
    country  LowCardinality(String) COMMENT 'ISO 3166-1, two letters; empty where no database knows',
    asn      UInt32 COMMENT 'Number of the autonomous system; 0 where no database knows' CODEC(ZSTD(1)),
    operator LowCardinality(String) COMMENT 'Who runs that system, as the database words it',
    at       UInt64 COMMENT 'When it was looked up, ms since the epoch; the highest counts' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(at)
ORDER BY src_ip
SETTINGS non_replicated_deduplication_window = 10000;
