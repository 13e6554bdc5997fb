-- What DShield (SANS Internet Storm Center) publishes, as far as it was loaded. A day loaded again takes the place of the
-- day before it: read with FINAL. Its data are under CC BY-NC-SA.
CREATE TABLE IF NOT EXISTS fireplot.dshield_ports
(
    port      UInt16,
    day       Date COMMENT 'UTC',
    records   UInt64 COMMENT 'Log lines that DShield was sent',
    targets   UInt64 COMMENT 'Distinct targets in them',
    sources   UInt64 COMMENT 'Distinct sources in them',
    tcp_share Nullable(Float32) COMMENT '0 to 1: TCP among TCP and UDP; NULL where it was not said',
    at        UInt64 COMMENT 'When it was loaded, ms since the epoch; the highest counts'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (port, day)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS fireplot.dshield_sources
(
    day     Date COMMENT 'UTC',
    src_ip  IPv6 CODEC(ZSTD(1)),
    reports UInt64 COMMENT 'Log lines that name it',
    targets UInt64 COMMENT 'Distinct targets that it was seen at',
    at      UInt64 COMMENT 'When it was loaded, ms since the epoch; the highest counts'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (day, src_ip)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS fireplot.dshield_days
(
    day     Date COMMENT 'UTC',
    records UInt64,
    targets UInt64,
    sources UInt64,
    at      UInt64 COMMENT 'When it was loaded, ms since the epoch; the highest counts'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY day
SETTINGS non_replicated_deduplication_window = 10000;

-- DShield's newest day of each port, against the 30 days before it, with its trend: sqrt((S - s)^2 / s + (T - t)^2 / t) of
-- distinct sources S and targets T of the day and their means s and t of the days before. Of a port with fewer than seven
-- of those days there is no trend. Days that lie more than two days before the one in question say nothing of it.
--   to         end of the range (UTC): the day in question is the one that ends there or holds it
CREATE OR REPLACE VIEW fireplot.dshield_trends AS
SELECT
    port,
    newest.1 AS day,
    newest.2 AS records,
    newest.3 AS targets,
    newest.4 AS sources,
    newest.5 AS tcp_share,
    toUInt16(length(before)) AS history_days,
    if(history_days = 0, NULL, arrayAvg(each -> each.2, before)) AS usual_records,
    if(history_days = 0, NULL, arrayAvg(each -> each.3, before)) AS usual_targets,
    if(history_days = 0, NULL, arrayAvg(each -> each.4, before)) AS usual_sources,
    greatest(ifNull(usual_sources, 0), 0.5) AS s,
    greatest(ifNull(usual_targets, 0), 0.5) AS t,
    if(history_days >= 7, sqrt(pow(sources - s, 2) / s + pow(targets - t, 2) / t), NULL) AS trend
FROM
(
    SELECT
        port,
        arraySort(each -> each.1, groupArray((day, records, targets, sources, tcp_share))) AS days,
        days[-1] AS newest,
        arrayFilter(each -> each.1 < newest.1 AND each.1 >= newest.1 - 30, days) AS before
    FROM fireplot.dshield_ports FINAL
    WHERE day <= toDate({to:DateTime64(3, 'UTC')} - toIntervalMillisecond(1))
        AND day >= toDate({to:DateTime64(3, 'UTC')} - toIntervalMillisecond(1)) - 32
    GROUP BY port
)
WHERE newest.1 >= toDate({to:DateTime64(3, 'UTC')} - toIntervalMillisecond(1)) - 2;

-- Our ports beside DShield's: probes (role 0) of the 24 hours that end at `to`, and their newest day. Of ours the `most`
-- ports with most sources, and every port that DShield names; the trends by the same formula, ours against the 30 windows
-- of 24 hours before, as far as there are data, from seven of them on.
--   to         end of the range (UTC)
--   most       ports of ours at most
CREATE OR REPLACE VIEW fireplot.us_and_dshield AS
WITH
    {to:DateTime64(3, 'UTC')} AS range_to,
    theirs AS (SELECT * FROM fireplot.dshield_trends(to = {to:DateTime64(3, 'UTC')})),
    chosen AS
    (
        SELECT dst_port
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_to) - 1 AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_to - toIntervalDay(1) AND t.1 < range_to
        GROUP BY dst_port
        ORDER BY uniq(src_ip) DESC, dst_port
        LIMIT {most:UInt32}
    ),
    (
        SELECT toUInt16(least(30, greatest(0, intDiv(dateDiff('second', min(t.1), range_to), 86400) - 1)))
        FROM fireplot.first_hits
        WHERE day >= toDate(range_to) - 31 AND day <= toDate(range_to) AND role = 0
    ) AS our_days,
    ours AS
    (
        SELECT
            dst_port,
            sumIf(r, ago = 0) AS reports,
            sumIf(b, ago = 0) AS targets,
            sumIf(a, ago = 0) AS sources,
            greatest(if(our_days > 0, sumIf(a, ago BETWEEN 1 AND our_days) / our_days, 0), 0.5) AS s,
            greatest(if(our_days > 0, sumIf(b, ago BETWEEN 1 AND our_days) / our_days, 0), 0.5) AS t,
            if(our_days >= 7, sqrt(pow(sources - s, 2) / s + pow(targets - t, 2) / t), NULL) AS trend
        FROM
        (
            SELECT
                dst_port,
                intDiv(toUnixTimestamp64Milli(range_to) - toUnixTimestamp64Milli(t.1) - 1, 86400000) AS ago,
                uniq(src_ip) AS a,
                uniq(dst_ip) AS b,
                sum(n) AS r
            FROM fireplot.first_hits
            WHERE day BETWEEN toDate(range_to) - 31 AND toDate(range_to) AND role = 0
                AND t.1 >= range_to - toIntervalDay(31) AND t.1 < range_to
                AND (dst_port IN (SELECT dst_port FROM chosen) OR dst_port IN (SELECT port FROM theirs))
            GROUP BY dst_port, ago
        )
        GROUP BY dst_port
    )
SELECT
    if(ours.dst_port = 0, theirs.port, ours.dst_port) AS port,
    toUInt64(ours.sources) AS our_sources,
    toUInt64(ours.targets) AS our_targets,
    toUInt64(ours.reports) AS our_reports,
    if(our_days >= 7 AND ours.dst_port > 0, ours.s, NULL) AS our_usual_sources,
    if(ours.dst_port > 0, ours.trend, NULL) AS our_trend,
    if(theirs.port > 0, theirs.sources, NULL) AS their_sources,
    if(theirs.port > 0, theirs.targets, NULL) AS their_targets,
    if(theirs.port > 0, theirs.records, NULL) AS their_reports,
    if(theirs.port > 0, theirs.usual_sources, NULL) AS their_usual_sources,
    if(theirs.port > 0, theirs.trend, NULL) AS their_trend,
    if(theirs.port > 0, theirs.tcp_share, NULL) AS their_tcp_share,
    if(theirs.port > 0, theirs.day, NULL) AS their_day
FROM ours
FULL OUTER JOIN theirs ON theirs.port = ours.dst_port;

ALTER TABLE fireplot.spikes COMMENT COLUMN dshield_trend 'DShield''s own trend of the port that day, over its sources and targets; NULL where its history was not loaded';
