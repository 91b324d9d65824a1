import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { UsageCycle } from '#contract/usage.ts'
import { useFormats } from '../i18n/formats.ts'
import { useCycleWords } from './cycle-words.ts'
import css from './usage.module.css'

/** A bar for each cycle, new contacts on those who came back; choosing one shows what is behind it. Arrows move between them. */
export function CyclesChart(props: {
  cycles: readonly UsageCycle[]
  /** The first day of the one that is shown below. */
  chosen: string
  onChoose: (startsOn: string) => void
}) {
  const { t } = useLingui()
  const { number, tag } = useFormats()
  const words = useCycleWords()
  const most = Math.max(1, ...props.cycles.map(({ contacts }) => contacts))
  const height = (count: number) => ({ blockSize: `${(100 * count) / most}%` })
  const short = (count: number) =>
    count < 10_000
      ? number(count)
      : new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 }).format(count)
  return (
    <>
      <p className={css.keys} aria-hidden="true">
        <span className={css.freshKey}>
          <Trans context="contacts">new</Trans>
        </span>
        <span className={css.backKey}>
          <Trans context="contacts">returning</Trans>
        </span>
      </p>
      <ListBox
        ref={showNewest}
        aria-label={t`Active contacts by billing cycle`}
        orientation="horizontal"
        layout="stack"
        selectionMode="single"
        disallowEmptySelection
        selectionBehavior="replace"
        selectedKeys={[props.chosen]}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) props.onChoose(String(key))
        }}
        className={css.chart ?? ''}
      >
        {props.cycles.map((cycle) => {
          const { startsOn, contacts, fresh, isClosed } = cycle
          const count = number(contacts)
          const newOnes = number(fresh)
          const name = words.long(cycle)
          const said = t`${plural(contacts, { one: `${count} active contact`, other: `${count} active contacts` })}, ${newOnes} new`
          const label = isClosed ? `${name}: ${said}` : t`${name}, so far: ${said}`
          return (
            <ListBoxItem key={startsOn} id={startsOn} textValue={label} className={css.column ?? ''}>
              <span className="visually-hidden">{label}</span>
              <span className={css.count} aria-hidden="true">
                {short(contacts)}
              </span>
              <span className={css.stack} aria-hidden="true" data-running={!isClosed}>
                <span className={css.fresh} style={height(fresh)} />
                <span className={css.back} style={height(contacts - fresh)} />
              </span>
              <span className={css.month} aria-hidden="true">
                {words.short(cycle)}
              </span>
            </ListBoxItem>
          )
        })}
      </ListBox>
    </>
  )
}

/** Where not all of them fit, the newest are in sight. */
const showNewest = (chart: HTMLElement | null) => chart?.scrollTo({ left: chart.scrollWidth })
