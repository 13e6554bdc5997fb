-- Who knocked on which port, by the hour: top sources and distinct counts without reading events.
CREATE TABLE IF NOT EXISTS fireplot.sources
(
    h        DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    proto    UInt8,
    dst_port UInt16,
    src_ip   IPv6 CODEC(ZSTD(1)),
    n        SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1)),
    first    SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    last     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(h)
ORDER BY (h, dst_port, proto, src_ip)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.sources_mv TO fireplot.sources AS
SELECT
    toStartOfHour(toDateTime(time, 'UTC')) AS h,
    proto,
    dst_port,
    src_ip,
    sum(toUInt64(count)) AS n,
    min(time) AS first,
    max(time) AS last
FROM fireplot.events
GROUP BY h, proto, dst_port, src_ip;
