import { useLingui } from '@lingui/react/macro'
import { Pane } from '../ui/pane.tsx'
import css from './thread-pane.module.css'
import { ThreadSkeleton } from './thread-skeleton.tsx'

/** Stands for a conversation whose code is still on its way. */
export function ThreadPanePending() {
  const { t } = useLingui()
  return (
    <Pane label={t`Conversation`} className={css.pane} isBusy>
      <div className={css.inside} data-covers-bar="">
        <ThreadSkeleton />
      </div>
    </Pane>
  )
}
