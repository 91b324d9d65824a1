import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useWorkspace } from '../api/me.ts'
import { Icon } from '../ui/icon.tsx'
import css from './back-to-channels.module.css'

/** From a page about one channel, or about what goes by them, to the list of all. */
export function BackToChannels() {
  const { t } = useLingui()
  const workspace = useWorkspace().id
  return (
    <Link to="/w/$workspace/settings/channels" params={{ workspace }} className={css.back}>
      <Icon of={ArrowLeft} flip />
      {t`Channels`}
    </Link>
  )
}
