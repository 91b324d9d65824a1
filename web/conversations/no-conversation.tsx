import { Trans, useLingui } from '@lingui/react/macro'
import { MessagesSquare } from 'lucide-react'
import { Empty } from '../ui/empty.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Pane } from '../ui/pane.tsx'
import css from './thread-pane.module.css'

/** What stands beside the list until a conversation is chosen. */
export function NoConversation() {
  const { t } = useLingui()
  return (
    <Pane label={t`Conversation`} className={css.nothing}>
      <Empty icon={MessagesSquare} level={2} title={t`Choose a conversation`}>
        <span className={css.keys}>
          <Kbd keys="j" />
          <Kbd keys="k" />
          <Trans>to move,</Trans>
          <Kbd keys="enter" />
          <Trans>to open</Trans>
        </span>
      </Empty>
    </Pane>
  )
}
