import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Chosen } from '#contract/bulk.ts'

/** How contacts were chosen. */
export function chosenWords(chosen: Chosen, i18n: I18n): string {
  if (chosen.kind === 'everyone') return i18n._(msg`everyone in the workspace`)
  if (chosen.kind === 'ids') return i18n._(msg`selected one by one`)
  const { searched, filtered, segment, except } = chosen
  const by =
    segment !== null
      ? i18n._(msg`everyone in the segment “${segment}”`)
      : searched && filtered
        ? i18n._(msg`everyone found by a search and a filter`)
        : searched
          ? i18n._(msg`everyone found by a search`)
          : filtered
            ? i18n._(msg`everyone found by a filter`)
            : i18n._(msg`everyone in the list`)
  return except === 0 ? by : i18n._(msg`${by}, but ${except}`)
}
