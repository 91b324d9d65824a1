import { Trans, useLingui } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import type { ContactSummary, Suggestion } from '#contract/suggestion.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import { MatchMark } from '../ui/match-mark.tsx'
import { isSame } from './find-matches.ts'
import { reasonWords, saysMore } from './reason-words.ts'
import css from './suggestion-row.module.css'
import { spellPhones } from './spell-phones.ts'
import { TierPill } from './tier-pill.tsx'

/** The two numbers of a pair, as one key. */
export const pairKey = ({ a, b }: Suggestion) => `${a.id}-${b.id}`

/** Two contacts that may be one, with the evidence, and the three answers to that. The pair itself opens the comparison. */
export function SuggestionRow(props: {
  suggestion: Suggestion
  isTabStop?: boolean
  /** Without the tier, for narrow places. */
  isCompact?: boolean
  onReview: () => void
  onMerge: () => void
  onDismiss: () => void
}) {
  const { t } = useLingui()
  const { suggestion, isTabStop = true, isCompact } = props
  const { a, b } = suggestion
  const one = a.displayName ?? t`Nameless contact`
  const other = b.displayName ?? t`Nameless contact`
  const tabIndex = isTabStop ? 0 : -1
  return (
    <div className={classes(css.row, isCompact && css.compact)}>
      <button
        type="button"
        data-pair={pairKey(suggestion)}
        tabIndex={tabIndex}
        className={css.pair}
        onClick={props.onReview}
      >
        <span className={css.faces}>
          <Face contact={a} />
          <Face contact={b} />
        </span>
        <span className={css.words}>
          <span className={css.names}>
            <Trans>
              <bdi>{one}</bdi> <span className={css.and}>and</span> <bdi>{other}</bdi>
            </Trans>
          </span>
          <Evidence suggestion={suggestion} />
        </span>
        {!isCompact && <TierPill tier={suggestion.tier} score={suggestion.score} />}
      </button>
      <div className={css.acts}>
        <Button look="ghost" onPress={props.onDismiss} excludeFromTabOrder={!isTabStop}>
          <Trans context="suggestion">Dismiss</Trans>
        </Button>
        <Button onPress={props.onReview} excludeFromTabOrder={!isTabStop}>
          <Trans>Review</Trans>
        </Button>
        <Button look="soft" onPress={props.onMerge} excludeFromTabOrder={!isTabStop}>
          <Trans>Merge</Trans>
        </Button>
      </div>
    </div>
  )
}

function Face({ contact }: { contact: ContactSummary }) {
  const kind = contact.channelKinds[0]
  return (
    <Avatar id={contact.id} name={contact.displayName} picture={contact.pictureUrl} size={40}>
      {kind !== undefined && <ChannelGlyph kind={kind} size={18} />}
    </Avatar>
  )
}

/** What both have, then in words what a look at the values does not tell, and what speaks against. */
function Evidence({ suggestion }: { suggestion: Suggestion }) {
  const { i18n } = useLingui()
  const { list } = useFormats()
  const { a, b, reasons } = suggestion
  const spell = spellPhones([a, b])
  const shared = [
    ...new Set(
      reasons.flatMap((reason) =>
        (reason.kind === 'phone' || reason.kind === 'email') && isSame(reason.strength)
          ? [spell(reason.values[0])]
          : [],
      ),
    ),
  ]
  const words = reasonWords(reasons.filter(saysMore), i18n, spell)
  const said = words.filter(({ tone }) => tone !== 'against').map(({ text }) => text)
  return (
    <>
      {shared.length > 0 && (
        <span className={css.why}>
          <MatchMark />
          <bdi className="num">{list(shared)}</bdi>
        </span>
      )}
      {said.length > 0 && <span className={css.said}>{said.join(' · ')}</span>}
      {words
        .filter(({ tone }) => tone === 'against')
        .map(({ text }) => (
          <span key={text} className={css.against}>
            <Icon of={TriangleAlert} size={12} />
            {text}
          </span>
        ))}
    </>
  )
}
