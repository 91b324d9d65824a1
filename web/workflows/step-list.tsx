import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp, Copy, Ellipsis, Trash2 } from 'lucide-react'
import { useRef, type HTMLAttributes, type KeyboardEvent } from 'react'
import type { Step } from '#contract/workflows.ts'
import { itemsOf } from '../filters/shared.ts'
import { stepIcons, useWorkflowWords } from '../runs/shared.ts'
import { classes } from '../ui/classes.ts'
import { DragHandle } from '../ui/drag-handle.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { useLifting } from '../ui/use-lifting.ts'
import { AddStep } from './add-step.tsx'
import { useBuilder, useBuilderView } from './builder.ts'
import { StepForm } from './step-form.tsx'
import { useStepSummary } from './step-summary.ts'
import { CardWords } from './card-words.tsx'
import css from './workflow.module.css'

/** Steps in their order, each written in place; lists within a step stand beneath it. */
export function StepList(props: { steps: readonly Step[]; path: string; name: string; isInner?: boolean }) {
  const { steps, path, name, isInner = false } = props
  const { place } = useBuilder()
  const list = useRef<HTMLOListElement>(null)
  const { shown, lifted, handleProps } = useLifting(
    steps.map(({ id }) => ({ key: id })),
    list,
    place,
  )
  return (
    <div className={classes(css.list, isInner && css.inner)}>
      {steps.length > 0 && (
        <ol ref={list} aria-label={name} className={css.steps}>
          {steps.map((step, at) => (
            <li
              key={step.id}
              data-key={step.id}
              style={{ order: shown.findIndex(({ key }) => key === step.id) }}
              className={classes(css.item, lifted === step.id && css.lifted)}
            >
              <div>
                <StepItem step={step} path={`${path}.${at}`} handle={handleProps(step.id)} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <AddStep slot={{ list: path, at: steps.length }} where={isInner ? name : null} />
    </div>
  )
}

function StepItem(props: { step: Step; path: string; handle: HTMLAttributes<HTMLButtonElement> }) {
  const { t } = useLingui()
  const { steps: names } = useWorkflowWords()
  const summaryOf = useStepSummary()
  const { setOpen, move, remove, copy, ...builder } = useBuilder()
  const { openId, placed, lastPath } = useBuilderView()
  const { step, path, handle } = props
  const { id, kind } = step
  const isOpen = openId === id
  const problems = placed.ofStep(path)
  const summary = summaryOf(step)
  const { name } = names[kind]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      move(id, event.key === 'ArrowUp' ? -1 : 1)
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      remove(id)
    }
  }
  return (
    <>
      <div className={classes(css.card, isOpen && css.open)} data-wrong={problems.length > 0 || undefined}>
        <div className={css.cardHead}>
          <DragHandle aria-label={t`Move ${name}`} aria-describedby="step-keys" {...handle} />
          <button
            type="button"
            id={`step-${id}`}
            className={css.toggle}
            aria-expanded={isOpen}
            aria-controls={`form-${id}`}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
            onClick={() => setOpen(isOpen ? null : id)}
            onKeyDown={onKeyDown}
          >
            <CardWords icon={stepIcons[kind]} name={name} summary={summary} isIncomplete={problems.length > 0} />
          </button>
          <Menu
            label={t`Actions for ${name}`}
            trigger={<IconButton size="sm" icon={Ellipsis} label={t`Actions for ${name}`} />}
          >
            <MenuItem
              icon={ArrowUp}
              keys="alt+arrowup"
              onAction={() => move(id, -1)}
              disabledReason={path === 'steps.0' ? t`It is the first.` : undefined}
            >{t`Move up`}</MenuItem>
            <MenuItem
              icon={ArrowDown}
              keys="alt+arrowdown"
              onAction={() => move(id, 1)}
              disabledReason={path === lastPath ? t`It is the last.` : undefined}
            >{t`Move down`}</MenuItem>
            <MenuItem icon={Copy} onAction={() => copy(id)}>{t`Duplicate`}</MenuItem>
            <MenuItem danger icon={Trash2} keys="delete" onAction={() => remove(id)}>{t`Remove`}</MenuItem>
          </Menu>
        </div>
        {isOpen && (
          <div id={`form-${id}`} role="group" aria-label={name} className={css.cardBody}>
            <StepForm
              step={step}
              problems={problems}
              workflowId={builder.workflowId}
              settle={builder.settle}
              onChange={builder.change}
            />
          </div>
        )}
      </div>
      <Held step={step} path={path} />
    </>
  )
}

/** The lists that a step holds, each under what leads there. */
function Held({ step, path }: { step: Step; path: string }) {
  const { t } = useLingui()
  if (step.kind === 'ask')
    return <Way name={t`When no answer comes`} steps={step.unanswered} path={`${path}.unanswered`} />
  if (step.kind === 'http') return <Way name={t`When it fails`} steps={step.failed} path={`${path}.failed`} />
  if (step.kind !== 'branch') return null
  return (
    <>
      {step.arms.map((arm, at) => {
        const number = at + 1
        const count = itemsOf(arm.filter).length + arm.values.length
        const asked = t`${plural(count, { one: '# condition', other: '# conditions' })}`
        return (
          <Way
            // oxlint-disable-next-line react/no-array-index-key -- ways have no other name than their place
            key={at}
            name={arm.name.trim() === '' ? t`Way ${number}` : arm.name}
            note={asked}
            steps={arm.steps}
            path={`${path}.arms.${at}.steps`}
          />
        )
      })}
      <Way name={t`Otherwise`} steps={step.otherwise} path={`${path}.otherwise`} />
    </>
  )
}

function Way(props: { name: string; note?: string; steps: readonly Step[]; path: string }) {
  return (
    <div className={css.way}>
      <p className={css.wayName}>
        <bdi>{props.name}</bdi>
        {props.note !== undefined && <span className={css.hint}>{props.note}</span>}
      </p>
      <StepList steps={props.steps} path={props.path} name={props.name} isInner />
    </div>
  )
}
