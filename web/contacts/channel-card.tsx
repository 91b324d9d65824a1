import { Trans, useLingui } from '@lingui/react/macro'
import { BellOff, ExternalLink, Link2, RotateCcw, Unplug } from 'lucide-react'
import { Link as AriaLink } from 'react-aria-components'
import type { ChannelCard as Classified } from '#contract/classify-line.ts'
import type { ContactChannel, ContactDetails, ContactLine, OptOut } from '#contract/contacts.ts'
import { wordsForType } from '../conversations/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { InlineEdit } from '../ui/inline-edit.tsx'
import { StatusDot } from '../ui/pill.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toast-store.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { VisitedPage } from '../ui/visited-page.tsx'
import { channelName } from './channel-name.ts'
import { reasonWords } from './channel-reason.ts'
import css from './channels-tab.module.css'
import type { ChannelActs } from './use-channel-acts.ts'
import { useFieldSave } from './use-field-save.ts'

export type Card = Classified<ContactChannel> & { readonly line: ContactLine; readonly optOut: OptOut | null }

/** One channel of the contact, or one it could have: what it is, why it stands here, what can be done. */
export function ChannelCard(props: {
  card: Card
  contact: ContactDetails
  /** The contact has several addresses on this channel, which tell its cards apart. */
  isOneOfSeveral: boolean
  /** Links are taken off and given back in the Contacts module. */
  mayManage: boolean
  acts: ChannelActs
  onBegin: () => void
  onOptOut: () => void
}) {
  const { t, i18n } = useLingui()
  const { card, contact, acts, mayManage } = props
  const { line, link, group } = card
  const kind = channelName(line.kind, i18n)
  // "WhatsApp" alone says what "WhatsApp Tienda" says too
  const isSaid = line.channelName.toLowerCase().startsWith(kind.toLowerCase())
  const name = isSaid ? line.channelName : `${kind} · ${line.channelName}`
  const { removed } = line
  return (
    <li className={classes(css.card, css[group])}>
      <ChannelGlyph kind={line.kind} size={34} off={group === 'unavailable'} />
      <div className={css.words}>
        <p className={css.title}>
          <span>{isSaid ? <bdi>{line.channelName}</bdi> : kind}</span>
          {!isSaid && <bdi className={classes('trunc', css.line)}>· {line.channelName}</bdi>}
          {group === 'active' && <LineState line={line} />}
          {group !== 'unavailable' && card.optOut !== null && (
            <StatusDot tone="warn">
              <Trans>Wants no messages</Trans>
            </StatusDot>
          )}
        </p>
        {group === 'active' && link !== null ? (
          <Exchanged link={link} hasAddress={props.isOneOfSeveral} />
        ) : (
          <Standing card={card} contact={contact} kind={line.kind === 'custom' ? line.channelName : kind} />
        )}
        {group !== 'active' && removed !== null && <Removal removed={removed} />}
        {card.mayStart && (
          <Button size="sm" look="secondary" className={css.begin} onPress={props.onBegin}>
            {t`Send first message`}
            <span className="visually-hidden"> · {name}</span>
          </Button>
        )}
        {card.mayAdd !== null && <AddValue contact={contact} field={card.mayAdd} />}
      </div>
      <div className={css.actions}>
        {link?.url != null && <PageLink url={link.url} kind={line.kind} />}
        {group !== 'unavailable' && card.optOut === null && contact.blocked === null && (
          <IconButton size="sm" icon={BellOff} label={t`Wants no messages: ${name}`} onPress={props.onOptOut} />
        )}
        {card.mayRemove && mayManage && link !== null && (
          <IconButton size="sm" icon={Unplug} label={t`Remove channel ${name}`} onPress={() => acts.remove(link)} />
        )}
        {card.mayRestore && mayManage && removed !== null && (
          <IconButton
            size="sm"
            icon={RotateCcw}
            label={t`Restore channel ${name}`}
            onPress={() => acts.restore(removed.contactChannelId)}
          />
        )}
        {group === 'unavailable' && line.inviteUrl !== null && contact.blocked === null && (
          <IconButton
            size="sm"
            icon={Link2}
            label={t`Copy the link to write first: ${name}`}
            onPress={() => void navigator.clipboard.writeText(line.inviteUrl ?? '').then(() => toast(t`Copied`))}
          />
        )}
      </div>
    </li>
  )
}

function LineState({ line: { channelState } }: { line: ContactLine }) {
  if (channelState === 'connected') return null
  return channelState === 'paused' ? (
    <StatusDot tone="hollow">
      <Trans>Paused</Trans>
    </StatusDot>
  ) : (
    <StatusDot tone="danger">
      <Trans>Not working</Trans>
    </StatusDot>
  )
}

/** Since when they are in contact here, and what was said last. */
function Exchanged({ link, hasAddress }: { link: ContactChannel; hasAddress: boolean }) {
  const { t, i18n } = useLingui()
  const { dateTime } = useFormats()
  const { last } = link
  const since = link.connectedAt === null ? '' : dateTime(link.connectedAt)
  return (
    <>
      {hasAddress && <bdi className={classes('trunc', css.note)}>{link.address}</bdi>}
      <p className={css.note}>
        <Trans>Connected {since}</Trans>
      </p>
      {link.page !== null && (
        <p className={classes('trunc', css.note)}>
          <Trans>
            Wrote on <VisitedPage page={link.page} />
          </Trans>
        </p>
      )}
      {last !== null && (
        <p className={css.last}>
          <span className="trunc" dir="auto">
            {last.direction === 'out' && t`You:`} {last.text ?? wordsForType(last.type, i18n)}
          </span>
          <RelativeTime at={last.at} className={css.when} />
        </p>
      )}
    </>
  )
}

/** Why there is no exchange here: what could be used, or what stands against it. */
function Standing({ card, contact, kind }: { card: Card; contact: ContactDetails; kind: string }) {
  const { i18n } = useLingui()
  const { line, link, reason } = card
  const { phone, email } = contact.fields
  const known = line.startsWith === 'email' ? email.value : line.startsWith === 'phone' ? phone.formatted : null
  const words = reasonWords(reason, { kind, by: line.startsWith }, i18n)
  return (
    <>
      {known !== null && (
        <bdi className={classes('trunc', css.note)}>{reason === 'not-through' ? (link?.address ?? known) : known}</bdi>
      )}
      {words !== null && <p className={css.note}>{words}</p>}
      {line.channelState === 'broken' && (
        <p className={css.note}>
          <StatusDot tone="danger">
            <Trans>Not working</Trans>
          </StatusDot>
        </p>
      )}
    </>
  )
}

function Removal({ removed }: { removed: NonNullable<ContactLine['removed']> }) {
  const { date } = useFormats()
  const on = date(removed.at)
  const { by } = removed
  return (
    <p className={css.note}>
      {by === null ? (
        <Trans>Removed on {on}</Trans>
      ) : (
        <Trans>
          Removed by {by} on {on}
        </Trans>
      )}
    </p>
  )
}

function PageLink({ url, kind }: { url: string; kind: ContactLine['kind'] }) {
  const { t } = useLingui()
  const where = kind === 'instagram' ? 'Instagram' : 'Facebook'
  const label = t`Open in ${where} (new tab)`
  return (
    <Tooltip text={t`Open in ${where}`}>
      <AriaLink href={url} target="_blank" rel="noopener noreferrer" aria-label={label} className={css.page ?? ''}>
        <Icon of={ExternalLink} size={14} />
      </AriaLink>
    </Tooltip>
  )
}

/** What is missing, added where it is missing. */
function AddValue({ contact, field }: { contact: ContactDetails; field: 'phone' | 'email' }) {
  const { t } = useLingui()
  const { save, ...conflict } = useFieldSave(contact, field)
  const isPhone = field === 'phone'
  return (
    <span className={css.add}>
      <InlineEdit
        label={isPhone ? t`Phone` : t`Email`}
        emptyText={isPhone ? t`Add phone` : t`Add email`}
        value={null}
        type={isPhone ? 'tel' : 'email'}
        inputMode={isPhone ? 'tel' : 'email'}
        maxLength={isPhone ? 60 : 254}
        onSave={save}
        {...conflict}
      />
    </span>
  )
}
