import type { Definition, Step } from '#contract/workflows.ts'
import { withLists } from './draft-tree.ts'
import { workspaceInUrl } from '../api/workspace-in-url.ts'

const key = (workflowId: number) => `ficha.workflow.${workspaceInUrl(location.pathname)}.${workflowId}`

/** Secrets do not lie in a browser: whoever lost the connection while typing one types it again. */
const withoutSecrets = (steps: readonly Step[]): Step[] =>
  steps.map((step) => {
    const whole = withLists(step, withoutSecrets)
    if (whole.kind !== 'http') return whole
    return { ...whole, headers: whole.headers.map((header) => (header.secret ? { ...header, value: null } : header)) }
  })

/** Keeps a draft in this browser until the server has it. */
export function keepCopy(workflowId: number, revision: number, draft: Definition): void {
  try {
    localStorage.setItem(
      key(workflowId),
      JSON.stringify({ revision, draft: { ...draft, steps: withoutSecrets(draft.steps) } }),
    )
  } catch {
    // Storage may be closed or full; the server has it in a moment.
  }
}

export function dropCopy(workflowId: number): void {
  try {
    localStorage.removeItem(key(workflowId))
  } catch {
    // Storage may be closed.
  }
}

/** What was kept and never reached the server, with the revision it was written over; null where there is none. */
export function readCopy(workflowId: number): { revision: number; draft: Definition } | null {
  try {
    return JSON.parse(localStorage.getItem(key(workflowId)) ?? 'null') as ReturnType<typeof readCopy>
  } catch {
    return null
  }
}

/** Do two drafts say the same, whatever secrets they hold? */
export const sameDraft = (one: Definition, other: Definition): boolean => canonical(one) === canonical(other)

const canonical = ({ triggers, steps }: Definition): string =>
  JSON.stringify({ triggers, steps: withoutSecrets(steps) }, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
