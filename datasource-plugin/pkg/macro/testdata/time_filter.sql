SELECT count() FROM events
WHERE $__timeFilter(time) AND $__timeFilter_ms(received)
  AND $__dateFilter(toDate(time)) AND ($__dateTimeFilter(d, t)) AND ($__dt(d, t))
  AND $__timeFrom(time) AND $__timeTo(time)
