import { Trans, useLingui } from '@lingui/react/macro'
import { Lock } from 'lucide-react'
import { Empty } from '../ui/empty.tsx'

/** In place of a page about managing channels, for those who may not. */
export function OnlyOwners() {
  const { t } = useLingui()
  return (
    <Empty icon={Lock} level={2} title={t`Only owners manage channels`}>
      <Trans>A channel holds passwords of the company and speaks in its name. Ask an owner to change it.</Trans>
    </Empty>
  )
}
