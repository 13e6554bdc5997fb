-- The first time in an hour that a source touched a port of a target: what every test for scans starts from. Sorted by
-- day, target and source, so that a day's pairs are counted as they stream by and one pair is found at once. Filled by
-- a view without GROUP BY: rows of one key fold together when the block is sorted, and again when parts merge.
--
-- `role` tells probes from what only looks like them, while the line's other columns are at hand:
--   0 probe
--   1 answer to somebody who forged or used our address: SYN+ACK, RST, replies of UDP services, ICMP answers
--   2 stray of a connection that ended: ACK without SYN from a service's port to a client's
--   3 traffic of our own that was let through
-- `flags` are the six bits of the first TCP header (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32); 64 is "not logged" and
-- every protocol but TCP. `dst_port` is 0 where the protocol has none. Connections' closing records (Cisco teardowns)
-- say nothing new and are left out. `n` counts packets that a line stands for.
CREATE TABLE IF NOT EXISTS fireplot.first_hits
(
    day      Date,
    role     UInt8,
    dst_ip   IPv6 CODEC(ZSTD(1)),
    src_ip   IPv6 CODEC(ZSTD(1)),
    proto    UInt8,
    hour     UInt8,
    dst_port UInt16 CODEC(ZSTD(1)),
    flags    UInt8,
    t        SimpleAggregateFunction(min, Tuple(DateTime64(3, 'UTC'), UInt32)) CODEC(ZSTD(1)),
    n        SimpleAggregateFunction(sum, UInt64) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (day, role, dst_ip, src_ip, proto, hour, dst_port, flags)
SETTINGS non_replicated_deduplication_window = 10000;

-- What was stored before this table came; from nothing, so that a second run after a failure counts nothing twice.
TRUNCATE TABLE fireplot.first_hits;

INSERT INTO fireplot.first_hits
SELECT
    toDate(time, 'UTC') AS day,
    toUInt8(multiIf(
        action = 'allow' AND (
            src_ip BETWEEN toIPv6('::ffff:10.0.0.0') AND toIPv6('::ffff:10.255.255.255')
            OR src_ip BETWEEN toIPv6('::ffff:172.16.0.0') AND toIPv6('::ffff:172.31.255.255')
            OR src_ip BETWEEN toIPv6('::ffff:192.168.0.0') AND toIPv6('::ffff:192.168.255.255')
            OR src_ip BETWEEN toIPv6('fc00::') AND toIPv6('fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')
            -- the tail bit without FIN+ACK, RST or port 0 that it stands for too: an address of our own
            OR (bitAnd(class, 8) > 0 AND dst_port > 0 AND bitAnd(ifNull(tcp_flags, 2), 4) = 0
                AND bitAnd(ifNull(tcp_flags, 2), 17) != 17)), 3,
        proto = 6 AND bitAnd(ifNull(tcp_flags, 0), 63) IN (4, 18, 20), 1,
        proto = 6 AND dst_port >= 1024 AND bitAnd(ifNull(tcp_flags, 2), 18) = 16 AND (src_port < 1024
            OR src_port IN (1935, 3128, 3306, 3389, 4443, 5222, 5223, 5228, 5432, 8000, 8080, 8443, 8883, 9443)), 2,
        proto = 17 AND dst_port >= 1024 AND src_port IN (19, 53, 69, 123, 137, 161, 389, 443, 500, 1194, 1900, 3478,
            3702, 4500, 5353, 11211, 51820), 1,
        proto IN (1, 58) AND ifNull(icmp_type, 255) != if(proto = 1, 8, 128), 1,
        0)) AS role,
    dst_ip,
    src_ip,
    proto,
    toUInt8(toHour(time, 'UTC')) AS hour,
    dst_port,
    if(proto = 6, ifNull(bitAnd(tcp_flags, 63), 64), 64) AS flags,
    (time, seq) AS t,
    toUInt64(count) AS n
FROM fireplot.events
WHERE attrs['event'] != 'close' AND src_ip != toIPv6('::') AND dst_ip != toIPv6('::')
SETTINGS max_partitions_per_insert_block = 0, max_threads = 1, max_insert_threads = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS fireplot.first_hits_mv TO fireplot.first_hits AS
SELECT
    toDate(time, 'UTC') AS day,
    toUInt8(multiIf(
        action = 'allow' AND (
            src_ip BETWEEN toIPv6('::ffff:10.0.0.0') AND toIPv6('::ffff:10.255.255.255')
            OR src_ip BETWEEN toIPv6('::ffff:172.16.0.0') AND toIPv6('::ffff:172.31.255.255')
            OR src_ip BETWEEN toIPv6('::ffff:192.168.0.0') AND toIPv6('::ffff:192.168.255.255')
            OR src_ip BETWEEN toIPv6('fc00::') AND toIPv6('fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')
            -- the tail bit without FIN+ACK, RST or port 0 that it stands for too: an address of our own
            OR (bitAnd(class, 8) > 0 AND dst_port > 0 AND bitAnd(ifNull(tcp_flags, 2), 4) = 0
                AND bitAnd(ifNull(tcp_flags, 2), 17) != 17)), 3,
        proto = 6 AND bitAnd(ifNull(tcp_flags, 0), 63) IN (4, 18, 20), 1,
        proto = 6 AND dst_port >= 1024 AND bitAnd(ifNull(tcp_flags, 2), 18) = 16 AND (src_port < 1024
            OR src_port IN (1935, 3128, 3306, 3389, 4443, 5222, 5223, 5228, 5432, 8000, 8080, 8443, 8883, 9443)), 2,
        proto = 17 AND dst_port >= 1024 AND src_port IN (19, 53, 69, 123, 137, 161, 389, 443, 500, 1194, 1900, 3478,
            3702, 4500, 5353, 11211, 51820), 1,
        proto IN (1, 58) AND ifNull(icmp_type, 255) != if(proto = 1, 8, 128), 1,
        0)) AS role,
    dst_ip,
    src_ip,
    proto,
    toUInt8(toHour(time, 'UTC')) AS hour,
    dst_port,
    if(proto = 6, ifNull(bitAnd(tcp_flags, 63), 64), 64) AS flags,
    (time, seq) AS t,
    toUInt64(count) AS n
FROM fireplot.events
WHERE attrs['event'] != 'close' AND src_ip != toIPv6('::') AND dst_ip != toIPv6('::');
