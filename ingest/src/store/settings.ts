/**
 * Settings of every insert; all known to servers for years. One INSERT becomes one block and so one part and one
 * deduplication id: limits that would split it are lifted, the reader bounds its batches. A log may span more
 * months than the default allows.
 */
export const INSERT_SETTINGS = {
  async_insert: 0,
  insert_deduplicate: 1,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  max_partitions_per_insert_block: 0,
  max_insert_block_size: 1_048_576,
  max_insert_threads: 1,
  input_format_parallel_parsing: 0,
} as const;

/** The same for the engine that comes along: it knows more, and has less memory. */
export const EMBEDDED_INSERT_SETTINGS = {
  ...INSERT_SETTINGS,
  max_insert_block_size_bytes: 0,
  // When memory runs out a read is ended to make room, not the insert.
  memory_overcommit_ratio_denominator: 0,
  memory_overcommit_ratio_denominator_for_user: 0,
} as const;
