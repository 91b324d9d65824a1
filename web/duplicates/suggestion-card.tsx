import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Merge } from 'lucide-react'
import { useState } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import type { Suggestion } from '#contract/suggestion.ts'
import { useWorkspace } from '../api/me.ts'
import { useCommands } from '../app/commands.ts'
import { explainMerge, useMerge } from '../merging/shared.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { MatchMark } from '../ui/match-mark.tsx'
import { toastError } from '../ui/toast-store.ts'
import { findMatches } from './find-matches.ts'
import { Fold } from './fold.tsx'
import { ReasonList } from './reason-list.tsx'
import { saysMore } from './reason-words.ts'
import css from './suggestion-card.module.css'
import { TierPill } from './tier-pill.tsx'
import { useDismissal } from './use-dismissal.ts'

/** Who this contact may be besides: why, how sure, and what to do about it; one at a time. Folds when there is none left. */
export function SuggestionCard({ contact, place }: { contact: ContactDetails; place: 'inbox' | 'contacts' }) {
  const { suggestions } = contact
  const [at, setAt] = useState(0)
  const suggestion = suggestions[Math.min(at, suggestions.length - 1)]
  return (
    <Fold of={suggestion}>
      {(shown) => (
        <Card
          key={`${shown.a.id}-${shown.b.id}`}
          contactId={contact.id}
          suggestion={shown}
          place={place}
          pager={{ at: Math.min(at, suggestions.length - 1), of: suggestions.length, go: setAt }}
        />
      )}
    </Fold>
  )
}

function Card(props: {
  contactId: number
  suggestion: Suggestion
  place: 'inbox' | 'contacts'
  pager: { at: number; of: number; go: (at: number) => void }
}) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const workspace = useWorkspace().id
  const { contactId, suggestion, pager } = props
  const { a, b, reasons } = suggestion
  const other = a.id === contactId ? b : a
  const isMatch = findMatches([suggestion], other.id)
  const { mergeAtOnce, isMerging } = useMerge()
  const { dismiss } = useDismissal()
  const name = other.displayName ?? t`Nameless contact`
  const kind = other.channelKinds[0]

  const review = () =>
    void navigate({
      to: '/w/$workspace/contacts/merge',
      params: { workspace },
      search: { ids: `${contactId},${other.id}`, back: props.place },
    })
  const mergeNow = () => {
    mergeAtOnce([a.id, b.id]).catch((error: unknown) => toastError(explainMerge(error, i18n)))
  }
  useCommands([
    { id: 'review-duplicate', title: t`Review the duplicate`, group: t`Contact`, keys: 'd', icon: Merge, run: review },
  ])
  const position = pager.at + 1
  const total = pager.of
  return (
    <section className={css.card} aria-label={t`Possible duplicate`}>
      <div className={css.head}>
        <Icon of={Merge} />
        <h3>
          <Trans>Possible duplicate</Trans>
        </h3>
        {total > 1 && (
          <span className={css.pager}>
            <span aria-live="polite" className="num">
              <Trans>
                {position} of {total}
              </Trans>
            </span>
            <IconButton
              size="sm"
              flip
              icon={ChevronLeft}
              label={t`Previous duplicate`}
              disabledReason={pager.at === 0 ? t`This is the first.` : undefined}
              onPress={() => pager.go(pager.at - 1)}
            />
            <IconButton
              size="sm"
              flip
              icon={ChevronRight}
              label={t`Next duplicate`}
              disabledReason={position === total ? t`This is the last.` : undefined}
              onPress={() => pager.go(pager.at + 1)}
            />
          </span>
        )}
      </div>
      <div className={css.who}>
        <Avatar id={other.id} name={other.displayName} picture={other.pictureUrl} size={40}>
          {kind !== undefined && <ChannelGlyph kind={kind} size={18} />}
        </Avatar>
        <div className={css.values}>
          <p className={css.name}>
            <bdi className="trunc">{name}</bdi>
            <span className={`num ${css.id ?? ''}`}>ID {other.id}</span>
          </p>
          {(['email', 'phone'] as const).map((field) => {
            const value = other[field]
            return (
              value !== null && (
                <p key={field} className={css.value}>
                  <bdi className="trunc num">{value}</bdi>
                  {isMatch(field, value) && <MatchMark label={t`Matches this contact`} />}
                </p>
              )
            )
          })}
        </div>
      </div>
      <div className={css.why}>
        <TierPill tier={suggestion.tier} score={suggestion.score} />
        <ReasonList reasons={reasons.filter(saysMore)} contacts={[a, b]} />
      </div>
      <div className={css.acts}>
        <Button look="primary" isPending={isMerging} onPress={mergeNow}>
          <Trans>Merge</Trans>
        </Button>
        <Button onPress={review}>
          <Trans>Review first</Trans>
        </Button>
        <Button look="ghost" onPress={() => void dismiss({ a: a.id, b: b.id })}>
          <Trans context="suggestion">Dismiss</Trans>
        </Button>
      </div>
    </section>
  )
}
