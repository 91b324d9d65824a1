import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Workflow } from '#contract/workflows.ts'
import { openDraft, type OpenDraft, type ShownDraft } from './open-draft.ts'

export interface DraftHold {
  /** The same as long as the screen is there. */
  readonly held: OpenDraft
  readonly now: ShownDraft
}

/** The draft of the workflow on the screen, saved as it is written. */
export function useDraft(workflow: Workflow): DraftHold {
  const [held] = useState(() => openDraft(workflow))
  const now = useSyncExternalStore(held.watch, held.shown)
  useEffect(() => held.begin(), [held])
  useEffect(() => held.hear(workflow), [held, workflow])
  return { held, now }
}
