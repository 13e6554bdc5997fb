-- The ledger: a batch is stored when its row is here, and not before. It answers "is this file loaded already",
-- "which range is new" (detection), and what an input did (Ingest health).
CREATE TABLE IF NOT EXISTS fireplot.batches
(
    token       String,
    input       String,
    min_time    DateTime64(3, 'UTC'),
    max_time    DateTime64(3, 'UTC'),
    rows        UInt64,
    refused     UInt64,
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(inserted_at)
ORDER BY (token, inserted_at)
SETTINGS non_replicated_deduplication_window = 10000;

-- Lines no dialect could read, kept for a look; sum(count) by reason is exact while they last, batches.refused for
-- ever. Their age counts from storing: `received` of a backfill is its file's time and may be years ago.
CREATE TABLE IF NOT EXISTS fireplot.refused
(
    received DateTime64(3, 'UTC'),
    sensor   LowCardinality(String),
    input    LowCardinality(String),
    dialect  LowCardinality(String),
    reason   LowCardinality(String),
    count    UInt64,
    line     String CODEC(ZSTD(3)),
    stored   DateTime('UTC') DEFAULT now()
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(stored)
ORDER BY (stored, received, reason)
TTL stored + INTERVAL 30 DAY
SETTINGS non_replicated_deduplication_window = 10000;

-- What the data source must know of the configuration: own networks, for one.
CREATE TABLE IF NOT EXISTS fireplot.settings
(
    name    String,
    value   String,
    version DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY name;
