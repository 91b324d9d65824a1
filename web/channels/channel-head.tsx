import type { ReactNode } from 'react'
import { useTitle } from '../app/use-title.ts'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { BackToChannels } from './back-to-channels.tsx'
import css from './channels.module.css'

/** The top of a page about channels; `kind` draws its sign, and a page about one of them leads back to all. */
export function ChannelHead(props: { title: string; lead?: ReactNode; kind?: string; end?: ReactNode }) {
  useTitle(props.title)
  return (
    <header className={css.head}>
      {props.kind && <BackToChannels />}
      <div className={css.title}>
        {props.kind && <ChannelGlyph kind={props.kind} size={34} />}
        <h1>{props.title}</h1>
        {props.end}
      </div>
      {props.lead && <p className={css.lead}>{props.lead}</p>}
    </header>
  )
}
