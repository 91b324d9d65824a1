import { useLingui } from '@lingui/react/macro'
import { runEnds, type RunEnd } from '#contract/workflow-words.ts'
import type { Run, RunStep } from '#contract/workflows.ts'
import { useFormats } from '../i18n/formats.ts'
import { useWorkflowWords } from './workflow-words.ts'

/** How often what goes on is asked for again while somebody looks. */
export const watchMs = 5000

export type RunTone = 'ok' | 'warn' | 'danger' | 'info' | 'hollow'

const isEnd = (reason: string | null): reason is RunEnd => runEnds.some((end) => end === reason)

/** How a contact's way through a workflow stands, in words. */
export function useRunWords() {
  const { t } = useLingui()
  const { clock, dateTime } = useFormats()
  const { steps, triggers } = useWorkflowWords()
  const ends: Record<RunEnd, string> = {
    finished: t({ message: 'Finished', context: 'a run' }),
    stopStep: t({ message: 'Finished', context: 'a run' }),
    stopped: t({ message: 'Stopped', context: 'a run' }),
    workflowStopped: t`Stopped with the workflow`,
    workflowRemoved: t`Stopped: the workflow was deleted`,
    blocked: t`Stopped: the contact was blocked`,
    merged: t`Stopped: the contact was merged`,
    error: t`Ended by an error`,
  }
  return {
    /** "Waits until tomorrow, 9:00", "Finished". */
    stateOf: ({ state, wakeAt, end, endedBy, step }: Run): { words: string; tone: RunTone } => {
      const until = wakeAt === null ? '' : dateTime(wakeAt)
      switch (state) {
        case 'running':
          return { words: step === null ? t`Under way` : steps[step.kind].name, tone: 'info' }
        case 'waiting':
          return { words: t`Waits until ${until}`, tone: 'warn' }
        case 'asking':
          return { words: t`Waits for an answer until ${until}`, tone: 'warn' }
        case 'ended': {
          const tone = end === 'finished' || end === 'stopStep' ? 'ok' : end === 'error' ? 'danger' : 'hollow'
          const words = end === null ? t`Ended` : ends[end]
          return { words: end === 'stopped' && endedBy !== null ? t`Stopped by ${endedBy}` : words, tone }
        }
      }
    },
    /** "A tag is put on · Diego Salas · 10:42". */
    begunBy: ({ trigger, by, startedAt }: Run): string =>
      [triggers[trigger].name, ...(by.name === null ? [] : [by.name]), clock(startedAt)].join(' · '),
    outcomeOf: ({ outcome, until, reason }: RunStep): { words: string; tone: RunTone } => {
      if (outcome === 'skipped' && isEnd(reason)) return { words: ends[reason], tone: 'hollow' }
      const at = until === null ? '' : dateTime(until)
      switch (outcome) {
        case 'done':
          return { words: t({ message: 'Done', context: 'a step' }), tone: 'ok' }
        case 'waiting':
          return { words: until === null ? t`Under way` : t`Until ${at}`, tone: 'warn' }
        case 'skipped':
          return { words: t({ message: 'Nothing to do', context: 'a step' }), tone: 'hollow' }
        case 'failed':
          return { words: t({ message: 'Could not be done', context: 'a step' }), tone: 'danger' }
        case 'unknown':
          return { words: t`Perhaps done, perhaps not`, tone: 'warn' }
      }
    },
    /** Why it was skipped or failed; null where there is nothing to add. */
    reasonOf: ({ kind, reason }: RunStep): string | null => {
      if (reason === null || isEnd(reason)) return null
      switch (reason) {
        case 'opted-out':
          return t`The contact wants no messages on this channel.`
        case 'marketing-stopped':
          return t`The contact stopped advertising on this channel.`
        case 'unsubscribed':
          return t`The contact has unsubscribed from automatic emails.`
        case 'no-channel':
          return t`There is no channel to write by yet.`
        case 'no-address':
          return t`The contact has no phone or email for this channel.`
        case 'only-contact-can-start':
          return t`The contact has to write first on this channel.`
        case 'window-closed':
          return t`More than 24 hours have passed since the contact wrote.`
        case 'channel-paused':
          return t`The channel is paused.`
        case 'channel-deleted':
          return t`The channel was removed.`
        case 'template-missing':
          return t`The template no longer exists.`
        case 'template-incomplete':
          return t`A value of the template is empty.`
        case 'empty':
          return t`There was nothing to send.`
        case 'gone':
          return t`What it names no longer exists.`
        case 'timed-out':
          return t`No answer came in time.`
        case 'unchanged':
          return t`It was so already.`
        case 'open':
          return t`A conversation was open already.`
        case 'assigned':
          return t`Somebody looked after the contact already.`
        case 'nobody-there':
          return t`Nobody of the team may look after the contact.`
        case 'too-many-tags':
          return t`The contact has as many tags as it may have.`
        case 'status':
          return t`The other program refused it.`
        case 'too-large':
          return t`The answer was too large.`
        case 'secret-needed':
          return t`A secret of the request is missing.`
        case 'not-open':
          return t`No conversation was open.`
        case 'refused':
          return kind === 'http' ? t`This address is not one of the open internet.` : t`It was refused.`
        case 'unreachable':
          return t`Nobody answers at this address.`
        case 'unanswered':
          return t`It took too long.`
        default:
          return reason
      }
    },
  }
}
