-- What detection found, one row a finding; a finding that goes on is written again under its id. Read with FINAL, and
-- leave out `superseded_by != ''` unless history is wanted. Names are those of `fireplot detect --json`; `order` and
-- `end` are words of SQL: quote them. `day` never changes for an id, so that versions of a finding meet. A finding
-- spans seven days at most: `day BETWEEN toDate(FROM) - 7 AND toDate(TO)` narrows a query of FROM to TO.
CREATE TABLE IF NOT EXISTS fireplot.scans
(
    day             Date COMMENT 'Day of the first event when the finding was first written (UTC); part of the key',
    id              String COMMENT 'Stable: the kind''s letter and 12 hex digits',
    version         UInt64 COMMENT 'When this row was written, ms since the epoch; the highest counts',
    kind            LowCardinality(String) COMMENT 'vertical, horizontal, block, synchronised, distributed, decoy, diagonal, backscatter, periodic or painted',
    proto           LowCardinality(String) COMMENT 'tcp, udp, icmp …, as in parse; empty when several',
    flags           LowCardinality(String) COMMENT 'syn, fin, null, xmas, maimon, ack, synfin, or other:FIN+SYN+PSH+URG; mixed; empty when not TCP or not logged',
    `order`         LowCardinality(String) COMMENT 'Ports in time: ascending, descending, random, mixed; empty where there are too few ports to tell',
    pace            LowCardinality(String) COMMENT 'fast (median gap under 5 s) or slow',
    sources         Array(IPv6) COMMENT 'Up to 10,000; IPv4 as ::ffff:a.b.c.d',
    source_count    UInt32 COMMENT 'All of them',
    targets         Array(IPv6) COMMENT 'Up to 10,000',
    target_count    UInt32 COMMENT 'All of them',
    ports           UInt32 COMMENT 'Number of distinct destination ports',
    min_port        UInt16 COMMENT 'Lowest port; 0 for protocols without ports',
    max_port        UInt16 COMMENT 'Highest port',
    port_list       Array(UInt16) COMMENT 'The ports in ascending order when there are at most 64, else empty',
    events          UInt64 COMMENT 'Packets counted in, repeats included',
    start           DateTime64(3, 'UTC') COMMENT 'First event',
    `end`           DateTime64(3, 'UTC') COMMENT 'Last event so far',
    rate            Float64 COMMENT 'Probes a second over the whole span',
    tool            LowCardinality(String) COMMENT 'masscan, zmap, nmap, mirai, unicornscan; empty when none matched',
    tool_sure       LowCardinality(String) COMMENT 'exact, likely or weak; empty without a tool',
    score           Float64 COMMENT '0 to 1: how far beyond the thresholds it is',
    severity        LowCardinality(String) COMMENT 'info, low, medium or high',
    magnitude       UInt64 COMMENT '10^floor(log10(events)): the alert label that lets it notify again only when it grew tenfold',
    ongoing         Bool COMMENT 'Its last event is not older than a session''s gap before the newest data looked at',
    superseded_by   String COMMENT 'Id of the group finding that took this one in; empty for findings that stand',
    known           String COMMENT 'Reason of the suppression that covers it; empty for none. Not for alerts',
    sensors         Array(LowCardinality(String)) COMMENT 'Sensors that saw it, up to 100',
    curve           Array(Tuple(time DateTime64(3, 'UTC'), port UInt16)) COMMENT 'Knots of the overlay in time order, at most 64; for a group the curve of its ports, for horizontal a point a target',
    evidence        String COMMENT 'JSON object: the measured figures behind the verdict, different by kind',
    not_evaluable   Array(LowCardinality(String)) COMMENT 'Tests that could not be made since the log lacks a column: flags, decoy, tool, …'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(day)
ORDER BY (day, id)
SETTINGS non_replicated_deduplication_window = 10000;

-- Ports that more sources than usual touched. Read with FINAL, as scans. `baseline` and `q` are NULL with less than
-- seven days of history: such a row informs and never alerts.
CREATE TABLE IF NOT EXISTS fireplot.spikes
(
    day            Date COMMENT 'Day of `end` when first written (UTC); part of the key',
    id             String COMMENT 'Stable: k and 12 hex digits',
    version        UInt64 COMMENT 'When this row was written, ms since the epoch; the highest counts',
    port           UInt16 COMMENT 'Destination port',
    proto          LowCardinality(String) COMMENT 'tcp or udp',
    window_hours   UInt8 COMMENT 'The window whose deviation was largest: 24, 12 or 1',
    sources        UInt32 COMMENT 'Distinct sources in the window, those of scans taken off',
    events         UInt64 COMMENT 'Packets in the window',
    targets        UInt32 COMMENT 'Distinct targets in the window',
    baseline       Nullable(Float64) COMMENT 'Distinct sources in such a window usually; NULL without history',
    q              Nullable(Float64) COMMENT 'Chance that noise does this anywhere among all ports (Benjamini-Hochberg); NULL without history',
    z              Nullable(Float64) COMMENT 'Deviation from the baseline in standard deviations; NULL without history',
    onset          Nullable(DateTime64(3, 'UTC')) COMMENT 'When it set in; NULL when it cannot be told',
    dshield_trend  Nullable(Float64) COMMENT 'DShield''s trend number over sources and targets; NULL without history',
    history_days   UInt16 COMMENT 'Days of data before the window',
    countries      Array(Tuple(country LowCardinality(String), sources UInt32)) COMMENT 'Most first, up to 20; empty when events have no country',
    networks       Array(Tuple(asn UInt32, sources UInt32)) COMMENT 'Most first, up to 20; empty when events have none',
    source_list    Array(IPv6) COMMENT 'Up to 10,000',
    start          DateTime64(3, 'UTC') COMMENT 'First event in the window',
    `end`          DateTime64(3, 'UTC') COMMENT 'Last event in the window',
    score          Float64 COMMENT '0 to 1',
    severity       LowCardinality(String) COMMENT 'info (never alerts), low, medium or high',
    magnitude      UInt64 COMMENT '10^floor(log10(sources))',
    ongoing        Bool COMMENT 'The newest window looked at still has it',
    known          String COMMENT 'Reason of the suppression that covers it; empty for none',
    evidence       String COMMENT 'JSON object: the measured figures behind the verdict'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(day)
ORDER BY (day, id)
SETTINGS non_replicated_deduplication_window = 10000;

-- What is known and wanted (one's own scanner, a research project): findings of these sources say so in `known`.
CREATE TABLE IF NOT EXISTS fireplot.suppressions
(
    network  String COMMENT 'CIDR of the sources, or empty for any',
    kind     LowCardinality(String) COMMENT 'A kind of finding, spike, or empty for any',
    port     UInt16 COMMENT 'A destination port, 0 for any',
    reason   String COMMENT 'Shown wherever the finding is shown',
    until    DateTime64(3, 'UTC') COMMENT 'In force before this time',
    removed  Bool COMMENT 'Taken back',
    version  DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (network, kind, port);

-- What detection has worked off, so that a restart goes on where it was: the ledger's rows up to `seen` are done.
CREATE TABLE IF NOT EXISTS fireplot.detections
(
    at       DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When the run ended',
    seen     DateTime64(3, 'UTC') COMMENT 'batches.inserted_at up to which all is done',
    from     DateTime64(3, 'UTC') COMMENT 'Start of the range looked at',
    to       DateTime64(3, 'UTC') COMMENT 'End of the range looked at',
    batches  UInt64 COMMENT 'Batches of the ledger that made it dirty',
    found    UInt32 COMMENT 'Findings written',
    ms       UInt32 COMMENT 'Time it took'
)
ENGINE = MergeTree
ORDER BY at
TTL toDateTime(at) + INTERVAL 90 DAY
SETTINGS non_replicated_deduplication_window = 10000;
