import type { FieldProblem } from '#contract/errors.ts'
import type { Definition, Workflow } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { codeOf, fieldProblems } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { toSend } from './draft-tree.ts'
import { dropCopy, keepCopy, readCopy, sameDraft } from './local-copy.ts'

/**
 * `saving`: it is on its way, or will be in a moment. `refused`: what is written cannot be kept as it is, the problems say where.
 * `failed`: the server is out of reach, and is asked again. `stale`: somebody else has saved another one. `gone`: it can no
 * longer be saved, the workflow was deleted or the right to it taken away.
 */
export type SaveState = 'saved' | 'saving' | 'refused' | 'failed' | 'stale' | 'gone'

export interface ShownDraft {
  readonly draft: Definition
  readonly problems: readonly FieldProblem[]
  readonly state: SaveState
  readonly canUndo: boolean
  /** Somebody has tried to publish it as it is not yet. */
  readonly isAsked: boolean
}

const pauseMs = 700
const againMs = 5000
const mostUndone = 60
const sameGoMs = 1500

export type OpenDraft = ReturnType<typeof openDraft>

/**
 * A draft as it is being written. Every change is kept in this browser at once and on the server a moment later, so that neither
 * a lost connection nor a closed tab loses it; what was kept here and never reached the server is shown again.
 */
export function openDraft(workflow: Workflow) {
  const { id: workflowId } = workflow
  const kept = readCopy(workflowId)
  const lost = kept === null || sameDraft(kept.draft, workflow.draft) ? null : kept
  let { revision } = workflow
  let isDirty = lost !== null
  let past: readonly Definition[] = []
  let lastPart: { readonly part: string; readonly at: number } | null = null
  let running: Promise<boolean> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown: ShownDraft = {
    draft: lost?.draft ?? workflow.draft,
    problems: workflow.problems,
    state: lost === null ? 'saved' : lost.revision === revision ? 'saving' : 'stale',
    canUndo: false,
    isAsked: false,
  }
  const watchers = new Set<() => void>()
  const show = (next: Partial<ShownDraft>) => {
    shown = { ...shown, ...next, canUndo: past.length > 0 }
    for (const watcher of watchers) watcher()
  }

  async function send(): Promise<boolean> {
    const draft = { ...shown.draft, steps: toSend(shown.draft.steps) }
    isDirty = false
    show({ state: 'saving' })
    try {
      const now = await client.workflows.edit({ workflowId, revision, draft })
      revision = now.revision
      queryClient.setQueryData(api.workflows.get.queryKey({ input: { workflowId } }), now)
      void queryClient.invalidateQueries({ queryKey: api.workflows.list.key() })
      if (!isDirty) dropCopy(workflowId)
      show({ problems: now.problems, state: isDirty ? 'saving' : 'saved' })
      return true
    } catch (error) {
      isDirty = true
      return failed(draft, error)
    }
  }

  async function failed(sent: Definition, error: unknown): Promise<boolean> {
    const code = codeOf(error)
    if (code === 'BAD_REQUEST') show({ state: 'refused', problems: fieldProblems(error) })
    else if (code === 'NOT_FOUND' || code === 'FORBIDDEN') {
      if (code === 'NOT_FOUND') dropCopy(workflowId)
      show({ state: 'gone' })
    } else if (code === 'STALE') {
      // perhaps it is ours, whose answer was lost
      const there = await client.workflows.get({ workflowId }).catch(() => null)
      if (there !== null && sameDraft(there.draft, sent)) {
        revision = there.revision
        return true
      }
      show({ state: 'stale' })
    } else {
      show({ state: 'failed' })
      timer = setTimeout(() => void settle(), againMs)
    }
    return false
  }

  /** Saves what is left to save; true when the server has it. */
  async function settle(): Promise<boolean> {
    clearTimeout(timer)
    for (;;) {
      if (running !== null) await running
      else if (shown.state === 'stale' || shown.state === 'gone') return false
      else if (!isDirty) return true
      else {
        running = send().finally(() => (running = null))
        if (!(await running)) return false
      }
    }
  }
  const settleSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void settle(), pauseMs)
  }

  function write(draft: Definition): void {
    isDirty = true
    keepCopy(workflowId, revision, draft)
    show({ draft, state: shown.state === 'stale' || shown.state === 'gone' ? shown.state : 'saving' })
    settleSoon()
  }
  /** `part`: what is being written; letters typed into one part in one go are taken back together. */
  const change = (draft: Definition, part?: string): void => {
    const isMore = part !== undefined && part === lastPart?.part && Date.now() - lastPart.at < sameGoMs
    if (!isMore) past = [...past, shown.draft].slice(-mostUndone)
    lastPart = part === undefined ? null : { part, at: Date.now() }
    write(draft)
  }
  const take = (now: Workflow) => {
    revision = now.revision
    isDirty = false
    past = []
    dropCopy(workflowId)
    show({ draft: now.draft, problems: now.problems, state: 'saved' })
  }

  return {
    shown: () => shown,
    watch: (watcher: () => void) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    /** The screen is there: what a closed tab left is saved; and so is, when the screen goes, what is left then. */
    begin: () => {
      const ask = (event: BeforeUnloadEvent) => {
        if (isDirty || running !== null) event.preventDefault()
      }
      addEventListener('beforeunload', ask)
      if (isDirty) settleSoon()
      return () => {
        removeEventListener('beforeunload', ask)
        void settle()
      }
    },
    /** As the server has it now: shown where nothing of our own is left to save. */
    hear: (now: Workflow) => {
      if (isDirty || running !== null || now.revision < revision) return
      if (now.revision > revision) take(now)
      else show({ problems: now.problems })
    },
    change,
    undo: () => {
      const last = past.at(-1)
      if (last === undefined) return
      past = past.slice(0, -1)
      lastPart = null
      write(last)
    },
    settle,
    /** Of what the server has. */
    revision: () => revision,
    showProblems: (problems: readonly FieldProblem[]) => show({ problems, isAsked: true }),
    /** After `stale`: what the other saved is shown. */
    takeTheirs: async () => take(await client.workflows.get({ workflowId })),
    /** After `stale`: ours is saved over it. */
    keepMine: async () => {
      ;({ revision } = await client.workflows.get({ workflowId }))
      isDirty = true
      show({ state: 'saving' })
      return settle()
    },
  }
}
