import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { MessageSquare, Radio, Reply, StickyNote, type LucideIcon } from 'lucide-react'
import type { MergePlan } from '#contract/merging.ts'
import { channelName } from '../contacts/shared.ts'
import { ReasonList } from '../duplicates/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { TagMark } from '../tags/shared.ts'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { FieldValue } from './field-value.tsx'
import css from './merge-result.module.css'
import { Silence, Stopping, ToldApart } from './merge-warnings.tsx'
import { useFieldName } from '../fields/shared.ts'

const tagsShown = 12
const tones = { open: 'ok', snoozed: 'warn', closed: 'hollow' } as const

/** The one contact as it will read, what it takes over from the others, and what to think of first. */
export function MergeResult({ plan }: { plan: MergePlan }) {
  const { t, i18n } = useLingui()
  const nameOf = useFieldName()
  const { survivor, result, alternates } = plan
  const states = { open: t`Open`, snoozed: t`Snoozed`, closed: t`Closed` }
  const values = plan.fields.flatMap(({ field, options, chosen }) => {
    const option = options.find(({ contactId }) => contactId === chosen)
    return option?.value == null || field === 'firstName' || field === 'lastName'
      ? []
      : [{ field, value: option.value, shown: option.shown }]
  })
  const spaced = new Map(plan.fields.flatMap(({ options }) => options.map(({ value, shown }) => [value, shown])))
  const spare = [...alternates.phones, ...alternates.emails].map((value) => spaced.get(value) ?? value)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and nothing inside takes the focus
    <aside aria-label={t`Result of the merge`} className={css.aside} tabIndex={0}>
      <ToldApart plan={plan} />
      <Stopping plan={plan} />
      <section className={css.card}>
        <h2>
          <Trans>Result</Trans>
        </h2>
        <div className={css.who}>
          <Avatar id={survivor.id} name={result.displayName} picture={result.pictureUrl} size={52} />
          <div>
            <p className={css.name}>
              <bdi>{result.displayName ?? t`Nameless contact`}</bdi>
            </p>
            <p className={css.id}>
              <span className="num">ID {survivor.id}</span>
            </p>
          </div>
        </div>
        <dl className={css.values}>
          {values.map(({ field, value, shown }) => (
            <div key={field}>
              <dt>{nameOf(field)}</dt>
              <dd>
                <FieldValue field={field} value={value} shown={shown} />
              </dd>
            </div>
          ))}
          {spare.length > 0 && (
            <div>
              <dt>
                <Trans>Also kept</Trans>
              </dt>
              <dd className={css.spare}>
                {spare.map((value) => (
                  <bdi key={value}>{value}</bdi>
                ))}
              </dd>
            </div>
          )}
          {result.channelKinds.length > 0 && (
            <div>
              <dt>
                <Trans>Channels</Trans>
              </dt>
              <dd>
                {result.channelKinds.map((kind) => (
                  <ChannelGlyph key={kind} kind={kind} size={18} label={channelName(kind, i18n)} />
                ))}
              </dd>
            </div>
          )}
          {result.tags.length > 0 && (
            <div>
              <dt>
                <Trans>Tags</Trans>
              </dt>
              <dd className={css.tags}>
                {result.tags.slice(0, tagsShown).map((tag) => (
                  <TagMark key={tag.id} tag={tag} />
                ))}
                {result.tags.length > tagsShown && (
                  <span className={css.more}>
                    <Plural value={result.tags.length - tagsShown} one="and # more" other="and # more" />
                  </span>
                )}
              </dd>
            </div>
          )}
          {result.status !== null && (
            <div>
              <dt>
                <Trans>Conversation</Trans>
              </dt>
              <dd>
                <StatusDot tone={tones[result.status]}>{states[result.status]}</StatusDot>
              </dd>
            </div>
          )}
        </dl>
      </section>
      <Silence plan={plan} />
      {plan.absorbed.map((contact) => (
        <Moving
          key={contact.id}
          name={contact.displayName ?? t`Nameless contact`}
          moves={plan.moves.find(({ contactId }) => contactId === contact.id)}
        />
      ))}
      {plan.reasons.length > 0 && (
        <section className={css.card}>
          <h2>
            <Trans>Why they may be one person</Trans>
          </h2>
          <ReasonList reasons={plan.reasons} contacts={[survivor, ...plan.absorbed]} />
        </section>
      )}
    </aside>
  )
}

function Moving({ name, moves }: { name: string; moves: MergePlan['moves'][number] | undefined }) {
  const { t } = useLingui()
  const { number } = useFormats()
  const lines: [LucideIcon, string, number][] = [
    [Radio, t`Channels`, moves?.channels ?? 0],
    [MessageSquare, t`Conversations`, moves?.conversations ?? 0],
    [Reply, t`Messages`, moves?.messages ?? 0],
    [StickyNote, t`Internal notes`, moves?.notes ?? 0],
  ]
  return (
    <section className={css.card}>
      <h2>
        <Trans>What moves from {name}</Trans>
      </h2>
      {lines.every(([, , count]) => count === 0) && (
        <p className={css.nothing}>
          <Trans>Only its values</Trans>
        </p>
      )}
      <dl className={css.moves}>
        {lines
          .filter(([, , count]) => count > 0)
          .map(([icon, words, count]) => (
            <div key={words}>
              <dt>
                <Icon of={icon} />
                {words}
              </dt>
              <dd className="num">{count >= 1000 ? `${number(1000)}+` : number(count)}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
