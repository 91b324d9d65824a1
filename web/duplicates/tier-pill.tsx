import { useLingui } from '@lingui/react/macro'
import type { Tier } from '#contract/suggestion.ts'
import { useFormats } from '../i18n/formats.ts'
import { Pill } from '../ui/pill.tsx'

const tones = { A: 'ok', B: 'info', C: 'plain' } as const

/** How sure a suggestion is, in a word and as the share of such pairs that are one person. */
export function TierPill({ tier, score }: { tier: Tier; score: number }) {
  const { t } = useLingui()
  const { percent } = useFormats()
  const words = { A: t`Certain`, B: t`Likely`, C: t`Possible` }
  return (
    <Pill tone={tones[tier]}>
      {words[tier]} <span className="num">{percent(score)}</span>
    </Pill>
  )
}
