-- Answers to packets that somebody forged with our addresses: SYN+ACK and RST from one or two ports of a source. Such a
-- source is the victim of a flood, not a scanner.
--   from, to   range (UTC)
--   hosts      least number of targets, 10 or half of those watched; fewer count only with 25 answers on 10 ports
CREATE OR REPLACE VIEW fireplot.detect_backscatter AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to
SELECT
    src_ip,
    sum(count) AS events,
    uniqExact(dst_ip) AS hosts,
    arraySlice(arraySort(groupUniqArray(10000)(dst_ip)), 1, 10000) AS targets,
    uniqExact(dst_port) AS port_count,
    min(dst_port) AS min_port,
    max(dst_port) AS max_port,
    arraySort(groupUniqArray(64)(dst_port)) AS port_list,
    uniqExact(src_port) AS source_ports,
    arrayElement(topK(1)(src_port), 1) AS source_port,
    countIf(bitAnd(tcp_flags, 2) > 0) / count() AS synack,
    min(toUnixTimestamp64Milli(time)) AS start_ms,
    max(toUnixTimestamp64Milli(time)) AS stop_ms,
    groupUniqArray(100)(sensor) AS sensors
FROM fireplot.events
WHERE time >= range_from AND time < range_to AND proto = 6 AND bitAnd(tcp_flags, 63) IN (4, 18, 20)
    AND src_ip IN
    (
        SELECT src_ip
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 1 AND proto = 6
            AND t.1 >= range_from AND t.1 < range_to
        GROUP BY src_ip
        HAVING uniqExact(dst_ip) >= {hosts:UInt16} OR (uniqUpTo(10)(dst_port) >= 10 AND sum(n) >= 25)
    )
GROUP BY src_ip
HAVING source_ports <= 2;
