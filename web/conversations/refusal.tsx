import { i18n } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
import { lazy, Suspense } from 'react'
import { explain } from '../api/explain.ts'
import { withRareWords } from '../i18n/locale.ts'
import { toastError } from '../ui/toast-store.ts'

type Explain = typeof explain

/** The words come when they are first needed; where even they cannot be fetched, there are general ones. */
const loadWords = (): Promise<Explain> =>
  withRareWords(() => import('../delivery/shared.ts')).then(
    ({ refusalWords }) => refusalWords,
    () => explain,
  )

const Words = lazy(async () => {
  const words = await loadWords()
  return {
    default: function Words({ error }: { error: unknown }) {
      const { i18n } = useLingui()
      return words(error, i18n)
    },
  }
})

/** Why something could not be done in a conversation and what would help. */
export function Refusal({ error }: { error: unknown }) {
  return (
    <Suspense fallback={null}>
      <Words error={error} />
    </Suspense>
  )
}

/** The same in a toast. */
export async function tellRefusal(error: unknown): Promise<void> {
  const words = await loadWords()
  toastError(words(error, i18n))
}
