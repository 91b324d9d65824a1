import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Step, Trigger } from '#contract/workflows.ts'
import { itemsOf } from '../filters/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { useGivenChoices } from './use-choices.ts'
import { useReadPlaces } from './use-places.ts'
import { useWorkflowWords } from '../runs/shared.ts'

/** What a step does, in a line: what stands in it rather than what it is called. Empty where nothing is decided yet. */
export function useStepSummary(): (step: Step) => string {
  const { t } = useLingui()
  const { list } = useFormats()
  const choices = useGivenChoices()
  const read = useReadPlaces()
  return (step) => {
    switch (step.kind) {
      case 'send':
        return step.body.type === 'template' ? step.body.name.replaceAll('_', ' ') : read(step.body.text)
      case 'ask':
        return read(step.question)
      case 'wait': {
        const { amount } = step
        return {
          minutes: t`${plural(amount, { one: '# minute', other: '# minutes' })}`,
          hours: t`${plural(amount, { one: '# hour', other: '# hours' })}`,
          days: t`${plural(amount, { one: '# day', other: '# days' })}`,
        }[step.unit]
      }
      case 'branch': {
        const ways = step.arms.length + 1
        return t`${plural(ways, { one: '# way', other: '# ways' })}`
      }
      case 'assign':
        if (step.to.kind === 'nobody') return t`To nobody`
        return step.to.kind === 'member'
          ? choices.nameIn(choices.members, step.to.memberId)
          : choices.nameIn(choices.teams, step.to.teamId)
      case 'tag':
        return list([
          ...step.add.map((id) => `+ ${choices.nameIn(choices.tags, id)}`),
          ...step.remove.map((id) => `− ${choices.nameIn(choices.tags, id)}`),
        ])
      case 'field': {
        const name = choices.nameIn(choices.fields, step.field)
        return step.value === null || step.value === '' ? t`Empty ${name}` : `${name} → ${read(String(step.value))}`
      }
      case 'lifecycle':
        return step.stageId === null ? t`No stage` : choices.nameIn(choices.stages, step.stageId)
      case 'close':
        return step.category ?? ''
      case 'http':
        return `${step.method} ${read(step.url)}`
      case 'open':
      case 'stop':
        return ''
    }
  }
}

/** What a trigger asks for beyond its kind. */
export function useTriggerSummary(): (trigger: Trigger) => string {
  const { t } = useLingui()
  const { list } = useFormats()
  const choices = useGivenChoices()
  const { doers } = useWorkflowWords()
  return (trigger) => {
    const conditions = itemsOf(trigger.filter).length
    return [
      ...named(trigger),
      ...(conditions === 0 ? [] : [t`${plural(conditions, { one: '# condition', other: '# conditions' })}`]),
    ].join(' · ')
  }

  function named(trigger: Trigger): string[] {
    const some = (names: string[]) => (names.length === 0 ? [] : [list(names)])
    switch (trigger.kind) {
      case 'conversationOpened':
        return [
          ...some(trigger.by.map((doer) => doers[doer])),
          ...some(trigger.channelIds.map((id) => choices.nameIn(choices.channels, id))),
        ]
      case 'conversationClosed':
        return [...some(trigger.by.map((doer) => doers[doer])), ...some(trigger.categories)]
      case 'tagAdded':
      case 'tagRemoved':
        return some(trigger.tagIds.map((id) => choices.nameIn(choices.tags, id)))
      case 'fieldChanged':
        return some(trigger.fields.map((key) => choices.nameIn(choices.fields, key)))
      case 'lifecycleChanged':
        return some(trigger.stageIds.map((id) => choices.nameIn(choices.stages, id)))
      case 'manual':
      case 'webhook':
        return []
    }
  }
}
