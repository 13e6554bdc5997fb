-- Sources that may split one target's ports among them: per target, protocol and flags at least three with five ports
-- or more each, with what each touched and when. Whether they share out the ports, and look like one machine, is judged
-- in ingest (detect/signature/distributed.ts): set cover is no question for SQL.
--   from, to   range of first hits (UTC)
--   targets    only these; none: all
--   sources    only these; none: all
--   areas      not these, which have many targets
CREATE OR REPLACE VIEW fireplot.detect_split AS
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
            AND (empty({targets:Array(IPv6)}) OR dst_ip IN {targets:Array(IPv6)})
            AND (empty({sources:Array(IPv6)}) OR src_ip IN {sources:Array(IPv6)})
            AND src_ip NOT IN {areas:Array(IPv6)}
        GROUP BY day, role, dst_ip, src_ip
        HAVING uniqUpTo(3)(dst_port) >= 3
    )
SELECT dst_ip, src_ip, proto, flags, events, start_ms, stop_ms, ports
FROM
(
    SELECT *, count() OVER (PARTITION BY dst_ip, proto, flags) AS crowd
    FROM
    (
        SELECT
            dst_ip, src_ip, proto, flags,
            sum(n) AS events,
            min(toUnixTimestamp64Milli(t.1)) AS start_ms,
            max(toUnixTimestamp64Milli(t.1)) AS stop_ms,
            arraySort(groupUniqArray(dst_port)) AS ports
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (dst_ip, src_ip) IN pairs
        GROUP BY dst_ip, src_ip, proto, flags
        HAVING length(ports) >= 5
    )
)
WHERE crowd >= 3
ORDER BY dst_ip, proto, flags, length(ports) DESC
LIMIT 1000 BY dst_ip, proto, flags;
