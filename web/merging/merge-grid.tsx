import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { CSSProperties } from 'react'
import type { MergeField, MergePlan } from '#contract/merging.ts'
import type { ContactSummary } from '#contract/suggestion.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { classes } from '../ui/classes.ts'
import { Pill } from '../ui/pill.tsx'
import { MergeFieldRow } from './merge-field-row.tsx'
import css from './merge-grid.module.css'
import { isToChoose, orderFields } from './order-fields.ts'

/** The contacts side by side, field by field. More than two scroll sideways. */
export function MergeGrid(props: {
  plan: MergePlan
  picks: Partial<Record<MergeField, number>>
  onPick: (field: MergeField, contactId: number) => void
  onKeep: (contactId: number) => void
}) {
  const { t } = useLingui()
  const { plan, picks } = props
  const contacts = [plan.survivor, ...plan.absorbed]
  const fields = orderFields(plan.fields)
  const choices = fields.filter(isToChoose).length
  const alike = fields.filter(({ same, options }) => same && options.every(({ value }) => value !== null)).length
  return (
    <div
      role="region"
      aria-label={t`Comparison of the fields`}
      className={css.scroll}
      style={{ '--contacts': contacts.length } as CSSProperties}
    >
      <div className={classes(css.line, css.heads)}>
        <p className={css.count}>
          <Plural value={choices} one="# to choose" other="# to choose" />
          {alike > 0 && (
            <>
              <br />
              <Plural value={alike} one="# matches" other="# match" />
            </>
          )}
        </p>
        {contacts.map((contact) => (
          <Head
            key={contact.id}
            contact={contact}
            isKept={contact.id === plan.survivor.id}
            onKeep={contacts.length > 2 ? () => props.onKeep(contact.id) : undefined}
          />
        ))}
      </div>
      {fields.map((field) => (
        <MergeFieldRow
          key={field.field}
          planned={field}
          contacts={contacts}
          chosen={picks[field.field] ?? field.chosen}
          onPick={(contactId) => props.onPick(field.field, contactId)}
        />
      ))}
    </div>
  )
}

function Head(props: { contact: ContactSummary; isKept: boolean; onKeep: (() => void) | undefined }) {
  const { t } = useLingui()
  const { date } = useFormats()
  const { contact, isKept } = props
  const kind = contact.channelKinds[0]
  const since = date(contact.createdAt)
  return (
    <div className={classes(css.contact, isKept && css.kept)}>
      <Avatar id={contact.id} name={contact.displayName} picture={contact.pictureUrl} size={40}>
        {kind !== undefined && <ChannelGlyph kind={kind} size={18} />}
      </Avatar>
      <div className={css.who}>
        <p className={css.name}>
          <bdi>{contact.displayName ?? t`Nameless contact`}</bdi>
        </p>
        <p className={css.since}>
          <span className="num">ID {contact.id}</span> · <Trans>since {since}</Trans>
        </p>
      </div>
      {isKept ? (
        <Pill tone="info">
          <Trans>Kept</Trans>
        </Pill>
      ) : (
        props.onKeep && (
          <Button size="sm" look="ghost" onPress={props.onKeep}>
            <Trans>Keep this one</Trans>
          </Button>
        )
      )}
    </div>
  )
}
