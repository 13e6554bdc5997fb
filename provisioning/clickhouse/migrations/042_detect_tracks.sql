-- Vertical scans, and the shape of any group on one target: who touched at least 15 ports of a target (5 with flags that
-- no connection has), cut into sessions where nothing new came for an hour, or for three where it usually takes half an
-- hour and more from port to port, so that lost lines do not cut a slow scan in two; with the order of its ports, its
-- pace, and the points an overlay needs. Slow scans are found because only gaps count, never windows.
--   from, to   range of first hits (UTC)
--   sources    only these; none: all
--   targets    only these; none: all
--   together   1: all sources of a target as one, without a least number of ports
-- Order is judged by ranks, not by port numbers, so that a sorted list with holes counts as ascending: `up` and `down`
-- are the shares of steps to the next higher and lower port, `rho` is Spearman's. Times tie within a second, so `seq`
-- (the line's place in the input) breaks ties.
CREATE OR REPLACE VIEW fireplot.detect_tracks AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    -- SYN, ACK, strays, RST and unknown need 15 ports; what no connection has (NULL, FIN, Xmas, SYN+FIN …) needs 5.
    if(flags IN (2, 16, 17, 18, 24, 25, 64) OR bitAnd(flags, 4) > 0, 15, 5) AS least,
    pairs AS
    (
        SELECT dst_ip, src_ip, proto, flags
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (empty({sources:Array(IPv6)}) OR src_ip IN {sources:Array(IPv6)})
            AND (empty({targets:Array(IPv6)}) OR dst_ip IN {targets:Array(IPv6)})
        GROUP BY dst_ip, src_ip, proto, flags
        HAVING {together:UInt8} = 1 OR uniqUpTo(15)(dst_port) >= least
    ),
    tracks AS
    (
        SELECT
            dst_ip,
            if({together:UInt8} = 1, toIPv6('::'), src_ip) AS who,
            groupUniqArray(10000)(src_ip) AS who_all,
            proto,
            flags,
            arraySort(groupArray((t, dst_port, n))) AS hits
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (dst_ip, src_ip, proto, flags) IN pairs
        GROUP BY dst_ip, who, proto, flags
    ),
    sessions AS
    (
        SELECT
            dst_ip, who, who_all, proto, flags, least,
            arrayPushFront(arrayPopBack(hits.1.1), hits[1].1.1) AS befores,
            arrayMap((hit, before) -> dateDiff('second', before, hit.1.1), hits, befores) AS waits,
            -- six times the usual wait, from one hour to three
            greatest(3600, least(10800, 6 * arrayReduce('median', arrayPopFront(waits)))) AS pause,
            arrayJoin(arraySplit((hit, wait) -> wait > pause, hits, waits)) AS session
        FROM tracks
    ),
    firsts AS
    (
        SELECT
            dst_ip, who, who_all, proto, flags,
            arraySum(session.3) AS events,
            session[-1].1.1 AS last,
            -- a port again in a later hour, or by another of the group, is a repeat
            arrayFilter((hit, again) -> again = 1, session, arrayEnumerateUniq(session.2)) AS hits,
            length(session) - length(hits) AS repeats,
            hits.2 AS ports,
            arrayMap(time -> toUnixTimestamp64Milli(time), hits.1.1) AS at,
            length(hits) AS n
        FROM sessions
        WHERE {together:UInt8} = 1 OR arrayUniq(session.2) >= least
    ),
    ranked AS
    (
        SELECT
            *,
            arraySort((i, port) -> port, arrayEnumerate(ports), ports) AS by_port,
            arraySort((rank, i) -> i, arrayEnumerate(by_port), by_port) AS ranks,
            arrayPopFront(arrayDifference(arrayMap(rank -> toInt32(rank), ranks))) AS steps,
            arrayPopFront(arrayDifference(at)) AS gaps,
            arraySort(point -> point.2, arrayMap((time, port) -> (time, port, toUInt8(floor(4 * log2(port)))), at, ports)) AS points
        FROM firsts
    )
SELECT
    dst_ip,
    who AS src_ip,
    who_all AS sources,
    proto,
    flags,
    toUInt32(n) AS port_count,
    arrayMin(ports) AS min_port,
    arrayMax(ports) AS max_port,
    if(n <= 64, arraySort(ports), emptyArrayUInt16()) AS port_list,
    events,
    repeats,
    fromUnixTimestamp64Milli(at[1], 'UTC') AS start,
    last AS stop,
    at[1] AS start_ms,
    toUnixTimestamp64Milli(last) AS stop_ms,
    if(n > 1, arrayReduce('median', gaps) / 1000, 0) AS median_gap_s,
    if(n > 1, arrayMax(gaps) / 1000, 0) AS max_gap_s,
    if(n > 1, countEqual(steps, 1) / (n - 1), 0) AS up,
    if(n > 1, countEqual(steps, -1) / (n - 1), 0) AS down,
    if(n > 2, arrayReduce('corr', arrayMap(rank -> toFloat64(rank), ranks), arrayMap(i -> toFloat64(i), arrayEnumerate(ranks))), 0) AS rho,
    -- one point a quarter octave: on the log axis no piece of the curve is longer than a 64th of its height
    arrayMap(point -> (point.1, point.2),
        arrayFilter((point, below) -> point.3 != below, points, arrayPushFront(arrayPopBack(points.3), 255))) AS knots,
    -- every k-th point: for straight pieces and the elbow between them, and for telling pictures from scans
    arrayFilter((point, i) -> i % intDiv(n + 999, 1000) = 0 OR i = n, arrayZip(at, ports), arrayEnumerate(at)) AS line
FROM ranked;
