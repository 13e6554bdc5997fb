/**
 * The engine's configuration files, as text. Users and roles can only be given this way: the embedded engine
 * has no writable access storage. Every session starts with both roles; a reader drops to `viewer`, which may
 * not touch files, URLs, other servers, or anything outside the two databases.
 */
export interface Limits {
  /** Bytes the engine may allocate in all; the process needs about 250 MB beside it (code, JavaScript). */
  readonly memory: number;
  /** Threads that merge parts in the background. */
  readonly mergeThreads: number;
}

export const DEFAULT_LIMITS: Limits = { memory: 560 * 2 ** 20, mergeThreads: 2 };

const MB = 2 ** 20;

/** @param usersFile absolute path of the file that holds `usersXml()` */
export function serverXml(limits: Limits, usersFile: string): string {
  return `<clickhouse>
  <max_server_memory_usage>${limits.memory}</max_server_memory_usage>
  <background_pool_size>${limits.mergeThreads}</background_pool_size>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <mark_cache_size>${32 * MB}</mark_cache_size>
  <index_mark_cache_size>${8 * MB}</index_mark_cache_size>
  <primary_index_cache_size>${32 * MB}</primary_index_cache_size>
  <query_condition_cache_size>${8 * MB}</query_condition_cache_size>
  <mmap_cache_size>0</mmap_cache_size>
  <user_directories>
    <users_xml><path>${escapeXml(usersFile)}</path></users_xml>
  </user_directories>
</clickhouse>
`;
}

export function usersXml(): string {
  return `<clickhouse>
  <roles>
    <viewer><grants>
      <query>GRANT SELECT, SHOW, dictGet ON fireplot.*</query>
      <query>GRANT SELECT ON system.*</query>
      <query>GRANT SELECT ON information_schema.*</query>
      <query>GRANT SELECT ON INFORMATION_SCHEMA.*</query>
    </grants></viewer>
    <writer><grants><query>GRANT ALL ON *.*</query></grants></writer>
  </roles>
  <users>
    <default>
      <no_password/>
      <profile>default</profile>
      <quota>default</quota>
      <networks><ip>::/0</ip></networks>
      <grants><query>GRANT viewer</query><query>GRANT writer</query></grants>
    </default>
  </users>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
</clickhouse>
`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
}
