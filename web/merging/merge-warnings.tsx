import { Trans, useLingui } from '@lingui/react/macro'
import { BellOff, Workflow } from 'lucide-react'
import type { MergePlan } from '#contract/merging.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Icon } from '../ui/icon.tsx'
import css from './merge-result.module.css'
import { OptOutName } from './opt-out-name.tsx'

/** Where the one contact is not written to any more, and who of them wants that. */
export function Silence({ plan }: { plan: MergePlan }) {
  const nameOf = useContactName(plan)
  const { list } = useFormats()
  const { optOuts } = plan.result
  if (optOuts.length === 0) return null
  return (
    <section className={css.card}>
      <h2>
        <Trans>Wants no messages</Trans>
      </h2>
      <ul className={css.list}>
        {optOuts.map((optOut) => (
          <li key={optOut.channelId ?? 0}>
            <Icon of={BellOff} />
            <p>
              <OptOutName optOut={optOut} />
              <span className={css.whose}>{list(optOut.contactIds.map(nameOf))}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the absorbed are being led through, which ends. */
export function Stopping({ plan }: { plan: MergePlan }) {
  const nameOf = useContactName(plan)
  if (plan.runsStopped.length === 0) return null
  return (
    <section className={css.card}>
      <h2>
        <Trans>Workflows that stop</Trans>
      </h2>
      <ul className={css.list}>
        {plan.runsStopped.map(({ contactId, workflowId, name }) => (
          <li key={`${workflowId}-${contactId}`}>
            <Icon of={Workflow} />
            <p>
              <bdi>{name}</bdi>
              <span className={css.whose}>{nameOf(contactId)}</span>
            </p>
          </li>
        ))}
      </ul>
      <p className={css.after}>
        <Trans>Undoing the merge does not start them again.</Trans>
      </p>
    </section>
  )
}

function useContactName({ survivor, absorbed }: MergePlan): (contactId: number) => string {
  const { t } = useLingui()
  return (contactId) => [survivor, ...absorbed].find(({ id }) => id === contactId)?.displayName ?? t`Nameless contact`
}

/** That somebody said they are not one person. */
export function ToldApart({ plan }: { plan: MergePlan }) {
  const { t } = useLingui()
  const { date } = useFormats()
  const names = new Map([plan.survivor, ...plan.absorbed].map(({ id, displayName }) => [id, displayName]))
  return plan.toldApart.map(({ a, b, by, at }) => {
    const [one, other] = [a, b].map((id) => names.get(id) ?? `ID ${id}`)
    const who = by ?? t`Somebody`
    const when = date(at)
    return (
      <Banner key={`${a}-${b}`} tone="warn">
        <Trans>
          {who} said on {when} that <strong>{one}</strong> and <strong>{other}</strong> are not the same person. Merging
          them forgets that.
        </Trans>
      </Banner>
    )
  })
}
