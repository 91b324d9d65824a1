import { useCallback, useEffect, useRef, useState } from 'react'
import type { FieldProblem } from '#contract/errors.ts'
import type { Definition, Workflow } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { codeOf, fieldProblems } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { toSend } from './draft-tree.ts'
import { dropCopy, keepCopy, readCopy, sameDraft } from './local-copy.ts'

/**
 * `saving`: it is on its way, or will be in a moment. `refused`: what is written cannot be kept as it is, the problems say where.
 * `failed`: the server is out of reach, and is asked again. `stale`: somebody else has saved another one.
 */
export type SaveState = 'saved' | 'saving' | 'refused' | 'failed' | 'stale'

export interface DraftHold {
  readonly draft: Definition
  readonly problems: readonly FieldProblem[]
  readonly state: SaveState
  readonly change: (draft: Definition) => void
  /** Changes the draft as it is then: for what is taken back later. */
  readonly restore: (change: (draft: Definition) => Definition) => void
  readonly canUndo: boolean
  readonly undo: () => void
  /** Of what the server has. */
  readonly revision: () => number
  readonly showProblems: (problems: readonly FieldProblem[]) => void
  /** Saves what is left to save; true when the server has it. */
  readonly settle: () => Promise<boolean>
  /** After `stale`: what the other saved is shown, or ours is saved over it. */
  readonly takeTheirs: () => void
  readonly keepMine: () => void
}

const pauseMs = 700
const againMs = 5000
const mostUndone = 60

/**
 * The draft as it is being written. Every change is kept in this browser at once and on the server a moment later, so that neither
 * a lost connection nor a closed tab loses it.
 */
export function useDraft(workflow: Workflow): DraftHold {
  const { id } = workflow
  const [draft, setDraft] = useState<Definition>(() => readCopy(id, workflow.revision) ?? workflow.draft)
  const [problems, setProblems] = useState<readonly FieldProblem[]>(workflow.problems)
  const [state, setState] = useState<SaveState>(draft === workflow.draft ? 'saved' : 'saving')
  const [past, setPast] = useState<readonly Definition[]>([])
  const held = useRef({ draft, revision: workflow.revision, isDirty: draft !== workflow.draft })
  const running = useRef<Promise<boolean> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    const send = async (): Promise<boolean> => {
      const { draft: now, revision } = held.current
      const sent = { ...now, steps: toSend(now.steps) }
      held.current.isDirty = false
      setState('saving')
      try {
        const kept = await client.workflows.edit({ workflowId: id, revision, draft: sent })
        held.current.revision = kept.revision
        setProblems(kept.problems)
        queryClient.setQueryData(api.workflows.get.queryKey({ input: { workflowId: id } }), kept)
        void queryClient.invalidateQueries({ queryKey: api.workflows.list.key() })
        if (!held.current.isDirty) {
          dropCopy(id)
          setState('saved')
        }
        return true
      } catch (error) {
        held.current.isDirty = true
        const code = codeOf(error)
        if (code === 'BAD_REQUEST') {
          setProblems(fieldProblems(error))
          setState('refused')
        } else if (code === 'STALE') {
          // perhaps it is ours, whose answer was lost
          const there = await client.workflows.get({ workflowId: id }).catch(() => null)
          if (there !== null && sameDraft(there.draft, sent)) {
            held.current.revision = there.revision
            return true
          }
          setState('stale')
        } else {
          setState('failed')
          timer.current = setTimeout(() => void save(), againMs)
        }
        return false
      } finally {
        running.current = null
      }
    }
    for (;;) {
      if (running.current !== null) await running.current
      else if (!held.current.isDirty) return true
      else {
        running.current = send()
        if (!(await running.current)) return false
      }
    }
  }, [id])

  const write = useCallback(
    (next: Definition) => {
      held.current = { ...held.current, draft: next, isDirty: true }
      keepCopy(id, held.current.revision, next)
      setDraft(next)
      setState((now) => (now === 'stale' ? now : 'saving'))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), pauseMs)
    },
    [id, save],
  )

  // what was left by a closed tab; and what is left when the screen is
  useEffect(() => {
    if (held.current.isDirty) timer.current = setTimeout(() => void save(), pauseMs)
    return () => void save()
  }, [save])
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (held.current.isDirty || running.current !== null) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [])

  const load = async () => {
    const now = await client.workflows.get({ workflowId: id })
    held.current.revision = now.revision
    return now
  }
  const change = (next: Definition) => {
    setPast((before) => [...before, held.current.draft].slice(-mostUndone))
    write(next)
  }
  return {
    draft,
    problems,
    state,
    change,
    restore: (by) => change(by(held.current.draft)),
    revision: () => held.current.revision,
    showProblems: setProblems,
    canUndo: past.length > 0,
    undo: () => {
      const last = past.at(-1)
      if (last === undefined) return
      setPast(past.slice(0, -1))
      write(last)
    },
    settle: save,
    takeTheirs: () =>
      void load().then((now) => {
        held.current = { draft: now.draft, revision: now.revision, isDirty: false }
        dropCopy(id)
        setPast([])
        setDraft(now.draft)
        setProblems(now.problems)
        setState('saved')
      }),
    keepMine: () => void load().then(() => save()),
  }
}
