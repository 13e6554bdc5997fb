SELECT $__timeGroup(time, 5m), $__timeGroup(time, '1h'), $__timeGroup(time, $__interval), $__timeGroup(time, 250ms), $__timeGroup(time, 90)
