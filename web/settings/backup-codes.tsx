import { Trans, useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { toast } from '../ui/toast-store.ts'
import css from './second-factor.module.css'

/** The codes that open the account when the phone is lost; shown this once. */
export function BackupCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useLingui()
  const copy = () => {
    void navigator.clipboard.writeText(codes.join('\n')).then(() => toast(t`Backup codes copied`, { tone: 'ok' }))
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Keep your backup codes</Trans>}
      actions={
        <>
          <Button size="lg" icon={Copy} onPress={copy}>{t`Copy all`}</Button>
          <Button size="lg" look="primary" onPress={onClose}>{t`I have kept them`}</Button>
        </>
      }
    >
      <p>
        <Trans>
          Each opens your account once when your phone is not at hand. Keep them where you keep passwords; they are not
          shown again.
        </Trans>
      </p>
      <ul className={css.codes} aria-label={t`Backup codes`}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
