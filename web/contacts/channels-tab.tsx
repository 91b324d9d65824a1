import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { channelGroups, classifyChannels, type ChannelGroup } from '#contract/classify-line.ts'
import type { ContactDetails } from '#contract/contacts.ts'
import { useMe, useWorkspace } from '../api/me.ts'
import { NoteOptOut } from '../opt-outs/shared.ts'
import { beginMessage } from '../conversations/shared.ts'
import { useIsPhone } from '../app/use-narrow.ts'
import { Pill } from '../ui/pill.tsx'
import { ChannelCard, type Card } from './channel-card.tsx'
import css from './channels-tab.module.css'
import { useChannelActs } from './use-channel-acts.ts'

/** The workspace's channels as they stand to a contact: in use, to be started, neither; each with its reason and what can be done. */
export default function ChannelsTab(props: {
  contact: ContactDetails
  place: 'inbox' | 'contacts'
  /** The record gives way to the conversation. */
  onLeave: () => void
}) {
  const { contact, place, onLeave } = props
  const cards = classifyChannels(contact, useMe())
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const isPhone = useIsPhone()
  const box = useRef<HTMLDivElement>(null)
  const acts = useChannelActs(contact.id, box)
  const [muting, setMuting] = useState<number | null>(null)
  const begin = ({ line: { channelId } }: Card) => {
    beginMessage(contact.id, channelId)
    if (place === 'contacts')
      void navigate({ to: '/w/$workspace/inbox/{-$contactId}', params: { workspace, contactId: contact.id } })
    else if (isPhone) onLeave()
  }
  return (
    <div ref={box} className={css.tab}>
      {channelGroups.map((group) => (
        <Group key={group} group={group} cards={cards.filter((card) => card.group === group)}>
          {(card) => (
            <ChannelCard
              key={card.link?.id ?? `line ${card.line.channelId}`}
              card={card}
              contact={contact}
              isOneOfSeveral={cards.filter(({ line }) => line.channelId === card.line.channelId).length > 1}
              mayManage={place === 'contacts'}
              acts={acts}
              onBegin={() => begin(card)}
              onOptOut={() => setMuting(card.line.channelId)}
            />
          )}
        </Group>
      ))}
      {muting !== null && <NoteOptOut contact={contact} channelId={muting} onClose={() => setMuting(null)} />}
      {cards.length === 0 && (
        <p className={css.none}>
          <Trans>No channels are connected yet.</Trans>
        </p>
      )}
    </div>
  )
}

function Group(props: { group: ChannelGroup; cards: readonly Card[]; children: (card: Card) => React.ReactNode }) {
  const { t } = useLingui()
  const { group, cards } = props
  if (cards.length === 0) return null
  const names = {
    active: t({ message: 'Active', context: 'channels' }),
    inactive: t({ message: 'Inactive', context: 'channels' }),
    unavailable: t({ message: 'Unavailable', context: 'channels' }),
  }
  const helps = {
    active: t`You already have a conversation on these channels.`,
    inactive: t`You can start these: a phone or email is on file.`,
    unavailable: cards.every(({ reason }) => reason === 'only-contact')
      ? t`The contact has to write first on these channels.`
      : t`The contact has to write first on these channels, or something is missing.`,
  }
  return (
    <section className={css.group} aria-label={names[group]}>
      <h3 tabIndex={-1}>
        {names[group]} <Pill tone={group === 'active' ? 'ok' : 'plain'}>{cards.length}</Pill>
      </h3>
      <p>{helps[group]}</p>
      <ul>{cards.map(props.children)}</ul>
    </section>
  )
}
