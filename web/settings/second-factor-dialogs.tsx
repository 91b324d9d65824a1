import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { callAuth } from '../api/auth.ts'
import { toast } from '../ui/toast-store.ts'
import { BackupCodes } from './backup-codes.tsx'
import { PasswordStep } from './password-step.tsx'

/** Replaces the backup codes. */
export function BackupCodesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const [codes, setCodes] = useState<string[] | null>(null)
  if (codes) return <BackupCodes codes={codes} onClose={onClose} />
  return (
    <PasswordStep
      title={<Trans>New backup codes</Trans>}
      confirm={t`Make new codes`}
      onClose={onClose}
      onPassword={async (password) => {
        const answer = await callAuth<{ backupCodes: string[] }>('/two-factor/generate-backup-codes', { password })
        setCodes(answer.backupCodes)
      }}
    >
      <p>
        <Trans>The codes you have now stop working.</Trans>
      </p>
    </PasswordStep>
  )
}

/** Signing in asks for the password alone from then on. */
export function TurnOffDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  return (
    <PasswordStep
      title={<Trans>Turn off the second step?</Trans>}
      confirm={t`Turn off`}
      danger
      onClose={onClose}
      onPassword={async (password) => {
        await callAuth('/two-factor/disable', { password })
        toast(t`The second step is off`)
        onClose()
      }}
    >
      <p>
        <Trans>From then on your password alone opens the account.</Trans>
      </p>
    </PasswordStep>
  )
}
