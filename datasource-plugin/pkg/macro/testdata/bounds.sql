SELECT $__fromTime, $__toTime(), $__fromTime_ms, $__toTime_ms, $__from, $__to, ${__from}, ${__to}
