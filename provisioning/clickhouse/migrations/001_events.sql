-- One row a firewall event. Columns are declared in ingest/src/event/columns.ts; a test holds the two together.
-- The hour leads the sort key so that every query bounded by time reads few ranges; a port or source filter
-- then narrows inside the hour. No TTL here: `fireplot retention` sets one, so that a backfill is never eaten.
-- The projections hold row numbers alone (4 bytes an event each): with the time in them they would be twice as
-- large and find nothing more, since the hour bounds the rows already. ZSTD(1) packs lines tighter than ZSTD(3).
-- A batch of 50,000 rows stays one file (compact part) until merges have made more of it: a file a column would
-- cost more in creating and deleting files than in writing them.
CREATE TABLE IF NOT EXISTS fireplot.events
(
    time        DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received    DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    seq         UInt32 CODEC(Delta, ZSTD(1)),
    batch       UInt64 CODEC(ZSTD(1)),
    sensor      LowCardinality(String),
    dialect     LowCardinality(String),
    action      Enum8('unknown' = 0, 'allow' = 1, 'drop' = 2, 'reject' = 3, 'alert' = 4),
    class       UInt8,
    direction   Enum8('unknown' = 0, 'in' = 1, 'out' = 2, 'forward' = 3),
    iface_in    LowCardinality(String),
    iface_out   LowCardinality(String),
    proto       UInt8,
    src_ip      IPv6 CODEC(ZSTD(1)),
    dst_ip      IPv6 CODEC(ZSTD(1)),
    src_port    UInt16 CODEC(ZSTD(1)),
    dst_port    UInt16 CODEC(ZSTD(1)),
    tcp_flags   Nullable(UInt8),
    icmp_type   Nullable(UInt8),
    icmp_code   Nullable(UInt8),
    ttl         Nullable(UInt8),
    ip_id       Nullable(UInt16),
    tcp_window  Nullable(UInt16),
    tcp_seq     Nullable(UInt32),
    length      Nullable(UInt32),
    count       UInt32 DEFAULT 1,
    packets     UInt64 CODEC(ZSTD(1)),
    bytes       UInt64 CODEC(ZSTD(1)),
    duration_ms UInt32 CODEC(ZSTD(1)),
    nat_src_ip  IPv6 CODEC(ZSTD(1)),
    nat_dst_ip  IPv6 CODEC(ZSTD(1)),
    nat_src_port UInt16 CODEC(ZSTD(1)),
    nat_dst_port UInt16 CODEC(ZSTD(1)),
    rule        LowCardinality(String),
    signature   String CODEC(ZSTD(1)),
    severity    UInt8,
    qname       String CODEC(ZSTD(1)),
    intel       UInt8,
    src_asn     UInt32 CODEC(ZSTD(1)),
    src_country LowCardinality(String),
    attrs       Map(LowCardinality(String), String),
    message     String CODEC(ZSTD(1)),
    INDEX received_minmax received TYPE minmax GRANULARITY 1,
    PROJECTION by_src (SELECT _part_offset ORDER BY src_ip),
    PROJECTION by_dst (SELECT _part_offset ORDER BY dst_ip)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(time)
PRIMARY KEY (toStartOfHour(time), dst_port, src_ip)
ORDER BY (toStartOfHour(time), dst_port, src_ip, time, seq)
SETTINGS non_replicated_deduplication_window = 10000, min_bytes_for_wide_part = 134217728;
