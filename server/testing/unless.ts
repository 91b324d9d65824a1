declare module 'vitest' {
  interface TaskMeta {
    whySkipped?: string
  }
}

/**
 * Options of a test or a group that cannot run where something is missing: `test('…', unless(imapMissing), …)`. The reason
 * is printed at the end of the run.
 */
export function unless(missing: string | null | undefined): { skip?: boolean; meta?: { whySkipped: string } } {
  return missing === null || missing === undefined ? {} : { skip: true, meta: { whySkipped: missing } }
}
