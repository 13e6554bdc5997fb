-- Who knocked on a day, one row a source, so that the lists are asked once a source and not once an event; and where on
-- the fireplot: what marks the cells of listed sources at hardly more than the cells' own cost.
--
-- `slots` are places in a grid of 10 minutes × 1/4 octave of ports: 65 × (10 minutes since midnight, UTC) + row, row 0
-- for no port, else floor(4 × log2(port)) + 1: as fine as marks can be told apart on a screen, and no finer, since the
-- slots of all sources of a day are read for those of a few. LZ4 for the same reason. What the fireplot hides by default (tails, class ≥ 8) has no slot.
CREATE TABLE IF NOT EXISTS fireplot.source_days
(
    day    Date CODEC(DoubleDelta, ZSTD(1)),
    src_ip IPv6 CODEC(ZSTD(1)),
    slots  SimpleAggregateFunction(groupUniqArrayArray, Array(UInt16)) CODEC(LZ4)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (day, src_ip)
SETTINGS non_replicated_deduplication_window = 10000;

-- What was stored before this table came: a slot that is there twice counts once, so a second run does no harm. Without
-- GROUP BY, which would hold all sources of all days in memory: rows of one source fold when a block is sorted.
INSERT INTO fireplot.source_days
SELECT
    toDate(time, 'UTC') AS day,
    src_ip,
    if(class < 8, [toUInt16(intDiv(toUInt32(toDateTime(time, 'UTC')), 600) % 144 * 65
        + if(dst_port = 0, 0, toUInt32(floor(4 * log2(greatest(dst_port, 1)))) + 1))], []) AS slots
FROM fireplot.events
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.source_days_mv TO fireplot.source_days AS
SELECT
    toDate(time, 'UTC') AS day,
    src_ip,
    groupUniqArrayIf(toUInt16(intDiv(toUInt32(toDateTime(time, 'UTC')), 600) % 144 * 65
        + if(dst_port = 0, 0, toUInt32(floor(4 * log2(greatest(dst_port, 1)))) + 1)), class < 8) AS slots
FROM fireplot.events
GROUP BY day, src_ip;
