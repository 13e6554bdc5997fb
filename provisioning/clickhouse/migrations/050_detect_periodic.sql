-- Probes that come by the clock: one source, one target, one port, at gaps that are alike. Candidates came in at least
-- five different hours, about as often in each; hits within 30 s are one knock. `even` is the share of gaps within a tenth
-- of the usual gap or
-- of twice or three times it (lines get lost), `single` the share at the usual gap itself.
--   from, to   range (UTC)
CREATE OR REPLACE VIEW fireplot.detect_periodic AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    -- By the hour first: what comes by the clock comes as often in each.
    regulars AS
    (
        SELECT src_ip, proto, dst_port
        FROM
        (
            SELECT src_ip, proto, dst_port, h, sum(n) AS in_hour
            FROM fireplot.sources
            WHERE h >= toStartOfHour(range_from) AND h < range_to
                AND (src_ip, proto, dst_port) IN
                (
                    SELECT src_ip, proto, dst_port
                    FROM fireplot.sources
                    WHERE h >= toStartOfHour(range_from) AND h < range_to
                    GROUP BY src_ip, proto, dst_port
                    HAVING count() >= 5 AND sum(n) BETWEEN 9 AND 20000
                )
            GROUP BY src_ip, proto, dst_port, h
        )
        GROUP BY src_ip, proto, dst_port
        HAVING count() >= 5 AND sum(in_hour) BETWEEN 9 AND 20000 AND stddevPop(in_hour) <= 0.5 * avg(in_hour)
        ORDER BY stddevPop(in_hour) / avg(in_hour), count() DESC
        LIMIT 3000
    ),
    knocks AS
    (
        SELECT
            dst_ip, src_ip, proto, dst_port,
            sum(count) AS events,
            arraySort(groupArray(toUnixTimestamp64Milli(time))) AS at,
            arrayFilter((ms, gap) -> gap > 30000, at, arrayPushFront(arrayPopFront(arrayDifference(at)), 30001)) AS starts,
            arrayPopFront(arrayDifference(starts)) AS gaps,
            arrayReduce('median', gaps) AS usual,
            groupUniqArray(100)(sensor) AS sensors
        FROM fireplot.events
        WHERE time >= range_from AND time < range_to
            AND (src_ip, proto, dst_port) IN regulars
            AND NOT (proto = 6 AND bitAnd(ifNull(tcp_flags, 2), 63) IN (4, 18, 20))
        GROUP BY dst_ip, src_ip, proto, dst_port
        HAVING length(gaps) >= 9
    )
SELECT
    dst_ip, src_ip, proto, dst_port, events, sensors,
    length(starts) AS knock_count,
    usual / 1000 AS period_s,
    at[1] AS start_ms,
    at[-1] AS stop_ms,
    arrayMap(gap -> gap / usual, gaps) AS turns,
    arrayCount(turn -> round(turn) BETWEEN 1 AND 3 AND abs(turn - round(turn)) <= 0.1 * round(turn), turns) / length(turns) AS even,
    arrayCount(turn -> abs(turn - 1) <= 0.1, turns) / length(turns) AS single,
    sqrt(arrayReduce('varPop', arrayFilter(turn -> turn BETWEEN 0.5 AND 1.5, turns))) AS cv
FROM knocks
WHERE usual >= 60000 AND even >= 0.9 AND single >= 0.6 AND cv <= 0.1;
