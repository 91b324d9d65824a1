import { Trans, useLingui } from '@lingui/react/macro'
import { Hourglass, Lock } from 'lucide-react'
import { lazy, useState } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import css from './composer.module.css'
import type { ChannelChoice } from './plan-channels.ts'

const TemplateDialog = lazy(() => import('./template-dialog.tsx'))

/** How long somebody may still be answered; when that is over, on WhatsApp the way to the templates. */
export function WindowNote(props: { contactId: number; channel: ChannelChoice; isShut: boolean; now: number }) {
  const { channel, isShut, now } = props
  const { t } = useLingui()
  const { tag } = useFormats()
  const [isChoosing, setChoosing] = useState(false)
  const left = channel.windowUntil ? Date.parse(channel.windowUntil) - now : 0
  const hours = left / 3_600_000
  const words = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: hours >= 1 ? 'hour' : 'minute',
    unitDisplay: 'long',
  }).format(Math.max(1, Math.floor(hours >= 1 ? hours : left / 60_000)))
  const until = new Intl.DateTimeFormat(tag, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(
    Date.parse(channel.windowUntil ?? '') || now,
  )
  return (
    <>
      {isShut && channel.kind !== 'whatsapp' ? (
        <Banner tone="warn" icon={Lock}>
          <Trans>
            Meta's time to answer here is over. It begins anew when the contact writes; until then use another channel.
          </Trans>
        </Banner>
      ) : isShut ? (
        <Banner
          tone="warn"
          icon={Lock}
          action={<Button size="sm" onPress={() => setChoosing(true)}>{t`Choose a template…`}</Button>}
        >
          {channel.isActive ? (
            <Trans>
              WhatsApp takes free text for 24 hours after the contact's last message. Now it takes templates only.
            </Trans>
          ) : (
            <Trans>The first message on WhatsApp has to be a template.</Trans>
          )}
        </Banner>
      ) : (
        <p className={classes(css.window, hours < 2 && css.soon)}>
          <Icon of={Hourglass} size={12} />
          {channel.kind === 'whatsapp' ? (
            <Trans>
              Free text for {words} more, until {until}
            </Trans>
          ) : (
            <Trans>
              {words} left to answer, until {until}
            </Trans>
          )}
        </p>
      )}
      {isChoosing && (
        <LazyDialog onClose={() => setChoosing(false)}>
          <TemplateDialog
            contactId={props.contactId}
            channelId={channel.channelId}
            onClose={() => setChoosing(false)}
          />
        </LazyDialog>
      )}
    </>
  )
}
