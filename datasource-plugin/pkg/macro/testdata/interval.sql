SELECT $__timeInterval(time) AS t, $__timeInterval_ms(time) AS ms, $__interval_s, $__interval_ms, $__interval
FROM events GROUP BY t, ms
