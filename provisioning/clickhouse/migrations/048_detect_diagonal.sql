-- Lines drawn by many sources, each with a few ports: first touches of rare ports (six sources or hours at most) of a target
-- in windows of 1, 4 and 24 hours, each begun twice a length. Only windows where port and time are related at all are
-- answered; the line itself is the longest rising or falling subsequence, found in ingest (detect/signature/diagonal.ts)
-- in n log n, which arrays in SQL cannot do.
--   from, to   range of first hits (UTC)
--   low, high  only targets from one to the other: parts of the table that lie together, so that memory stays bounded
--              and none is read twice
-- Ask with optimize_aggregation_in_order.
CREATE OR REPLACE VIEW fireplot.detect_diagonal AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    -- Who touched many ports of a target is no one of many; pairs are counted in the order of the table.
    busy AS
    (
        SELECT dst_ip, src_ip
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND dst_ip BETWEEN {low:IPv6} AND {high:IPv6}
        GROUP BY day, role, dst_ip, src_ip
        HAVING count() >= 15
    ),
    rare AS
    (
        SELECT
            dst_ip, proto, dst_port,
            min(t) AS first,
            argMin(src_ip, t) AS by,
            intDiv(toUnixTimestamp64Milli(first.1), 1800000) AS half_hour,
            (toUnixTimestamp64Milli(first.1) - toUnixTimestamp64Milli(range_from)) / 1000 AS x
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND dst_ip BETWEEN {low:IPv6} AND {high:IPv6}
            AND (dst_ip, src_ip) NOT IN busy
        GROUP BY dst_ip, proto, dst_port
        HAVING count() <= 6
    ),
    -- Windows are made of half hours, whose sums and points are gathered once.
    pieces AS
    (
        SELECT
            dst_ip, proto, half_hour,
            count() AS points,
            corrState(x, toFloat64(dst_port)) AS by_number,
            corrState(x, log2(dst_port)) AS by_octave,
            groupArray((first, dst_port, by)) AS hits
        FROM rare
        GROUP BY dst_ip, proto, half_hour
    )
SELECT
    dst_ip, proto, hours, slot,
    sum(points) AS n,
    greatest(abs(corrMerge(by_number)), abs(corrMerge(by_octave))) AS related,
    arraySort(groupArrayArray(hits)) AS in_turn,
    in_turn.2 AS ports,
    arrayMap(hit -> toUnixTimestamp64Milli(hit.1.1), in_turn) AS at,
    in_turn.3 AS by
FROM
(
    SELECT *, arrayJoin([(1, 0), (1, 1), (4, 0), (4, 1), (24, 0), (24, 1)]) AS grid, grid.1 AS hours,
        intDiv(half_hour + grid.2 * hours, hours * 2) * 2 + grid.2 AS slot
    FROM pieces
)
GROUP BY dst_ip, proto, hours, slot
HAVING n >= 30 AND related >= greatest(0.2, 3 / sqrt(n));
