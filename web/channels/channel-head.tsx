import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWorkspace } from '../api/me.ts'
import { useTitle } from '../app/use-title.ts'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import css from './channels.module.css'

/** The top of a page about channels; `kind` draws its sign, and a page about one of them leads back to all. */
export function ChannelHead(props: { title: string; lead?: ReactNode; kind?: string; end?: ReactNode }) {
  const { t } = useLingui()
  const workspace = useWorkspace().id
  useTitle(props.title)
  return (
    <header className={css.head}>
      {props.kind && (
        <Link to="/w/$workspace/settings/channels" params={{ workspace }} className={css.back}>
          <Icon of={ArrowLeft} flip />
          {t`Channels`}
        </Link>
      )}
      <div className={css.title}>
        {props.kind && <ChannelGlyph kind={props.kind} size={34} />}
        <h1>{props.title}</h1>
        {props.end}
      </div>
      {props.lead && <p className={css.lead}>{props.lead}</p>}
    </header>
  )
}
