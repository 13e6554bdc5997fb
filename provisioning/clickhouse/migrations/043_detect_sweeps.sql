-- Horizontal scans and blocks: a source that touches many targets, in sessions that end where an hour of the clock saw
-- nothing of it (three hours of it when more than 64 are looked at). Pairs are counted in the order of the table, each
-- with the hours it was seen in as bits, and a source's sessions are the runs of bits of all its pairs. One row a
-- session with what tells the two apart, all of it about: `port_count` is a sketch (300 stands for many), and `fill`, the
-- share of (target, port) pairs touched, shares out a pair's touches over the hours it was seen in.
--   from, to      range of first hits (UTC)
--   sources       only these; none: all
--   hosts         least number of targets: 25, or half of those watched when they are fewer, never under 5
--   part, parts   sources are looked at in so many parts, so that memory stays bounded
-- Ask with optimize_aggregation_in_order. Targets, ports and their order are asked of detect_sweep_order.
CREATE OR REPLACE VIEW fireplot.detect_sweeps AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    toUInt32(intDiv(dateDiff('hour', toStartOfHour(range_from), range_to) + 64, 64)) AS hours_a_bit,
    pairs AS
    (
        SELECT
            day, role, dst_ip, src_ip, proto,
            max(flags) AS some_flags,
            count() AS touches,
            sum(n) AS packets,
            groupBitOr(bitShiftLeft(toUInt64(1), toUInt8(intDiv(dateDiff('hour', toStartOfHour(range_from), t.1), hours_a_bit)))) AS seen,
            -- ports as bits of a hash: their number is told from the bits that stayed empty, and unions cost nothing
            groupBitOr(bitShiftLeft(toUInt64(1), toUInt8(cityHash64(dst_port) % 64))) AS ports
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0
            AND t.1 >= range_from AND t.1 < range_to
            AND (empty({sources:Array(IPv6)}) OR src_ip IN {sources:Array(IPv6)})
            AND ({parts:UInt8} = 1 OR cityHash64(src_ip) % {parts:UInt8} = {part:UInt8})
        GROUP BY day, role, dst_ip, src_ip, proto
    ),
    spread AS
    (
        SELECT
            src_ip, proto,
            max(some_flags) AS flags,
            groupArray((cityHash64(dst_ip), seen, touches, packets, ports)) AS all_pairs,
            groupBitOr(seen) AS ever
        FROM pairs
        GROUP BY src_ip, proto
        HAVING count() >= 5
    ),
    sessions AS
    (
        SELECT
            src_ip, proto, flags,
            -- runs of bits: each begins at a bit whose lower neighbour is not set
            arrayJoin(arrayMap(bits -> (bits[1], bits[-1]),
                arraySplit((bit, before) -> bit > before + 1, bitPositionsToArray(ever), arrayPushFront(arrayPopBack(bitPositionsToArray(ever)), toUInt64(0))))) AS run,
            bitXor(bitShiftLeft(toUInt64(2), toUInt8(run.2)) - 1, bitShiftLeft(toUInt64(1), toUInt8(run.1)) - 1) AS mask,
            arrayFilter(pair -> bitAnd(pair.2, mask) > 0, all_pairs) AS own
        FROM spread
    )
SELECT
    src_ip, proto, flags,
    arrayUniq(own.1) AS hosts,
    bitCount(arrayReduce('groupBitOr', own.5)) AS port_bits,
    toUInt32(if(port_bits = 64, 300, round(-64 * log((64 - port_bits) / 64)))) AS port_count,
    arraySum(pair -> pair.3 * bitCount(bitAnd(pair.2, mask)) / bitCount(pair.2), own) AS touched,
    least(1, touched / (hosts * port_count)) AS fill,
    toUInt64(arraySum(pair -> pair.4 * bitCount(bitAnd(pair.2, mask)) / bitCount(pair.2), own)) AS packets,
    toUnixTimestamp64Milli(toDateTime64(toStartOfHour(range_from), 3, 'UTC')) + toInt64(run.1) * hours_a_bit * 3600000 AS hour_ms,
    toUnixTimestamp64Milli(toDateTime64(toStartOfHour(range_from), 3, 'UTC')) + toInt64(run.2 + 1) * hours_a_bit * 3600000 AS hour_end_ms
FROM sessions
WHERE hosts >= {hosts:UInt16} OR (hosts >= 5 AND port_count >= 5);
