-- Feeds that come over HTTP: `place` is a URL then, without secrets; `options` says where the key is, never what it is.
ALTER TABLE fireplot.feeds
    ADD COLUMN IF NOT EXISTS confirmed Nullable(DateTime64(3, 'UTC'))
    COMMENT 'When the place last said that it has nothing newer than the set in force' AFTER last_good;

ALTER TABLE fireplot.feeds COMMENT COLUMN place 'Path of the file, or URL without any secret';
