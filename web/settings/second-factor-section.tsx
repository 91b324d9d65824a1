import { Trans, useLingui } from '@lingui/react/macro'
import { ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { Pill } from '../ui/pill.tsx'
import { BackupCodesDialog, TurnOffDialog } from './second-factor-dialogs.tsx'
import { SetUpDialog } from './set-up-dialog.tsx'
import css from './settings.module.css'

const refresh = () => void queryClient.invalidateQueries({ queryKey: api.account.security.key() })

/** A code from the phone at each sign-in: turned on with a picture to scan, kept safe with backup codes. */
export function SecondFactorSection({ isOn }: { isOn: boolean }) {
  const { t } = useLingui()
  const [open, setOpen] = useState<'setUp' | 'codes' | 'off' | null>(null)
  const close = () => {
    setOpen(null)
    refresh()
  }
  return (
    <section className={css.section}>
      <h2>
        <Trans>Second step</Trans>
      </h2>
      <p className={css.lead}>
        <Trans>
          With it, signing in also asks for a code from an app on your phone. A stolen password alone opens nothing.
        </Trans>
      </p>
      <div className={css.form}>
        <div className={css.actions}>
          <Pill tone={isOn ? 'ok' : 'plain'}>{isOn ? t`On` : t`Off`}</Pill>
          {isOn ? (
            <>
              <Button onPress={() => setOpen('codes')}>{t`New backup codes…`}</Button>
              <Button look="dangerGhost" icon={ShieldOff} onPress={() => setOpen('off')}>{t`Turn off…`}</Button>
            </>
          ) : (
            <Button icon={ShieldCheck} onPress={() => setOpen('setUp')}>{t`Set up…`}</Button>
          )}
        </div>
      </div>
      {open === 'setUp' && <SetUpDialog onClose={close} />}
      {open === 'codes' && <BackupCodesDialog onClose={close} />}
      {open === 'off' && <TurnOffDialog onClose={close} />}
    </section>
  )
}
