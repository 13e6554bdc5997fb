ALTER TABLE fireplot.events COMMENT COLUMN intel 'Score of the indicator that the source, or the name asked for, was listed under when serve took the line in; 0 for none';

-- Names on the lists that somebody asked for, one row each, most events first; each name looked up once. A name is
-- listed as it stands, or by `*.` and one of the names above it; what a feed allows is no hit.
--   from, to   range (UTC)
CREATE VIEW IF NOT EXISTS fireplot.name_hits AS
WITH asked AS
(
    SELECT
        lower(trimRight(qname, '.')) AS name,
        sum(count) AS events,
        min(time) AS first,
        max(time) AS last,
        uniqExact(src_ip) AS sources,
        groupUniqArray(64)(src_ip) AS source_list
    FROM fireplot.events
    WHERE time >= {from:DateTime64(3, 'UTC')} AND time < {to:DateTime64(3, 'UTC')} AND qname NOT IN ('', '.')
    GROUP BY name
)
SELECT name, events, first, last, sources, source_list, listed.score AS score, listed.feeds AS feeds, listed.tags AS tags
FROM asked
INNER JOIN
(
    SELECT
        wanted.name AS name,
        max(indicators.score) AS score,
        arraySort(groupUniqArray(indicators.feed)) AS feeds,
        arraySort(groupUniqArrayArray(32)(indicators.tags)) AS tags
    FROM
    (
        SELECT name, arrayJoin(arrayConcat([name], arrayMap(at -> concat('*', substring(name, at)),
            arrayFilter(at -> substring(name, at, 1) = '.', range(2, length(name)))))) AS candidate
        FROM asked
    ) AS wanted
    INNER JOIN
    (
        SELECT feed, domain, score, allow, tags
        FROM fireplot.indicators
        WHERE kind = 'domain' AND (expires IS NULL OR expires > now())
            AND (feed, version) IN (SELECT name, version FROM fireplot.feeds FINAL WHERE NOT removed)
    ) AS indicators ON indicators.domain = wanted.candidate
    GROUP BY name
    HAVING NOT max(indicators.allow)
) AS listed ON listed.name = asked.name
ORDER BY events DESC;
