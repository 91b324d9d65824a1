import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { everyStep } from '#contract/workflow-steps.ts'
import { mostLevels, mostSteps } from '#contract/workflow-words.ts'
import type { Workflow } from '#contract/workflows.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { BuilderContext, BuilderViewContext, type BuilderView } from './builder.ts'
import { levelOf, valueNames } from './draft-tree.ts'
import { placeProblems } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import { Starters } from './starters.tsx'
import { StepList } from './step-list.tsx'
import { TriggerList } from './trigger-list.tsx'
import { useBuilderActs } from './use-builder-acts.ts'
import type { DraftHold } from './use-draft.ts'
import { ValuesContext } from './use-places.ts'
import { KeyLine } from '../ui/key-line.tsx'
import css from './workflow.module.css'

/** The draft as a list: what contacts enter by, then step after step. */
export function StepsTab({ workflow, hold }: { workflow: Workflow; hold: DraftHold }) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { held } = hold
  const { draft, problems, state, isAsked } = hold.now
  const { steps, triggers } = draft
  const [openId, setOpen] = useState<string | null>(null)
  const focusOn = useRef<string | null>(null)
  const [said, setSaid] = useState('')
  const placed = placeProblems(draft, problems)
  // what was moved or made is another element now
  useEffect(() => {
    if (focusOn.current === null) return
    document.querySelector<HTMLElement>(`#${CSS.escape(`step-${focusOn.current}`)}`)?.focus()
    focusOn.current = null
  })
  const total = everyStep(steps).length
  const names = valueNames(steps).filter((name) => name !== '')
  const builder = useBuilderActs({ workflowId: workflow.id, held, focusOn, setOpen, say: setSaid })
  const view: BuilderView = {
    placed,
    openId,
    isAsked,
    lastPath: `steps.${steps.length - 1}`,
    full: (list) => {
      if (total >= mostSteps) return t`A workflow has at most ${mostSteps} steps.`
      return levelOf(list) > mostLevels ? t`Steps within steps end here: at most ${mostLevels} levels.` : undefined
    },
  }
  const first = placed.all[0]
  const showFirst = () => {
    const broken = everyStep(steps).find(({ path }) => placed.ofStep(path).length > 0)?.step.id
    const trigger = triggers.findIndex((_one, at) => placed.ofTrigger(at).length > 0)
    const id = trigger >= 0 ? `trigger ${trigger}` : broken
    if (id === undefined) return
    setOpen(id)
    focusOn.current = id
  }
  const count = placed.all.length
  return (
    <ValuesContext value={{ names, isOpen: triggers.some(({ kind }) => kind === 'webhook') }}>
      <BuilderContext value={builder}>
        <BuilderViewContext value={view}>
          <div className={css.page}>
            {state === 'stale' && (
              <Banner
                tone="warn"
                live
                action={
                  <>
                    <Button size="sm" onPress={() => void held.takeTheirs()}>
                      <Trans>Show theirs</Trans>
                    </Button>
                    <Button size="sm" onPress={() => void held.keepMine()}>
                      <Trans>Keep mine</Trans>
                    </Button>
                  </>
                }
              >
                <Trans>Somebody else has changed this draft meanwhile. What you wrote is not saved over it.</Trans>
              </Banner>
            )}
            {first !== undefined && total > 0 && triggers.length > 0 && (
              <Banner
                tone="warn"
                action={
                  <Button size="sm" onPress={showFirst}>
                    <Trans>Show the first</Trans>
                  </Button>
                }
              >
                {state === 'refused'
                  ? t`Not saved yet: ${words(first) ?? ''}`
                  : t`${plural(count, {
                      one: 'Before it can be published, # thing is missing.',
                      other: 'Before it can be published, # things are missing.',
                    })}`}
              </Banner>
            )}
            {triggers.length === 0 && total === 0 && (
              <Starters
                onPick={(begun) => {
                  focusOn.current = begun.steps[0]?.id ?? null
                  held.change(begun)
                }}
              />
            )}
            <section aria-labelledby="workflow-triggers" className={css.section}>
              <h2 id="workflow-triggers">
                <Trans>Contacts enter when</Trans>
              </h2>
              <TriggerList
                triggers={triggers}
                hookUrl={workflow.hookUrl}
                onChange={(next) => held.change({ ...draft, triggers: next })}
              />
            </section>
            <section aria-labelledby="workflow-steps" className={css.section}>
              <h2 id="workflow-steps">
                <Trans>Then, step by step</Trans>
              </h2>
              <StepList steps={steps} path="steps" name={t`Steps`} />
              {total === 0 && isAsked && <p className={css.wrong}>{t`Add a step.`}</p>}
              {total > 0 && (
                <KeyLine id="step-keys">
                  <Trans>
                    On a step: <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves it, <kbd>Del</kbd> removes it. On its
                    handle: <kbd>Space</kbd> picks it up and drops it.
                  </Trans>
                </KeyLine>
              )}
            </section>
            <p role="status" className="visually-hidden">
              {said}
            </p>
          </div>
        </BuilderViewContext>
      </BuilderContext>
    </ValuesContext>
  )
}
