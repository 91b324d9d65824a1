import { useLingui } from '@lingui/react/macro'
import { AlarmClock, MessageCircleQuestion, Star, type LucideIcon } from 'lucide-react'
import type { Definition, Step } from '#contract/workflows.ts'
import { Icon } from '../ui/icon.tsx'
import { makeStep } from './draft-tree.ts'
import { makeTrigger } from './trigger-form.tsx'
import css from './workflow.module.css'

type Ask = Extract<Step, { kind: 'ask' }>

/** What an empty workflow can begin with, to be changed in every part. */
export function Starters({ onPick }: { onPick: (draft: Definition) => void }) {
  const { t } = useLingui()
  const name = '{{contact.firstName}}'
  const word = t({ message: 'answer', context: 'the name of a value' })
  const ask = (question: string, answer: Ask['answer'], choices: string[]): Step => ({
    ...(makeStep('ask', [], word) as Ask),
    question,
    answer,
    choices,
  })
  const order = t({ message: 'An order', context: 'a choice' })
  const other = t({ message: 'Something else', context: 'a choice' })
  const filter = { and: [] }
  const more = t`Hello ${name}, is there anything else we can do for you?`
  const starters: { icon: LucideIcon; title: string; about: string; draft: Definition }[] = [
    {
      icon: MessageCircleQuestion,
      title: t`Greet and ask`,
      about: t`Whoever writes says what it is about and goes on by the answer.`,
      draft: {
        triggers: [{ kind: 'conversationOpened', by: ['contact'], channelIds: [], filter }],
        steps: [
          ask(t`Hello ${name}! What is it about?`, 'choice', [order, other]),
          {
            id: 'branch1',
            kind: 'branch',
            arms: [{ name: order, filter, values: [{ name: word, operator: 'isEqualTo', value: order }], steps: [] }],
            otherwise: [],
          },
        ],
      },
    },
    {
      icon: AlarmClock,
      title: t`Ask again later`,
      about: t`Two days after somebody of your team starts it, a message goes out.`,
      draft: {
        triggers: [makeTrigger('manual')],
        steps: [
          { id: 'wait1', kind: 'wait', amount: 2, unit: 'days' },
          { id: 'send1', kind: 'send', channelId: null, body: { type: 'text', text: more, subject: null } },
        ],
      },
    },
    {
      icon: Star,
      title: t`Ask how it went`,
      about: t`An hour after a conversation is closed, for a number.`,
      draft: {
        triggers: [makeTrigger('conversationClosed')],
        steps: [
          { id: 'wait1', kind: 'wait', amount: 1, unit: 'hours' },
          ask(t`How happy are you with our help, from 1 to 5?`, 'number', []),
        ],
      },
    },
  ]
  return (
    <section aria-labelledby="workflow-starters" className={css.section}>
      <h2 id="workflow-starters">{t`Begin with one of these, or below with nothing`}</h2>
      <div className={css.starters}>
        {starters.map(({ icon, title, about, draft }) => (
          <button key={title} type="button" className={css.starter} onClick={() => onPick(draft)}>
            <span className={css.mark}>
              <Icon of={icon} />
            </span>
            <span className={css.name}>{title}</span>
            <span className={css.hint}>{about}</span>
          </button>
        ))}
      </div>
    </section>
  )
}
