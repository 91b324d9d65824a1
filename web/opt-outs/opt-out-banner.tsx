import { Trans } from '@lingui/react/macro'
import { BellOff } from 'lucide-react'
import { lazy, useState } from 'react'
import type { ContactDetails, OptOut } from '#contract/contacts.ts'
import { useCan } from '../api/me.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import css from './opt-outs.module.css'
import { useOptOutFacts } from './opt-out-words.ts'

const LiftDialog = lazy(() => import('./lift-dialog.tsx'))

/** Where the contact does not want to be written to, who said so, and the way back for who may. */
export function OptOutBanner({ contact, className }: { contact: ContactDetails; className?: string | undefined }) {
  const factsOf = useOptOutFacts()
  const mayLift = useCan('optOut.lift')
  const [lifting, setLifting] = useState<OptOut | null>(null)
  if (contact.optOuts.length === 0) return null
  return (
    <Banner tone="warn" icon={BellOff} className={className ?? ''}>
      <ul className={css.list}>
        {contact.optOuts.map((optOut) => {
          const name = optOut.channelName ?? ''
          return (
            <li key={optOut.channelId ?? 0}>
              <div className={css.words}>
                <p>
                  <strong>
                    {optOut.channelId === null ? (
                      <Trans>Wants no messages at all</Trans>
                    ) : optOut.scope === 'marketing' ? (
                      <Trans>
                        Wants no advertising by <bdi>{name}</bdi>
                      </Trans>
                    ) : (
                      <Trans>
                        Wants no messages by <bdi>{name}</bdi>
                      </Trans>
                    )}
                  </strong>
                </p>
                <p>
                  <bdi>{factsOf(optOut)}</bdi>
                </p>
              </div>
              {mayLift && (
                <Button size="sm" onPress={() => setLifting(optOut)}>
                  <Trans context="an opt-out">Lift…</Trans>
                  <span className="visually-hidden"> {name}</span>
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {lifting !== null && (
        <LazyDialog onClose={() => setLifting(null)}>
          <LiftDialog contact={contact} optOut={lifting} onClose={() => setLifting(null)} />
        </LazyDialog>
      )}
    </Banner>
  )
}
