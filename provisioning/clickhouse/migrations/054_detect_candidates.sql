-- Sources that touched several ports of one target: all that need a closer look for what happens on a target. Read in the
-- order of the table, so that memory does not grow with the number of pairs: ask with optimize_aggregation_in_order.
-- `tall` is the ports of one target on a day (beyond 15 a bound from above), `targets` counts
-- targets with ten or more, `hits` what there is to read, `some_targets` are up to 16 with five or more, `met_targets`
-- up to 16 with eight or more: those on which it may go in step with others.
--   from, to   range of first hits (UTC)
--   sources    only these; none: all
CREATE OR REPLACE VIEW fireplot.detect_candidates AS
SELECT
    src_ip, max(ports) AS tall, countIf(ports >= 10) AS targets, sum(ports) AS hits,
    -- the same ones of all who share them
    arraySlice(arraySort(target -> cityHash64(target), groupUniqArrayIf(1000)(dst_ip, ports >= 5)), 1, 16) AS some_targets,
    arraySlice(arraySort(target -> cityHash64(target), groupUniqArrayIf(1000)(dst_ip, ports >= 8)), 1, 16) AS met_targets
FROM
(
    -- a port of another hour is a row again, so that rows are no ports
    SELECT day, role, dst_ip, src_ip, uniqUpTo(15)(dst_port) AS few, if(few < 15, few, count()) AS ports
    FROM fireplot.first_hits
    WHERE day BETWEEN toDate({from:DateTime64(3, 'UTC')}) AND toDate({to:DateTime64(3, 'UTC')}) AND role = 0 AND dst_port > 0
        AND t.1 >= {from:DateTime64(3, 'UTC')} AND t.1 < {to:DateTime64(3, 'UTC')}
        AND (empty({sources:Array(IPv6)}) OR src_ip IN {sources:Array(IPv6)})
    GROUP BY day, role, dst_ip, src_ip
    HAVING ports >= 3
)
GROUP BY src_ip
HAVING tall >= 3;
