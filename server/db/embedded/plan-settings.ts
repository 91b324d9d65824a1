const megabyte = 1024 * 1024

/**
 * PostgreSQL's settings for a machine with `memory` bytes (or a container limited to them). Shared buffers are an eighth,
 * at most 1 GB: what is read often stays there, the rest in the system's own cache. Plans do not go parallel and are not
 * compiled: on two cores that only helps one query at the others' cost.
 */
export function planSettings(memory: number, options: { socketFolder: string; name: string; fsync: boolean }) {
  const share = (part: number, least: number, most: number) =>
    `${Math.round(Math.min(Math.max((memory * part) / megabyte, least), most))}MB`
  return {
    cluster_name: options.name,
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: options.socketFolder,
    max_connections: '100',
    shared_buffers: share(1 / 8, 64, 1024),
    effective_cache_size: share(1 / 2, 256, 65_536),
    maintenance_work_mem: share(1 / 32, 32, 256),
    work_mem: '16MB',
    temp_file_limit: '4GB',
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    random_page_cost: '1.1',
    // room for new pages is made by whose work that is, not by who waits for an answer
    bgwriter_lru_maxpages: '1000',
    checkpoint_timeout: '15min',
    max_wal_size: '4GB',
    gin_pending_list_limit: '64MB',
    log_timezone: 'UTC',
    timezone: 'UTC',
    log_checkpoints: 'off',
    // values of people's records stay out of the log: no statements, no "Key (email)=(…) already exists"
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // one that may be lost is a test's, where several servers work side by side
    ...(options.fsync
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }),
  }
}
