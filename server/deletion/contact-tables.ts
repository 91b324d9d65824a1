// pure

/**
 * Where something about a contact stands, and what becomes of it when the contact is deleted. Every table with such rows must be
 * named here: a test compares this with the database.
 */

interface ContactTable {
  readonly table: string
  /** Columns with a contact's number, each led to by an index. */
  readonly columns: readonly string[]
  /** What the receipt counts its rows as. */
  readonly counted?: string
}

/** Rows that go, in this order: what refers to others before them. */
export const removedTables: readonly ContactTable[] = [
  { table: 'identity_due', columns: ['contact_id'] },
  { table: 'pair_suggestion', columns: ['a', 'b'], counted: 'suggestions' },
  { table: 'suggestion_key', columns: ['a', 'b'] },
  { table: 'identity_decision', columns: ['a', 'b'] },
  { table: 'identity_key', columns: ['contact_id'] },
  { table: 'contact_search', columns: ['contact_id'] },
  { table: 'contact_provenance', columns: ['contact_id'] },
  { table: 'workflow_event', columns: ['contact_id'] },
  { table: 'workflow_run_step', columns: ['contact_id'] },
  { table: 'workflow_run', columns: ['contact_id'] },
  { table: 'notification', columns: ['contact_id'] },
  { table: 'read_mark', columns: ['contact_id'] },
  { table: 'delivery', columns: ['contact_id'] },
  { table: 'message_html', columns: ['contact_id'] },
  { table: 'attachment', columns: ['contact_id'], counted: 'files' },
  { table: 'import_row', columns: ['contact_id'] },
  { table: 'import_plan_row', columns: ['contact_id'] },
  { table: 'import_plan_key', columns: ['contact_id'] },
  { table: 'held_message', columns: ['contact_id'], counted: 'heldMessages' },
  { table: 'contact_block', columns: ['contact_id'] },
  { table: 'opt_out', columns: ['contact_id'] },
  { table: 'activity', columns: ['contact_id'], counted: 'activities' },
  { table: 'conversation', columns: ['contact_id', 'owner_id'], counted: 'conversations' },
  { table: 'contact_channel', columns: ['contact_id', 'owner_id'], counted: 'channels' },
  { table: 'contact_state', columns: ['contact_id'] },
  { table: 'message', columns: ['contact_id'], counted: 'messages' },
]

/** Rows that go by something else than the contact's number: by its tags, its values, its links, its keys. */
export const removedByOther = [
  'contact',
  'contact_channel_alias',
  'contact_tag',
  'field_num',
  'field_str',
  'import_row_key',
] as const

/** Rows that stay and say nothing of a deleted contact any more but its number. */
export const emptiedTables = {
  merge_op: 'the line of the history stays, without names and values',
  merge_edge: 'numbers only',
  // so that a provider who repeats an old message, or tells of it late, brings nobody back
  message_seen: 'hashes of what has been received, for 90 days',
  // what was active stays counted
  active_contact: 'numbers only',
  bulk_batch: 'numbers only',
  export_part: 'the whole file goes in which the contact stands',
} as const
