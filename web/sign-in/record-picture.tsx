import { useLingui } from '@lingui/react/macro'
import { Check, Mail, MapPin, MessageCircle, Phone, type LucideIcon } from 'lucide-react'
import { Avatar } from '../ui/avatar.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import css from './record-picture.module.css'

/** What Ficha is for, as a picture: one person, reached on many channels, one record. Invented; hidden from screen readers. */
export function RecordPicture() {
  const { t } = useLingui()
  return (
    <div className={css.picture} aria-hidden="true">
      <div className={css.scene}>
        <Bubble kind="whatsapp" className={css.first}>{t`Is my bike ready?`}</Bubble>
        <Bubble kind="email" className={css.second}>{t`About order TN-20377`}</Bubble>
        <Bubble kind="telegram" className={css.third}>{t`Thank you!`}</Bubble>
        <div className={css.card}>
          <div className={css.head}>
            <Avatar id={47} name="Lucía Ferrer" size={52} />
            <div>
              <p className={css.name}>Lucía Ferrer</p>
              <p className={css.id}>ID 47 880 120</p>
            </div>
          </div>
          <Row icon={Phone} label={t`Phone`} isMatched>
            +34 600 000 142
          </Row>
          <Row icon={Mail} label={t`Email`} isMatched>
            lucia@example.com
          </Row>
          <Row icon={MapPin} label={t`Country`}>
            {t`Spain`}
          </Row>
          <Row icon={MessageCircle} label={t`Channels`}>
            <span className={css.glyphs}>
              <ChannelGlyph kind="whatsapp" />
              <ChannelGlyph kind="email" />
              <ChannelGlyph kind="telegram" />
              <ChannelGlyph kind="sms" />
            </span>
          </Row>
        </div>
        <p className={css.words}>{t`One person, every channel, one record.`}</p>
      </div>
    </div>
  )
}

function Bubble(props: { kind: string; className: string | undefined; children: string }) {
  return (
    <p className={`${css.bubble} ${props.className}`}>
      <ChannelGlyph kind={props.kind} size={22} />
      {props.children}
    </p>
  )
}

function Row(props: { icon: LucideIcon; label: string; isMatched?: boolean; children: React.ReactNode }) {
  return (
    <div className={css.row}>
      <Icon of={props.icon} />
      <span className={css.label}>{props.label}</span>
      <span className={css.value}>{props.children}</span>
      {props.isMatched && (
        <span className={css.match}>
          <Icon of={Check} size={11} />
        </span>
      )}
    </div>
  )
}
