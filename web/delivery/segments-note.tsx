import { Plural, Trans } from '@lingui/react/macro'
import { countSegments } from './count-segments.ts'
import css from './delivery.module.css'

/** How many text messages the words make, how much fits into the last, and what makes them short. */
export function SegmentsNote({ text }: { text: string }) {
  const { count, left, odd } = countSegments(text)
  return (
    <p className={css.segments}>
      <span>
        <Plural value={count} one="# text message" other="# text messages" /> · <Trans>{left} left</Trans>
      </span>
      {odd !== null && (
        <span className={css.odd}>
          <Trans>“{odd}” makes them short</Trans>
        </span>
      )}
    </p>
  )
}
