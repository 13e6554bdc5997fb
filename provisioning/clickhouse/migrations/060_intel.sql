-- Indicators: addresses and names that others call bad (or good), one set a feed and version. A set is in force when
-- `feeds.version` names it: rows are written first, the feed's row last, so that a set is seen whole or not at all.
CREATE TABLE IF NOT EXISTS fireplot.indicators
(
    feed       LowCardinality(String) COMMENT 'Name of the feed',
    version    UInt64 COMMENT 'Which load of the feed, ms since the epoch',
    kind       Enum8('ip' = 1, 'cidr' = 2, 'domain' = 3),
    network    String COMMENT 'CIDR in IPv6 form, IPv4 as ::ffff:a.b.c.d/96+n; empty for a domain',
    domain     String COMMENT 'Lower case, without a last dot; empty for addresses',
    allow      Bool COMMENT 'The feed calls it good: it wins over every feed that calls it bad',
    score      UInt8 COMMENT '0 to 100: how sure and how bad',
    tags       Array(LowCardinality(String)),
    first_seen Nullable(DateTime64(3, 'UTC')),
    last_seen  Nullable(DateTime64(3, 'UTC')),
    expires    Nullable(DateTime64(3, 'UTC')) COMMENT 'Counts no more from then on; NULL: while the feed lists it',
    comment    String
)
ENGINE = MergeTree
ORDER BY (feed, version, kind, network, domain)
SETTINGS non_replicated_deduplication_window = 10000;

-- Read with FINAL and `NOT removed`. `place` never holds a secret.
CREATE TABLE IF NOT EXISTS fireplot.feeds
(
    name       String,
    format     LowCardinality(String),
    place      String COMMENT 'Path of the file',
    score      UInt8 COMMENT 'Score of indicators that bring none',
    options    String COMMENT 'JSON object: what else was said when it was added',
    state      LowCardinality(String) COMMENT 'ok, or refused: then the last good set stays in force',
    version    UInt64 COMMENT 'The set in force; 0 for none yet',
    indicators UInt32 COMMENT 'In the set in force',
    bad        UInt32 COMMENT 'Entries of the last load that could not be read',
    ignored    UInt32 COMMENT 'Entries of the last load that are of another kind (hashes, URLs) or taken back',
    last_good  Nullable(DateTime64(3, 'UTC')) COMMENT 'When the set in force was loaded',
    last_try   DateTime64(3, 'UTC'),
    last_error String COMMENT 'Why the last load was refused; empty when it was not',
    removed    Bool,
    at         UInt64 COMMENT 'When this row was written, ms since the epoch; the highest counts'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY name
SETTINGS non_replicated_deduplication_window = 10000;

-- The user's own allow list. Read with FINAL and `NOT removed`.
CREATE TABLE IF NOT EXISTS fireplot.intel_allowed
(
    network String COMMENT 'CIDR, as written',
    reason  String,
    removed Bool,
    at      UInt64 COMMENT 'ms since the epoch; the highest counts'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY network
SETTINGS non_replicated_deduplication_window = 10000;

-- What the dictionary is made of: all sets in force and the allow lists, merged, so that the longest prefix says all
-- feeds that cover an address and not only the one with the longest. Of the versions the one of `intel_sets` counts.
CREATE TABLE IF NOT EXISTS fireplot.intel_networks
(
    version    UInt64,
    network    String COMMENT 'CIDR in IPv6 form',
    score      UInt8 COMMENT 'Highest of the feeds; 0 when allowed',
    feeds      Array(String) COMMENT 'All feeds that cover it; empty when allowed',
    tags       Array(String),
    allowed    Bool,
    first_seen DateTime('UTC') COMMENT 'Earliest; 1970 when no feed says',
    last_seen  DateTime('UTC') COMMENT 'Latest; 1970 when no feed says',
    expires    DateTime('UTC') COMMENT '2106 for never'
)
ENGINE = MergeTree
ORDER BY (version, network)
SETTINGS non_replicated_deduplication_window = 10000;

CREATE TABLE IF NOT EXISTS fireplot.intel_sets
(
    version  UInt64,
    networks UInt32
)
ENGINE = MergeTree
ORDER BY version
SETTINGS non_replicated_deduplication_window = 10000;

-- Longest prefix. ingest reloads it when a set changes. On a server whose `default` user has a password the source
-- cannot log in: `fireplot intel` then ends with a sentence that says how to make it with a user of its own.
CREATE DICTIONARY IF NOT EXISTS fireplot.intel
(
    network    String,
    score      UInt8 DEFAULT 0,
    feeds      Array(String),
    tags       Array(String),
    allowed    Bool DEFAULT false,
    first_seen DateTime('UTC'),
    last_seen  DateTime('UTC'),
    expires    DateTime('UTC')
)
PRIMARY KEY network
SOURCE(CLICKHOUSE(QUERY 'SELECT network, score, feeds, tags, allowed, first_seen, last_seen, expires FROM fireplot.intel_networks WHERE version = (SELECT max(version) FROM fireplot.intel_sets)'))
LAYOUT(IP_TRIE(ACCESS_TO_KEY_FROM_ATTRIBUTES 1))
LIFETIME(0);

-- Sources on the lists that knocked, one row each, most events first: from the hourly rollup, each source looked up once.
--   from, to   range (UTC); whole hours, since the rollup is by the hour
CREATE VIEW IF NOT EXISTS fireplot.hits AS
SELECT
    src_ip,
    events,
    first,
    last,
    ports,
    port_list,
    hit.1 AS network,
    hit.2 AS score,
    hit.3 AS feeds,
    hit.4 AS tags,
    hit.5 AS first_seen,
    hit.6 AS last_seen
FROM
(
    SELECT
        src_ip, events, first, last, ports, port_list,
        dictGet('fireplot.intel', ('network', 'score', 'feeds', 'tags', 'first_seen', 'last_seen', 'expires'), tuple(src_ip)) AS hit
    FROM
    (
        SELECT
            src_ip,
            sum(sources.n) AS events,
            min(sources.first) AS first,
            max(sources.last) AS last,
            uniqExact(dst_port) AS ports,
            arraySort(groupUniqArray(64)(dst_port)) AS port_list
        FROM fireplot.sources AS sources
        WHERE h >= toStartOfHour({from:DateTime64(3, 'UTC')}) AND h < {to:DateTime64(3, 'UTC')}
        GROUP BY src_ip
    )
)
WHERE score > 0 AND hit.7 > now()
ORDER BY events DESC;
