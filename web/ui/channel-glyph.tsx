import { Globe, Mail, MessageSquare, Webhook, type LucideIcon } from 'lucide-react'
import type { CSSProperties } from 'react'
import css from './channel-glyph.module.css'
import { channelMarks } from './channel-marks.ts'
import { classes } from './classes.ts'

const lines: Record<string, LucideIcon> = {
  email: Mail,
  sms: MessageSquare,
  webchat: Globe,
  custom: Webhook,
}

/**
 * A small coloured square that stands for a kind of channel (`whatsapp`, `email`, …); unknown kinds look like custom ones.
 * Decorative unless `label` is given, so a name must stand beside it.
 */
export function ChannelGlyph(props: {
  kind: string
  size?: 16 | 18 | 22 | 34
  label?: string
  /** Greyed, for what cannot be used. */
  off?: boolean
  className?: string | undefined
}) {
  const { kind, size = 18, label, off } = props
  const mark = kind in channelMarks ? channelMarks[kind as keyof typeof channelMarks] : undefined
  const known = mark || kind === 'instagram' || kind in lines
  const Line = lines[kind] ?? Webhook
  return (
    <span
      className={classes(css.glyph, css[known ? kind : 'custom'], off && css.off, props.className)}
      style={{ '--size': `${size}px` } as CSSProperties}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {mark ? (
        <svg viewBox="0 0 24 24" className={css.mark}>
          <path d={mark} />
        </svg>
      ) : kind === 'instagram' ? (
        <svg viewBox="0 0 24 24" className={css.camera}>
          <rect x="2" y="2" width="20" height="20" rx="5.5" />
          <circle cx="12" cy="12" r="4.6" />
          <path d="M17.6 6.4h.01" />
        </svg>
      ) : (
        <Line strokeWidth={2.2} />
      )}
    </span>
  )
}
