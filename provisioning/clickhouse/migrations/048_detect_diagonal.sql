-- Lines drawn by many sources, each with a few ports: first touches of rare ports (three sources at most) of a target
-- in windows of 1, 4 and 24 hours, each begun twice a length. Only windows where port and time are related at all are
-- answered; the line itself is the longest rising or falling subsequence, found in ingest (detect/signature/diagonal.ts)
-- in n log n, which arrays in SQL cannot do.
--   from, to   range of first hits (UTC)
--   targets    only these; none: all
CREATE OR REPLACE VIEW fireplot.detect_diagonal AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    few AS
    (
        SELECT dst_ip, src_ip, proto
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (empty({targets:Array(IPv6)}) OR dst_ip IN {targets:Array(IPv6)})
        GROUP BY dst_ip, src_ip, proto
        HAVING uniqUpTo(15)(dst_port) < 15
    ),
    rare AS
    (
        SELECT dst_ip, proto, dst_port, min((t, src_ip)) AS first, toUnixTimestamp64Milli(first.1.1) AS ms
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (dst_ip, src_ip, proto) IN few
        GROUP BY dst_ip, proto, dst_port
        HAVING uniqUpTo(3)(src_ip) <= 3
    )
SELECT
    dst_ip, proto, hours, slot,
    arraySort(groupArray((first.1, dst_port, first.2))) AS hits,
    length(hits) AS n,
    hits.2 AS ports,
    arrayMap(hit -> toUnixTimestamp64Milli(hit.1.1), hits) AS at,
    hits.3 AS by,
    uniqExact(first.2) AS sources,
    greatest(abs(corr(ms / 1000, dst_port)), abs(corr(ms / 1000, log2(dst_port)))) AS related
FROM
(
    SELECT *, arrayJoin([(1, 0), (1, 1), (4, 0), (4, 1), (24, 0), (24, 1)]) AS grid, grid.1 AS hours,
        intDiv(ms + grid.2 * hours * 1800000, hours * 3600000) * 2 + grid.2 AS slot
    FROM rare
)
GROUP BY dst_ip, proto, hours, slot
HAVING n >= 30 AND sources >= 10 AND related >= greatest(0.2, 3 / sqrt(n));
