-- How sessions over many targets went: which targets and ports, and in what order. Sessions are those of detect_sweeps.
-- `up`, `down` and `rho` are the order of ports by first touch, `hosts_up` … that of targets; `port_hosts` says of the
-- most tried ports on how many targets each was tried.
--   from, to   range of first hits (UTC), as given to detect_sweeps
--   sources    whose
--   eighth_ports, sparse_ports     of them those of whom one port in eight, or one in 64, is looked at, and
--   eighth_targets, sparse_targets   those of whom one target in so many is: of a large block a part tells the order
CREATE OR REPLACE VIEW fireplot.detect_sweep_order AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    toUInt32(intDiv(dateDiff('hour', toStartOfHour(range_from), range_to) + 64, 64)) AS hours_a_bit,
    sessions AS
    (
        SELECT
            src_ip, proto,
            arrayJoin(arraySplit(
                (hit, before) -> intDiv(dateDiff('hour', toStartOfHour(range_from), hit.1.1), hours_a_bit)
                    > intDiv(dateDiff('hour', toStartOfHour(range_from), before), hours_a_bit) + 1,
                hits,
                arrayPushFront(arrayPopBack(hits.1.1), hits[1].1.1))) AS session
        FROM
        (
            SELECT src_ip, proto, arraySort(groupArray((t, dst_ip, dst_port, n))) AS hits
            FROM fireplot.first_hits
            WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0
                AND t.1 >= range_from AND t.1 < range_to
                AND src_ip IN {sources:Array(IPv6)}
                AND cityHash64(dst_port) % multiIf(
                    src_ip IN {sparse_ports:Array(IPv6)}, 64, src_ip IN {eighth_ports:Array(IPv6)}, 8, 1) = 0
                AND cityHash64(dst_ip) % multiIf(
                    src_ip IN {sparse_targets:Array(IPv6)}, 64, src_ip IN {eighth_targets:Array(IPv6)}, 8, 1) = 0
            GROUP BY src_ip, proto
        )
    ),
    cells AS
    (
        SELECT
            *,
            arrayDistinct(session.2) AS hosts_in_turn,
            arrayDistinct(session.3) AS ports_in_turn,
            length(hosts_in_turn) AS host_count,
            length(ports_in_turn) AS port_count,
            arrayUniq(session.2, session.3) AS n,
            arrayMap(hit -> toUnixTimestamp64Milli(hit.1.1), session) AS at,
            arraySort((rank, i) -> i, arrayEnumerate(hosts_in_turn), arraySort((i, host) -> host, arrayEnumerate(hosts_in_turn), hosts_in_turn)) AS host_ranks,
            arraySort((rank, i) -> i, arrayEnumerate(ports_in_turn), arraySort((i, port) -> port, arrayEnumerate(ports_in_turn), ports_in_turn)) AS port_ranks,
            arrayPopFront(arrayDifference(arrayMap(rank -> toInt32(rank), host_ranks))) AS host_steps,
            arrayPopFront(arrayDifference(arrayMap(rank -> toInt32(rank), port_ranks))) AS port_steps,
            -- a row a (port, target), so that a port's share is its number of targets
            arrayFilter((port, again) -> again = 1, session.3, arrayEnumerateUniq(session.2, session.3)) AS tried,
            arrayMap(port -> [port], tried) AS tried_keys,
            arrayReduce('sumMap', tried_keys, arrayMap(port -> [toUInt32(1)], tried)) AS by_port
        FROM sessions
        WHERE host_count >= 5
    )
SELECT
    src_ip,
    proto,
    toUInt32(host_count) AS hosts,
    toUInt32(port_count) AS port_count,
    toUInt32(n) AS touched,
    arraySlice(arraySort(hosts_in_turn), 1, 10000) AS targets,
    arrayMin(session.3) AS min_port,
    arrayMax(session.3) AS max_port,
    arraySlice(arrayReverseSort(port -> (port.2, -port.1), arrayZip(by_port.1, by_port.2)), 1, 64) AS port_hosts,
    arraySum(session.4) AS events,
    at[1] AS start_ms,
    at[-1] AS stop_ms,
    toUnixTimestamp64Milli(toDateTime64(toStartOfHour(range_from), 3, 'UTC'))
        + intDiv(dateDiff('hour', toStartOfHour(range_from), session[1].1.1), hours_a_bit) * hours_a_bit * 3600000 AS hour_ms,
    if(length(at) > 1, arrayReduce('median', arrayPopFront(arrayDifference(at))) / 1000, 0) AS median_gap_s,
    if(port_count > 1, countEqual(port_steps, 1) / (port_count - 1), 0) AS up,
    if(port_count > 1, countEqual(port_steps, -1) / (port_count - 1), 0) AS down,
    if(port_count > 2, arrayReduce('corr', arrayMap(rank -> toFloat64(rank), port_ranks), arrayMap(i -> toFloat64(i), arrayEnumerate(port_ranks))), 0) AS rho,
    countEqual(host_steps, 1) / (host_count - 1) AS hosts_up,
    countEqual(host_steps, -1) / (host_count - 1) AS hosts_down,
    arrayReduce('corr', arrayMap(rank -> toFloat64(rank), host_ranks), arrayMap(i -> toFloat64(i), arrayEnumerate(host_ranks))) AS hosts_rho
FROM cells;
