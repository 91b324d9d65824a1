import { useLingui } from '@lingui/react/macro'
import { Clock } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import type { ThreadItem } from '#contract/conversations.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { leaveArrived } from './leave-arrived.ts'
import css from './thread.module.css'
import { useSending } from './use-sending.ts'

/** What has just been sent, until it stands among the thread's `items`. */
export function SendingBubbles(props: { contactId: number; items: readonly ThreadItem[]; onNew: () => void }) {
  const { contactId, items, onNew } = props
  const { t } = useLingui()
  const sending = useSending(contactId)
  const newest = sending.at(-1)?.id
  const follow = useEffectEvent(onNew)
  useEffect(() => {
    if (newest !== undefined) follow()
  }, [newest])
  return leaveArrived(sending, items).map(({ id, sending: { draft }, isPaused }) => (
    <div key={id} className={classes(css.message, css.isOut, css.endsRun)}>
      <div className={classes(css.bubble, draft.isNote ? css.note : css.out, css.pending)}>
        <p dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {(draft.isNote ? draft.note : draft.text).trim()}
        </p>
        {!draft.isNote && draft.files.map((file) => <p key={file.key}>{file.name}</p>)}
      </div>
      <p className={css.meta}>
        <Icon of={Clock} size={14} />
        {isPaused ? t`Goes out when you're back online` : t`Sending…`}
      </p>
    </div>
  ))
}
