import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Ban } from 'lucide-react'
import type { Block } from '#contract/contacts.ts'
import { useCan } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { useUnblocking } from './use-unblocking.tsx'
import type { Blockable } from './use-blocking.ts'

/** That a contact is blocked: by whom, since when, why, how much was held; and the way back for who may. */
export function BlockBanner(props: { contact: Blockable; block: Block; className?: string | undefined }) {
  const { t } = useLingui()
  const { date } = useFormats()
  const { contact, block } = props
  const { held } = block
  const mayUnblock = useCan('contacts.unblock')
  const unblocking = useUnblocking()
  const facts = [block.by ?? t`Somebody`, date(block.at), ...(block.reason === null ? [] : [block.reason])]
  return (
    <Banner
      icon={Ban}
      live
      className={props.className ?? ''}
      action={
        mayUnblock && (
          <Button size="sm" onPress={() => unblocking.start(contact, block)}>
            <Trans>Unblock</Trans>
          </Button>
        )
      }
    >
      <p>
        <strong>{t`Contact blocked`}</strong>
      </p>
      <p>
        <bdi>{facts.join(' · ')}</bdi>
      </p>
      <p>
        {held === 0 ? t`Nothing held so far` : <Plural value={held} one="# message held" other="# messages held" />}
      </p>
      {unblocking.dialog}
    </Banner>
  )
}
