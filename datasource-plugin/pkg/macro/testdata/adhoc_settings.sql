SELECT * FROM events WHERE 1 SETTINGS $__adHocFilters('events'), max_threads = 1
