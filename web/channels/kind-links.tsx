import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useWorkspace } from '../api/me.ts'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import css from './channels.module.css'
import { connectableKinds } from './draft.ts'
import { useKinds } from './kinds.ts'

/** What can be connected, each a way to its form. */
export function KindLinks(props: { label: string }) {
  const workspace = useWorkspace().id
  const kinds = useKinds()
  return (
    <ul className={css.list} aria-label={props.label}>
      {connectableKinds.map((kind) => (
        <li key={kind} className={css.row}>
          <ChannelGlyph kind={kind} size={34} />
          <div className={css.words}>
            <p className={css.name}>
              <Link
                to="/w/$workspace/settings/channels/new/$kind"
                params={{ workspace, kind }}
                className={css.open}
                aria-describedby={`kind-${kind}`}
              >
                {kinds[kind].name}
              </Link>
            </p>
            <p className={css.note} id={`kind-${kind}`}>
              {kinds[kind].note}
            </p>
          </div>
          <Icon of={ChevronRight} flip className={css.chevron} />
        </li>
      ))}
    </ul>
  )
}
