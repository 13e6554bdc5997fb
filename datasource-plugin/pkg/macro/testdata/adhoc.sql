SELECT * FROM events WHERE $__timeFilter(time) AND $__adHoc AND $__adHoc('sources')
