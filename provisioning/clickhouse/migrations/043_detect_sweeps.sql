-- Horizontal scans and blocks: a source that touches many targets, in sessions as detect_tracks cuts them. One row a
-- session with what tells the two apart: `fill` is the share of (target, port) pairs touched, `port_hosts` how many
-- targets each port was tried on. `up`, `down` and `rho` are the order of ports by first touch, `hosts_up` … that of
-- targets.
--   from, to   range of first hits (UTC)
--   sources    only these; none: all
--   hosts      least number of targets: 25, or half of those watched when they are fewer, never under 5
CREATE OR REPLACE VIEW fireplot.detect_sweeps AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    wide AS
    (
        SELECT src_ip, proto, flags
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (empty({sources:Array(IPv6)}) OR src_ip IN {sources:Array(IPv6)})
        GROUP BY src_ip, proto, flags
        HAVING uniqUpTo(5)(dst_ip) >= 5
    ),
    sessions AS
    (
        SELECT
            src_ip, proto, flags,
            arrayJoin(arraySplit(
                (hit, before) -> dateDiff('second', before, hit.1.1) > 3600,
                hits,
                arrayPushFront(arrayPopBack(hits.1.1), hits[1].1.1))) AS session
        FROM
        (
            SELECT src_ip, proto, flags, arraySort(groupArray((t, dst_ip, dst_port, n))) AS hits
            FROM fireplot.first_hits
            WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0
                AND t.1 >= range_from AND t.1 < range_to
                AND (src_ip, proto, flags) IN wide
            GROUP BY src_ip, proto, flags
        )
    ),
    cells AS
    (
        SELECT
            *,
            arrayUniq(session.2) AS host_count,
            arrayUniq(session.3) AS port_count,
            arrayZip(session.2, session.3) AS all_cells,
            arrayFilter((hit, again) -> again = 1, session, arrayEnumerateUniq(all_cells)) AS firsts,
            length(firsts) AS n,
            arrayDistinct(session.2) AS hosts_in_turn,
            arrayDistinct(session.3) AS ports_in_turn,
            arraySort((rank, i) -> i, arrayEnumerate(hosts_in_turn), arraySort((i, host) -> host, arrayEnumerate(hosts_in_turn), hosts_in_turn)) AS host_ranks,
            arraySort((rank, i) -> i, arrayEnumerate(ports_in_turn), arraySort((i, port) -> port, arrayEnumerate(ports_in_turn), ports_in_turn)) AS port_ranks,
            arrayPopFront(arrayDifference(arrayMap(rank -> toInt32(rank), host_ranks))) AS host_steps,
            arrayPopFront(arrayDifference(arrayMap(rank -> toInt32(rank), port_ranks))) AS port_steps
        FROM sessions
        WHERE host_count >= 5
    )
SELECT
    src_ip,
    proto,
    flags,
    toUInt32(host_count) AS hosts,
    toUInt32(port_count) AS port_count,
    toUInt32(n) AS touched,
    n / (host_count * port_count) AS fill,
    arraySlice(arraySort(arrayDistinct(session.2)), 1, 10000) AS targets,
    arrayMin(session.3) AS min_port,
    arrayMax(session.3) AS max_port,
    arraySlice(arrayReverseSort(port -> (port.2, -port.1), arrayMap((port, tried) -> (port, tried),
        arrayReduce('sumMap', arrayMap(port -> [port], firsts.3), arrayMap(port -> [toUInt32(1)], firsts.3)).1,
        arrayReduce('sumMap', arrayMap(port -> [port], firsts.3), arrayMap(port -> [toUInt32(1)], firsts.3)).2)), 1, 64) AS port_hosts,
    arraySum(session.4) AS events,
    session[1].1.1 AS start,
    session[-1].1.1 AS stop,
    toUnixTimestamp64Milli(session[1].1.1) AS start_ms,
    toUnixTimestamp64Milli(session[-1].1.1) AS stop_ms,
    if(n > 1, arrayReduce('median', arrayPopFront(arrayDifference(arrayMap(time -> toUnixTimestamp64Milli(time), firsts.1.1)))) / 1000, 0) AS median_gap_s,
    if(port_count > 1, countEqual(port_steps, 1) / (port_count - 1), 0) AS up,
    if(port_count > 1, countEqual(port_steps, -1) / (port_count - 1), 0) AS down,
    if(port_count > 2, arrayReduce('corr', arrayMap(rank -> toFloat64(rank), port_ranks), arrayMap(i -> toFloat64(i), arrayEnumerate(port_ranks))), 0) AS rho,
    countEqual(host_steps, 1) / (host_count - 1) AS hosts_up,
    countEqual(host_steps, -1) / (host_count - 1) AS hosts_down,
    arrayReduce('corr', arrayMap(rank -> toFloat64(rank), host_ranks), arrayMap(i -> toFloat64(i), arrayEnumerate(host_ranks))) AS hosts_rho
FROM cells
WHERE hosts >= {hosts:UInt16} OR port_count >= 5;
