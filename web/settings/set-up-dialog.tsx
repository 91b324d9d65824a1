import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { callAuth } from '../api/auth.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast-store.ts'
import { BackupCodes } from './backup-codes.tsx'
import { PasswordStep } from './password-step.tsx'
import { QrCode } from './qr-code.tsx'
import css from './second-factor.module.css'
import { useAuthForm } from './use-auth-form.ts'

interface Enrolment {
  totpURI: string
  backupCodes: string[]
}
const formId = 'set-up-code'

/** Password, then a picture to scan and its first code, then the backup codes. */
export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const [isVerified, setVerified] = useState(false)
  const [code, setCode] = useState('')
  const { isPending, problem, run } = useAuthForm()

  if (!enrolment)
    return (
      <PasswordStep
        title={<Trans>Set up the second step</Trans>}
        confirm={t`Continue`}
        onClose={onClose}
        onPassword={async (password) => setEnrolment(await callAuth<Enrolment>('/two-factor/enable', { password }))}
      />
    )
  if (isVerified) return <BackupCodes codes={enrolment.backupCodes} onClose={onClose} />

  const secret = new URL(enrolment.totpURI).searchParams.get('secret') ?? ''
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Scan with your phone</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button size="lg" look="primary" type="submit" form={formId} isPending={isPending}>{t`Turn on`}</Button>
        </>
      }
    >
      <p>
        <Trans>
          Scan this with an authenticator app, or type the key into it by hand. Then write the code it shows.
        </Trans>
      </p>
      <QrCode text={enrolment.totpURI} label={t`Picture to scan with an authenticator app`} />
      <p className={css.secret}>
        <code>{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
        <CopyButton text={secret} label={t`Copy key`} />
      </p>
      {problem && (
        <Banner tone="danger" live>
          {problem}
        </Banner>
      )}
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          run(async () => {
            await callAuth('/two-factor/verify-totp', { code: code.replace(/\D/g, '') })
            toast(t`The second step is on`, { tone: 'ok' })
            setVerified(true)
          })
        }}
      >
        <TextField
          label={t`Code of six digits`}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          isRequired
          maxLength={7}
          value={code}
          onChange={setCode}
        />
      </form>
    </Dialog>
  )
}
