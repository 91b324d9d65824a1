import { Trans } from '@lingui/react/macro'
import type { UsageCycle } from '#contract/usage.ts'
import { useFormats } from '../i18n/formats.ts'
import { useCycleWords } from './cycle-words.ts'
import css from './usage.module.css'

/** The same numbers as the chart's, newest first, to be read and copied. */
export function CyclesTable({ cycles }: { cycles: readonly UsageCycle[] }) {
  const { number } = useFormats()
  const words = useCycleWords()
  return (
    // scrolls sideways on phones, so it can be reached by keyboard
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.tableFrame} tabIndex={0} role="group" aria-labelledby="usage-cycles">
      <table className={css.table} aria-labelledby="usage-cycles">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Billing cycle</Trans>
            </th>
            <th scope="col">
              <Trans context="contacts">Active</Trans>
            </th>
            <th scope="col">
              <Trans context="contacts">New</Trans>
            </th>
            <th scope="col">
              <Trans context="contacts">Returning</Trans>
            </th>
            <th scope="col">
              <Trans>They wrote first</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {cycles.toReversed().map((cycle) => (
            <tr key={cycle.startsOn}>
              <th scope="row">
                {words.long(cycle)}
                {!cycle.isClosed && (
                  <small>
                    <Trans>so far</Trans>
                  </small>
                )}
              </th>
              <td>{number(cycle.contacts)}</td>
              <td>{number(cycle.fresh)}</td>
              <td>{number(cycle.contacts - cycle.fresh)}</td>
              <td>{number(cycle.incoming)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
