import { Trans, useLingui } from '@lingui/react/macro'
import type { UsageCycle } from '#contract/usage.ts'
import { useFormats } from '../i18n/formats.ts'
import { Card } from '../ui/card.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { useCycleWords } from './cycle-words.ts'
import css from './usage.module.css'

/** What is behind the number of one cycle. */
export function CycleNumbers({ cycle }: { cycle: UsageCycle }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const words = useCycleWords()
  const { contacts, fresh, incoming, channels } = cycle
  const most = Math.max(1, ...channels.map((line) => line.contacts))
  const name = words.long(cycle)
  return (
    <Card title={<Trans>In detail: {name}</Trans>} isLive>
      {contacts === 0 ? (
        <p className={css.nothing}>
          <Trans>No message was exchanged with anybody.</Trans>
        </p>
      ) : (
        <div className={css.parts}>
          <Split
            name={t`Known before?`}
            parts={[
              { name: t({ message: 'New', context: 'contacts' }), count: fresh },
              { name: t({ message: 'Returning', context: 'contacts' }), count: contacts - fresh },
            ]}
          />
          <Split
            name={t`Who wrote first?`}
            parts={[
              { name: t`The contact`, count: incoming },
              { name: t({ message: 'Your team', context: 'who wrote' }), count: contacts - incoming },
            ]}
          />
          <div className={css.part}>
            <h3>
              <Trans>By which channel?</Trans>
            </h3>
            <ul className={css.lines}>
              {channels.map((line) => (
                <li key={line.channelId} className={css.line}>
                  <ChannelGlyph kind={line.kind} size={22} />
                  <span className={css.lineName}>{line.name}</span>
                  <span className={css.track} aria-hidden="true">
                    <span className={css.bar} style={{ inlineSize: `${(100 * line.contacts) / most}%` }} />
                  </span>
                  <span className={css.amount}>{number(line.contacts)}</span>
                </li>
              ))}
            </ul>
            <p className={css.note}>
              <Trans>The channel of the first message that was exchanged in the cycle.</Trans>
            </p>
          </div>
        </div>
      )}
    </Card>
  )
}

/** A whole in two parts. */
function Split({ name, parts }: { name: string; parts: readonly [Part, Part] }) {
  const { number, percent } = useFormats()
  const total = parts[0].count + parts[1].count
  return (
    <div className={css.part}>
      <h3>{name}</h3>
      <div className={css.split} aria-hidden="true">
        {parts.map((part) => (
          <span key={part.name} style={{ flexGrow: part.count }} />
        ))}
      </div>
      <dl className={css.splitWords}>
        {parts.map((part) => (
          <div key={part.name}>
            <dt>{part.name}</dt>
            <dd>
              {number(part.count)} <small>{percent(part.count / total)}</small>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

interface Part {
  readonly name: string
  readonly count: number
}
