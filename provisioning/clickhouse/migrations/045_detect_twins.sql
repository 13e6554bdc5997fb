-- Whether sources in lockstep are one machine: nmap -D sends the same source port and IP id from every address it
-- forges, so that probes of one port are twins. `known` counts ports with both columns, `twins` those where two sources
-- share them; `known_port` and `twin_port` go by the source port alone, for logs without IP id. An id of 0 or 54321
-- (ZMap's) says nothing.
--   from, to   range of events (UTC), both included; sources: the group; targets: whom they scan
--   part       one port in so many is looked at
CREATE OR REPLACE VIEW fireplot.detect_twins AS
SELECT
    countIf(id_sources > 1) AS known,
    countIf(id_sources > 1 AND id_twins > 1) AS twins,
    countIf(port_sources > 1) AS known_port,
    countIf(port_sources > 1 AND port_twins > 1) AS twin_port,
    count() AS ports
FROM
(
    SELECT
        dst_port,
        arrayUniq(arrayFlatten(groupArrayIf(sources, ip_id IS NOT NULL AND ip_id NOT IN (0, 54321) AND src_port > 0))) AS id_sources,
        maxIf(length(sources), ip_id IS NOT NULL AND ip_id NOT IN (0, 54321) AND src_port > 0) AS id_twins,
        arrayUniq(arrayFlatten(groupArrayIf(sources, src_port > 0))) AS port_sources,
        maxIf(arrayUniq(port_all), src_port > 0) AS port_twins
    FROM
    (
        SELECT
            dst_port, src_port, ip_id, groupUniqArray(64)(src_ip) AS sources,
            arrayFlatten(groupArray(sources) OVER (PARTITION BY dst_port, src_port)) AS port_all
        FROM fireplot.events
        WHERE time >= {from:DateTime64(3, 'UTC')} AND time <= {to:DateTime64(3, 'UTC')}
            AND src_ip IN {sources:Array(IPv6)} AND dst_ip IN {targets:Array(IPv6)} AND dst_port > 0
            AND cityHash64(dst_port) % {part:UInt32} = 0
        GROUP BY dst_port, src_port, ip_id
    )
    GROUP BY dst_port
);
