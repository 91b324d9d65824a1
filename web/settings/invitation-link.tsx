import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'

/** The link of an invitation, shown this once; the address by which this page was reached works for others too. */
export function InvitationLink(props: { email: string; link: string; onClose: () => void }) {
  const { t } = useLingui()
  const { email, onClose } = props
  const { pathname, hash } = new URL(props.link)
  const link = `${location.origin}${pathname}${hash}`
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Pass this link on</Trans>}
      actions={<Button size="lg" look="primary" onPress={onClose}>{t`Done`}</Button>}
    >
      <p>
        <Trans>
          This Ficha does not send mail yet, so give {email} this link yourself. It works for seven days, for this
          address only, and is not shown again.
        </Trans>
      </p>
      <TextField
        aria-label={t`Invitation link`}
        isReadOnly
        value={link}
        after={<CopyButton text={link} label={t`Copy link`} />}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  )
}
