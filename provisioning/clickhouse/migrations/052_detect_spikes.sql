-- Ports with at least 20 sources in the 24 hours before `to`: distinct sources in all, in each hour, in each 12 hours and
-- in what those leave, and when sources first came, in bins of ten minutes. Hour 0 is the last one.
--   to         end of the 24 hours (UTC)
--   exclude    sources that belong to a scan
CREATE OR REPLACE VIEW fireplot.detect_spikes AS
WITH
    {to:DateTime64(3, 'UTC')} AS range_to,
    range_to - INTERVAL 24 HOUR AS range_from,
    busy AS
    (
        SELECT proto, dst_port
        FROM fireplot.first_hits
        WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0 AND proto IN (6, 17) AND dst_port > 0
            AND t.1 >= range_from AND t.1 < range_to AND src_ip NOT IN {exclude:Array(IPv6)}
        GROUP BY proto, dst_port
        HAVING uniqUpTo(20)(src_ip) >= 20
    )
SELECT
    proto,
    dst_port,
    count() AS sources,
    sum(packets) AS events,
    sumForEach(arrayMap(hour -> toUInt32(bitTest(hours, hour)), range(24))) AS hourly,
    sumForEach(arrayMap(hour -> toUInt32(bitAnd(hours, bitShiftLeft(toUInt32(4095), hour)) > 0), range(13))) AS halves,
    sumForEach(arrayMap(hour -> toUInt32(bitAnd(hours, bitXor(bitShiftLeft(toUInt32(4095), hour), toUInt32(16777215))) > 0), range(13))) AS others,
    sumMap([first_bin], [toUInt32(1)]) AS firsts
FROM
(
    SELECT
        proto, dst_port, src_ip,
        sum(n) AS packets,
        groupBitOr(bitShiftLeft(toUInt32(1), least(23, intDiv(toUnixTimestamp64Milli(range_to) - 1 - toUnixTimestamp64Milli(t.1), 3600000)))) AS hours,
        toUInt16(intDiv(min(toUnixTimestamp64Milli(t.1)) - toUnixTimestamp64Milli(range_from), 600000)) AS first_bin
    FROM fireplot.first_hits
    WHERE day BETWEEN toDate(range_from) AND toDate(range_to) AND role = 0
        AND t.1 >= range_from AND t.1 < range_to
        AND (proto, dst_port) IN busy AND src_ip NOT IN {exclude:Array(IPv6)}
    GROUP BY proto, dst_port, src_ip
)
GROUP BY proto, dst_port
HAVING sources >= 20;

ALTER TABLE fireplot.spikes COMMENT COLUMN dshield_trend 'DShield''s trend number, over sources and reports; NULL without history';
