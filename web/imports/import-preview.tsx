import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { importOutcomes, type ImportOutcome } from '#contract/import-words.ts'
import type { ImportWish, PlannedRow } from '#contract/imports.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import css from './imports.module.css'
import { reasonWords } from './reason-words.ts'
import { useOutcomeWords } from './state-words.ts'

/** Looks of the server at most: more rows than anybody reads. */
const mostLooks = 20
const mostShown = 100

interface Found {
  readonly wish: string
  readonly counts: Record<ImportOutcome, number>
  readonly rows: number
  readonly isAll: boolean
  /** What is not carried out first: those are to be looked at. */
  readonly shown: readonly PlannedRow[]
}

/** What would become of each row, without doing it. */
export function ImportPreview(props: { importId: number; wish: ImportWish; isDisabled: boolean }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const words = useOutcomeWords()
  const { importId, wish } = props
  const key = JSON.stringify(wish)
  const look = useMutation({ mutationFn: () => lookAt(importId, wish) })
  // what was seen holds for what was asked for then
  const found = look.data?.wish === key ? look.data : undefined
  const rows = number(found?.rows ?? 0)
  return (
    <section className={css.preview} aria-label={t`Preview`}>
      <Button
        onPress={() => look.mutate()}
        isPending={look.isPending}
        disabledReason={props.isDisabled ? t`Say what at least one column is.` : undefined}
      >
        <Trans>See what would happen</Trans>
      </Button>
      {look.error !== null && (
        <Banner tone="danger" live>
          {explain(look.error, i18n)}
        </Banner>
      )}
      {found !== undefined && (
        <>
          <div role="status">
            <dl className={css.counts}>
              {importOutcomes
                .filter((outcome) => found.counts[outcome] > 0)
                .map((outcome) => (
                  <div key={outcome}>
                    <dt>{words(outcome)}</dt>
                    <dd>{number(found.counts[outcome])}</dd>
                  </div>
                ))}
            </dl>
          </div>
          {!found.isAll && (
            <p className={css.note}>
              <Plural value={found.rows} one={`Of the first ${rows} row.`} other={`Of the first ${rows} rows.`} />
            </p>
          )}
          <ul className={css.rows}>
            {found.shown.map((row) => (
              <li key={row.line}>
                <span className={css.line}>
                  <strong>{words(row.outcome)}</strong>
                  <bdi>{row.cells.filter((cell) => cell !== '').join(' · ')}</bdi>
                </span>
                {row.reasons.length > 0 && (
                  <small>{row.reasons.map((reason) => reasonWords(reason, i18n)).join(' ')}</small>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

async function lookAt(importId: number, wish: ImportWish): Promise<Found> {
  const counts = { added: 0, updated: 0, unchanged: 0, skipped: 0, blocked: 0, refused: 0 }
  let [rows, after]: [number, number | null] = [0, 0]
  const [wrong, right]: [PlannedRow[], PlannedRow[]] = [[], []]
  for (let looks = 0; after !== null && looks < mostLooks; looks++) {
    const { items, next }: { items: PlannedRow[]; next: number | null } = await client.imports.preview({
      importId,
      wish,
      after,
    })
    for (const item of items) {
      counts[item.outcome]++
      const list = item.reasons.length > 0 ? wrong : right
      if (list.length < mostShown) list.push(item)
    }
    rows += items.length
    after = next
  }
  const shown = [...wrong, ...right].slice(0, mostShown)
  return { wish: JSON.stringify(wish), counts, rows, isAll: after === null, shown }
}
