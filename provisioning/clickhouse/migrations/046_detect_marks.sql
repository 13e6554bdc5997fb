-- What tools leave in headers, by source, and which sensors saw it: counts of TCP probes that carry each mark, beside counts of those where the
-- column was logged at all, so that "no" and "not logged" are told apart. The verdict is drawn in ingest.
--   zmap       IP id 54321 (before 4.1); zmap_new: window 65535 and a TTL that began at 255 (weak)
--   masscan    IP id = target ^ port ^ sequence number (low 16 bits), exact; else by window 1024, TTL near 255, one port
--   nmap       window 1024 (old: 1 to 4 times that), and a TTL drawn anew from 23 values for each probe
--   mirai      sequence number = target
--   unicorn    window 4128 and a TTL that began at 255
--   from, to   range of events (UTC); sources: whose
CREATE OR REPLACE VIEW fireplot.detect_marks AS
SELECT
    src_ip,
    countIf(tcp) AS n,
    groupUniqArray(100)(sensor) AS sensors,
    countIf(tcp AND ip_id IS NOT NULL) AS has_id,
    countIf(tcp AND tcp_window IS NOT NULL) AS has_window,
    countIf(tcp AND ttl IS NOT NULL) AS has_ttl,
    countIf(tcp_seq IS NOT NULL AND mapped) AS has_seq,
    countIf(tcp AND src_port > 0) AS has_port,
    countIf(tcp AND ip_id = 54321) AS zmap,
    countIf(tcp_window = 65535 AND ttl > 200) AS zmap_new,
    countIf(mapped AND ip_id = bitAnd(bitXor(bitXor(host, toUInt32(dst_port)), tcp_seq), 65535)) AS masscan,
    countIf(tcp_window = 1024) AS window_1024,
    countIf(tcp_window IN (1024, 2048, 3072, 4096)) AS window_old_nmap,
    countIf(tcp_window = 4128 AND ttl > 200) AS unicorn,
    countIf(mapped AND tcp_seq = host) AS mirai,
    countIf(tcp AND dst_port IN (23, 2323)) AS telnet,
    ifNull(minIf(ttl, tcp), 0) AS ttl_min,
    ifNull(maxIf(ttl, tcp), 0) AS ttl_max,
    uniqUpToIf(10)(src_port, tcp) AS source_ports,
    uniqUpToIf(20)(ttl, tcp) AS ttls,
    arrayElement(topKIf(1)(ifNull(tcp_window, 0), tcp), 1) AS window
FROM
(
    SELECT *, proto = 6 AS tcp, toUInt32(bitAnd(toUInt128(dst_ip), toUInt128(4294967295))) AS host,
        dst_ip BETWEEN toIPv6('::ffff:0.0.0.0') AND toIPv6('::ffff:255.255.255.255') AS mapped
    FROM fireplot.events
    WHERE time >= {from:DateTime64(3, 'UTC')} AND time <= {to:DateTime64(3, 'UTC')}
        AND src_ip IN {sources:Array(IPv6)}
        AND NOT (proto = 6 AND (dst_port = 0 OR bitAnd(ifNull(tcp_flags, 2), 4) > 0 OR bitAnd(ifNull(tcp_flags, 2), 18) = 18))
)
GROUP BY src_ip;
