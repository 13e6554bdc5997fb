-- Pictures: neighbouring cells filled far more often than busy rows and columns explain. From events, since a picture may
-- touch its ports again and again, and first hits keep one touch an hour. The plot is cut into windows of 3 hours (begun
-- every 90 minutes) and into grids of 96 × 64, 48 × 32 and 24 × 16 cells (time × log port); a cell counts once. `side`
-- and `up` are how many standard deviations more cells have a right and an upper neighbour than chance within their rows
-- and columns; a busy port raises neither, a fast scan or a diagonal only one.
--   from, to   range (UTC)
--   exclude    sources that other findings explain
CREATE OR REPLACE VIEW fireplot.detect_painted AS
WITH
    {from:DateTime64(3, 'UTC')} AS range_from,
    {to:DateTime64(3, 'UTC')} AS range_to,
    fine AS
    (
        SELECT intDiv(toUnixTimestamp64Milli(time), 112500) AS bin, toInt32(least(63, floor(4 * log2(dst_port)))) AS row
        FROM fireplot.events
        WHERE time >= range_from AND time < range_to AND dst_port > 0 AND bitAnd(class, 8) = 0
            AND NOT (proto = 6 AND bitAnd(ifNull(tcp_flags, 2), 18) = 18)
            AND NOT (proto = 17 AND dst_port >= 1024 AND src_port IN (19, 53, 69, 123, 137, 161, 389, 443, 500, 1194,
                1900, 3478, 3702, 4500, 5353, 11211, 51820))
            AND src_ip NOT IN {exclude:Array(IPv6)}
        GROUP BY bin, row
    ),
    -- Windows at the ends of the data are not as long as the others: what is expected goes by their part.
    data AS
    (
        SELECT min(bin) * 112500 AS first, (max(bin) + 1) * 112500 AS last FROM fine
    ),
    cells AS
    (
        SELECT
            arrayJoin([1, 2, 4]) AS scale,
            arrayJoin([0, 1]) AS half,
            intDiv(bin + half * 48, 96) AS slot,
            toInt32(intDiv((bin + half * 48) % 96, scale)) AS x,
            toInt32(intDiv(row, scale)) AS y
        FROM fine
        GROUP BY scale, half, slot, x, y
    ),
    marked AS
    (
        SELECT
            scale, half, slot, x, y,
            (scale, half, slot, x + 1, y) IN cells AS beside,
            (scale, half, slot, x, y + 1) IN cells AS above
        FROM cells
    ),
    by_row AS
    (
        SELECT
            scale, half, slot,
            slot * 10800000 - half * 5400000 AS begins,
            greatest(1, (least((SELECT last FROM data), begins + 10800000) - greatest((SELECT first FROM data), begins)) / (112500 * scale)) AS width,
            sum(r * (r - 1)) / width AS expected
        FROM (SELECT scale, half, slot, y, count() AS r FROM cells GROUP BY scale, half, slot, y)
        GROUP BY scale, half, slot
    ),
    by_column AS
    (
        SELECT scale, half, slot, sum(k * (k - 1)) / (64 / scale) AS expected
        FROM (SELECT scale, half, slot, x, count() AS k FROM cells GROUP BY scale, half, slot, x)
        GROUP BY scale, half, slot
    )
SELECT
    marked.scale AS scale, marked.half AS half, marked.slot AS slot,
    count() AS cells,
    (sum(beside) - any(by_row.expected)) / sqrt(any(by_row.expected) + 1) AS side,
    (sum(above) - any(by_column.expected)) / sqrt(any(by_column.expected) + 1) AS up,
    slot * 10800000 - half * 5400000 AS start_ms,
    start_ms + 10800000 AS stop_ms
FROM marked
INNER JOIN by_row ON by_row.scale = marked.scale AND by_row.half = marked.half AND by_row.slot = marked.slot
INNER JOIN by_column ON by_column.scale = marked.scale AND by_column.half = marked.half AND by_column.slot = marked.slot
GROUP BY scale, half, slot
HAVING cells >= 40;
