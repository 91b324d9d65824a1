import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, Trash2 } from 'lucide-react'
import { mostTriggers, triggerKinds } from '#contract/workflow-words.ts'
import type { Trigger } from '#contract/workflows.ts'
import { triggerIcons, useWorkflowWords } from '../runs/shared.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { useBuilder, useBuilderView } from './builder.ts'
import { useTriggerSummary } from './step-summary.ts'
import { makeTrigger, TriggerForm } from './trigger-form.tsx'
import { CardWords } from './card-words.tsx'
import css from './workflow.module.css'

/** What contacts enter by: any one of these. */
export function TriggerList(props: {
  triggers: readonly Trigger[]
  hookUrl: string | null
  onChange: (triggers: Trigger[]) => void
}) {
  const { t } = useLingui()
  const { triggers: names } = useWorkflowWords()
  const { setOpen, focus } = useBuilder()
  const { isAsked } = useBuilderView()
  const { triggers, onChange } = props
  const once = (kind: Trigger['kind']) =>
    (kind === 'manual' || kind === 'webhook') && triggers.some((one) => one.kind === kind)
  return (
    <div className={css.list}>
      {triggers.length > 0 && (
        <ul aria-label={t`Contacts enter when`} className={css.steps}>
          {triggers.map((trigger, at) => (
            <TriggerItem
              // oxlint-disable-next-line react/no-array-index-key -- triggers have no other name than their place
              key={at}
              trigger={trigger}
              at={at}
              hookUrl={props.hookUrl}
              onChange={(next) => onChange(triggers.toSpliced(at, 1, next))}
              onRemove={() => {
                setOpen(null)
                focus(triggers.length > 1 ? `trigger ${Math.max(0, at - 1)}` : 'add-trigger')
                onChange(triggers.toSpliced(at, 1))
              }}
            />
          ))}
        </ul>
      )}
      {isAsked && triggers.length === 0 && (
        <p className={css.wrong}>
          <Trans>Say what contacts enter by.</Trans>
        </p>
      )}
      <Menu
        label={t`What contacts enter by`}
        placement="bottom start"
        trigger={
          <Button
            size="sm"
            look="ghost"
            icon={Plus}
            id="step-add-trigger"
            className={triggers.length === 0 ? css.empty : undefined}
            disabledReason={triggers.length >= mostTriggers ? t`There are as many as there may be.` : undefined}
          >
            {triggers.length === 0 ? t`Choose what contacts enter by` : t`Add another`}
          </Button>
        }
      >
        {triggerKinds.map((kind) => (
          <MenuItem
            key={kind}
            id={kind}
            icon={triggerIcons[kind]}
            textValue={names[kind].name}
            note={names[kind].about}
            disabledReason={once(kind) ? t`It is here already.` : undefined}
            onAction={() => {
              onChange([...triggers, makeTrigger(kind)])
              setOpen(`trigger ${triggers.length}`)
            }}
          >
            {names[kind].name}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}

function TriggerItem(props: {
  trigger: Trigger
  at: number
  hookUrl: string | null
  onChange: (trigger: Trigger) => void
  onRemove: () => void
}) {
  const { t } = useLingui()
  const { triggers: names } = useWorkflowWords()
  const summaryOf = useTriggerSummary()
  const { workflowId, setOpen } = useBuilder()
  const { placed, openId } = useBuilderView()
  const { trigger, at, onRemove } = props
  const id = `trigger ${at}`
  const isOpen = openId === id
  const problems = placed.ofTrigger(at)
  const { name } = names[trigger.kind]
  const summary = summaryOf(trigger)
  return (
    <li className={css.item}>
      <div className={classes(css.card, isOpen && css.open)} data-wrong={problems.length > 0 || undefined}>
        <div className={css.cardHead}>
          <button
            type="button"
            id={`step-${id}`}
            className={css.toggle}
            aria-expanded={isOpen}
            aria-keyshortcuts="Delete"
            onClick={() => setOpen(isOpen ? null : id)}
            onKeyDown={(event) => {
              if (event.key === 'Delete' || event.key === 'Backspace') onRemove()
            }}
          >
            <CardWords
              icon={triggerIcons[trigger.kind]}
              name={name}
              summary={summary}
              isIncomplete={problems.length > 0}
            />
          </button>
          <IconButton size="sm" icon={Trash2} label={t`Remove: ${name}`} onPress={onRemove} />
        </div>
        {isOpen && (
          <div role="group" aria-label={name} className={css.cardBody}>
            <TriggerForm
              trigger={trigger}
              problems={problems}
              workflowId={workflowId}
              hookUrl={props.hookUrl}
              onChange={props.onChange}
            />
          </div>
        )}
      </div>
    </li>
  )
}
