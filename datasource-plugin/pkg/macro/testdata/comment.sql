SELECT count() FROM events WHERE $__timeFilter(
  time -- the device's, not $__when it arrived
) AND $__conditionalAll(a /* ' */ = 1 OR b = 2, 1)
