-- Who touched the same ports of a target: a row a port with the hits of its candidates, which are sources with at least
-- 10 ports of the target. Of a source with many ports a part is looked at, chosen by a hash of the port so that all look
-- at the same: about 2,000 to 4,000 are enough to tell.
--   from, to   range of first hits (UTC)
--   sources    only these; none: all
--   targets    only these; none: all
CREATE OR REPLACE VIEW fireplot.detect_met AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    -- Pairs with few touches go first, counted in the order of the table: ask with optimize_aggregation_in_order.
    pairs AS
    (
        SELECT dst_ip, src_ip
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (empty({sources:Array(IPv6)}) OR src_ip IN {sources:Array(IPv6)})
            AND (empty({targets:Array(IPv6)}) OR dst_ip IN {targets:Array(IPv6)})
        GROUP BY day, role, dst_ip, src_ip
        HAVING uniqUpTo(5)(dst_port) >= 5
    ),
    members AS
    (
        SELECT dst_ip, src_ip, proto, flags, toUInt64(exp2(floor(log2(greatest(1, port_count / 2048))))) AS rate
        FROM
        (
            SELECT *, count() OVER (PARTITION BY dst_ip, proto, flags) AS crowd
            FROM
            (
                SELECT dst_ip, src_ip, proto, flags, uniq(dst_port) AS port_count
                FROM fireplot.first_hits
                WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
                    AND t.1 >= range_from AND t.1 < range_to
                    AND (empty({targets:Array(IPv6)}) OR dst_ip IN {targets:Array(IPv6)})
                    AND (dst_ip, src_ip) IN pairs
                GROUP BY dst_ip, src_ip, proto, flags
                HAVING port_count >= 10
            )
        )
        WHERE crowd > 1
    )
SELECT
    hits.dst_ip AS target, hits.proto AS proto, hits.flags AS flags, dst_port,
    groupArray(256)((hits.src_ip, toUnixTimestamp64Milli(t.1), t.2)) AS touched
FROM fireplot.first_hits AS hits
INNER JOIN members ON members.dst_ip = hits.dst_ip AND members.src_ip = hits.src_ip
    AND members.proto = hits.proto AND members.flags = hits.flags
WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
    AND t.1 >= range_from AND t.1 < range_to
    AND (empty({targets:Array(IPv6)}) OR hits.dst_ip IN {targets:Array(IPv6)})
    AND (empty({sources:Array(IPv6)}) OR hits.src_ip IN {sources:Array(IPv6)})
GROUP BY target, proto, flags, dst_port
HAVING cityHash64(dst_port) % min(members.rate) = 0;

-- Pairs of sources that touch the same ports of a target in step: the second follows the first at a lag that hardly
-- changes. It may be of no time at all, as with decoys (detect_twins tells them), or of minutes. Hits of one port within
-- five minutes are compared, on two grids of buckets so that none is cut; of more than four sources in a bucket only the
-- first is paired with the others, which still links them all, and buckets stop at 128. Parameters as of detect_met.
-- `shared_ports` counts ports that both touched within five minutes; `lag_ms` is how long the second comes after the
-- first; `same_order` is how alike the orders are (Spearman).
CREATE OR REPLACE VIEW fireplot.detect_steps AS
WITH
    meetings AS
    (
        SELECT
            target, proto, flags, dst_port,
            arraySort(groupArray(128)(hit)) AS met,
            arrayJoin(if(length(met) <= 4,
                arrayFlatten(arrayMap((one, i) -> arrayMap(other -> (one, other), arraySlice(met, i + 1)), met, arrayEnumerate(met))),
                arrayMap(other -> (met[1], other), arraySlice(met, 2)))) AS pair
        FROM
        (
            SELECT target, proto, flags, dst_port, arrayJoin(touched) AS hit,
                arrayJoin([intDiv(hit.2, 300000) * 2, intDiv(hit.2 + 150000, 300000) * 2 + 1]) AS bucket
            FROM fireplot.detect_met(from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')},
                sources = {sources:Array(IPv6)}, targets = {targets:Array(IPv6)})
            WHERE length(touched) > 1
        )
        GROUP BY target, proto, flags, dst_port, bucket
        HAVING uniqUpTo(1)(hit.1) > 1
    ),
    couples AS
    (
        SELECT
            target, proto, flags, source_1, source_2,
            count() AS shared,
            least(min(at.1), min(at.3)) AS first_ms,
            greatest(max(at.1), max(at.3)) AS last_ms,
            quantilesExact(0.1, 0.5, 0.9)(at.3 - at.1) AS lags,
            groupArray(((at.1, at.2), (at.3, at.4))) AS ways,
            arraySort((rank, i) -> i, arrayEnumerate(ways), arraySort((i, way) -> way.1, arrayEnumerate(ways), ways)) AS ranks_1,
            arraySort((rank, i) -> i, arrayEnumerate(ways), arraySort((i, way) -> way.2, arrayEnumerate(ways), ways)) AS ranks_2,
            arrayReduce('corr', arrayMap(rank -> toFloat64(rank), ranks_1), arrayMap(rank -> toFloat64(rank), ranks_2)) AS rho
        FROM
        (
            SELECT
                target, proto, flags, dst_port,
                pair.1.1 AS source_1,
                pair.2.1 AS source_2,
                argMin((pair.1.2, pair.1.3, pair.2.2, pair.2.3), abs(pair.2.2 - pair.1.2)) AS at
            FROM meetings
            WHERE source_1 != source_2
            GROUP BY target, proto, flags, dst_port, source_1, source_2
        )
        GROUP BY target, proto, flags, source_1, source_2
        HAVING shared >= 10
    )
SELECT
    target AS dst_ip, proto, flags, source_1, source_2,
    shared AS shared_ports,
    lags[1] AS lag_p10_ms,
    lags[2] AS lag_ms,
    lags[3] AS lag_p90_ms,
    first_ms AS start_ms,
    last_ms AS stop_ms,
    rho AS same_order
FROM couples;

-- The same with what each of the two touched in that time, `ports_1` and `ports_2`, at twice the cost: what is in step
-- by lag and order alone is worth this question.
CREATE OR REPLACE VIEW fireplot.detect_lockstep AS
SELECT
    couples.dst_ip AS dst_ip, couples.proto AS proto, couples.flags AS flags, source_1, source_2,
    any(couples.shared_ports) AS shared_ports,
    uniqExactIf(hits.dst_port, hits.hit.1 = source_1) AS ports_1,
    uniqExactIf(hits.dst_port, hits.hit.1 = source_2) AS ports_2,
    any(couples.lag_p10_ms) AS lag_p10_ms,
    any(couples.lag_ms) AS lag_ms,
    any(couples.lag_p90_ms) AS lag_p90_ms,
    any(couples.start_ms) AS start_ms,
    any(couples.stop_ms) AS stop_ms,
    any(couples.same_order) AS same_order
FROM fireplot.detect_steps(from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')},
    sources = {sources:Array(IPv6)}, targets = {targets:Array(IPv6)}) AS couples
INNER JOIN
(
    SELECT target, proto, flags, dst_port, arrayJoin(touched) AS hit
    FROM fireplot.detect_met(from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')},
        sources = {sources:Array(IPv6)}, targets = {targets:Array(IPv6)})
) AS hits
    ON hits.target = couples.dst_ip AND hits.proto = couples.proto AND hits.flags = couples.flags
WHERE (hits.hit.1 = source_1 OR hits.hit.1 = source_2)
    AND hits.hit.2 BETWEEN couples.start_ms - 300000 AND couples.stop_ms + 300000
GROUP BY dst_ip, proto, flags, source_1, source_2;
