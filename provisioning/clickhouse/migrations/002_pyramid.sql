-- The pyramid: counts by (step, log-port bin, class, action, sensor), each level fed from the one below it,
-- so that a view costs its pixels and not its events. y = floor(64 * log2(port)); port 0 (none logged) is
-- 65535, a bin of its own. The two upper levels halve y: 32 bins an octave. Every table carries the
-- deduplication window, or a batch sent twice would count twice in it.
-- The 10 s level is for the days people look at live; older spans are read from events when zoomed that far. It
-- is cut by day and dropped by day, so that its ageing costs no merge.
CREATE TABLE IF NOT EXISTS fireplot.cells_10s
(
    t      DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    sensor LowCardinality(String),
    action UInt8,
    class  UInt8,
    y      UInt16,
    n      SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMMDD(t)
ORDER BY (t, class, y, action, sensor)
TTL t + INTERVAL 2 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS fireplot.cells_1m
(
    t      DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    sensor LowCardinality(String),
    action UInt8,
    class  UInt8,
    y      UInt16,
    n      SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(t)
ORDER BY (t, class, y, action, sensor)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS fireplot.cells_10m
(
    t      DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    sensor LowCardinality(String),
    action UInt8,
    class  UInt8,
    y      UInt16,
    n      SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(t)
ORDER BY (t, class, y, action, sensor)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS fireplot.cells_1h
(
    t      DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    sensor LowCardinality(String),
    action UInt8,
    class  UInt8,
    y      UInt16,
    n      SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(t)
ORDER BY (t, class, y, action, sensor)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.cells_10s_mv TO fireplot.cells_10s AS
SELECT
    toStartOfInterval(toDateTime(time, 'UTC'), INTERVAL 10 SECOND) AS t,
    sensor,
    toUInt8(action) AS action,
    class,
    toUInt16(if(dst_port = 0, 65535, floor(64 * log2(greatest(dst_port, 1))))) AS y,
    sum(toUInt64(count)) AS n
FROM fireplot.events
WHERE time >= now64(3) - INTERVAL 2 DAY AND time < now64(3) + INTERVAL 1 DAY
GROUP BY t, sensor, action, class, y;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.cells_1m_mv TO fireplot.cells_1m AS
SELECT
    toStartOfMinute(toDateTime(time, 'UTC')) AS t,
    sensor,
    toUInt8(action) AS action,
    class,
    toUInt16(if(dst_port = 0, 65535, floor(64 * log2(greatest(dst_port, 1))))) AS y,
    sum(toUInt64(count)) AS n
FROM fireplot.events
GROUP BY t, sensor, action, class, y;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.cells_10m_mv TO fireplot.cells_10m AS
SELECT
    toStartOfTenMinutes(t) AS t,
    sensor,
    action,
    class,
    if(y = 65535, y, toUInt16(intDiv(y, 2))) AS y,
    sum(n) AS n
FROM fireplot.cells_1m
GROUP BY t, sensor, action, class, y;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.cells_1h_mv TO fireplot.cells_1h AS
SELECT toStartOfHour(t) AS t, sensor, action, class, y, sum(n) AS n
FROM fireplot.cells_10m
GROUP BY t, sensor, action, class, y;
