-- How ingest fares, for dashboard and alert rules, so that nobody needs a Prometheus. A set of rows every 15 s, named
-- as on /metrics without `fireplot_` and `_total`. What /metrics counts is here what was added since the row before,
-- so that a sum over any stretch is right, restarts or not; gauges are as they were at `time`. Zeros of counters are
-- not written. Cut by day, so that ageing drops whole parts.
CREATE TABLE IF NOT EXISTS fireplot.health
(
    time     DateTime('UTC') CODEC(Delta, ZSTD(1)),
    instance LowCardinality(String),
    gauge    LowCardinality(String),
    labels   Map(LowCardinality(String), LowCardinality(String)),
    value    Float64 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(time)
ORDER BY (gauge, time, instance)
TTL time + INTERVAL 30 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;

-- When lines of a sensor came in, by their arrival and not by their stamp: a row an hour, with a bit for each minute.
-- So "how long is it silent usually" costs 168 rows a week and sensor, and a file that is loaded is one minute.
CREATE TABLE IF NOT EXISTS fireplot.arrivals
(
    h       DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    sensor  LowCardinality(String),
    minutes SimpleAggregateFunction(groupBitOr, UInt64),
    n       SimpleAggregateFunction(sum, UInt64),
    last    SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    newest  SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(h)
ORDER BY (h, sensor)
TTL h + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;

-- What is stored already, as far back as the views below look; before the view, or batches would count twice.
INSERT INTO fireplot.arrivals
SELECT
    toStartOfHour(toDateTime(received, 'UTC')) AS h,
    sensor,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(received))) AS minutes,
    sum(toUInt64(count)) AS n,
    max(received) AS last,
    max(time) AS newest
FROM fireplot.events
WHERE received >= now64(3) - INTERVAL 8 DAY AND (SELECT count() FROM fireplot.arrivals) = 0
GROUP BY h, sensor;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.arrivals_mv TO fireplot.arrivals AS
SELECT
    toStartOfHour(toDateTime(received, 'UTC')) AS h,
    sensor,
    groupBitOr(bitShiftLeft(toUInt64(1), toMinute(received))) AS minutes,
    sum(toUInt64(count)) AS n,
    max(received) AS last,
    max(time) AS newest
FROM fireplot.events
GROUP BY h, sensor;

-- One row a sensor that sent in the seven days before `at`: how long it has been silent, and how long it may be by
-- its own history. `usual_pause` is the third-longest of its pauses, so that two outages of a week do not excuse a
-- third; `allowed` is twice that and at least ten minutes, which lets a sensor of random lines cry about once a year.
-- `allowed` is NULL where there is too little to go by: less than a day, lines in fewer than 12 hours or 100 minutes.
-- Pauses and silence are in minutes; `behind` is how far its latest stamps lie behind their arrival, in seconds.
CREATE VIEW IF NOT EXISTS fireplot.silence AS
WITH
    hours AS
    (
        SELECT
            sensor,
            toUInt32(intDiv(toUnixTimestamp(h), 60)) AS start,
            bitPositionsToArray(groupBitOr(minutes)) AS places,
            sum(n) AS lines,
            max(last) AS latest,
            max(newest) AS stamp
        FROM fireplot.arrivals
        WHERE h >= toStartOfHour({at:DateTime('UTC')} - INTERVAL 7 DAY) AND h <= {at:DateTime('UTC')}
        GROUP BY sensor, h
    ),
    spans AS
    (
        SELECT
            sensor,
            start + places[1] AS head,
            length(places) AS busy,
            lines,
            latest,
            stamp,
            lagInFrame(start + places[-1], 1, head) OVER
                (PARTITION BY sensor ORDER BY start ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before,
            arrayMap((a, b) -> toUInt32(a - b), arrayPopFront(places), arrayPopBack(places)) AS inner
        FROM hours
    )
SELECT
    sensor,
    max(latest) AS last,
    sum(lines) AS events,
    sum(busy) AS busy_minutes,
    arrayReverseSort(groupArrayArray(arraySlice(arrayReverseSort(arrayPushBack(inner, toUInt32(head - before))), 1, 3)))[3] AS usual_pause,
    if(busy_minutes >= 100 AND count() >= 12 AND max(head) - min(head) >= 1440, greatest(10, 2 * usual_pause), NULL) AS allowed,
    greatest(0, dateDiff('second', last, toDateTime64({at:DateTime('UTC')}, 3, 'UTC'))) / 60 AS silent,
    dateDiff('second', argMax(stamp, latest), last) AS behind
FROM spans
GROUP BY sensor;
