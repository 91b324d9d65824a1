import { Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowRight,
  ChevronDown,
  MessageSquare,
  Radio,
  Reply,
  StickyNote,
  Undo2,
  UserRound,
  Workflow,
} from 'lucide-react'
import { useId } from 'react'
import type { MergeEntry, MergeField } from '#contract/merging.ts'
import { channelName } from '../contacts/shared.ts'
import { ReasonList, reasonSummary } from '../duplicates/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { MatchMark } from '../ui/match-mark.tsx'
import { Pill } from '../ui/pill.tsx'
import { FieldValue } from './field-value.tsx'
import css from './merge-history.module.css'
import { useFieldName } from '../fields/shared.ts'

/** One merge: who became whom, why, by whom and when; opened, what was left out and what moved. */
export function MergeHistoryItem(props: {
  entry: MergeEntry
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
  onUndo: () => void
}) {
  const { t, i18n } = useLingui()
  const { time, list, dateTime } = useFormats()
  const { entry, isOpen } = props
  const detailsId = useId()
  const nameless = t`Nameless contact`
  const name = entry.survivor?.displayName ?? entry.survivorName ?? nameless
  const absorbed = list(entry.absorbed.map(({ displayName }) => displayName ?? nameless))
  const ids = list(entry.absorbed.map(({ contactId }) => `ID ${contactId}`))
  const why = reasonSummary(entry.reasons, i18n)
  const undoneBy = entry.undoneBy ?? t`Somebody`
  const undoneAt = entry.undoneAt === null ? '' : dateTime(entry.undoneAt)
  return (
    <article className={css.item} aria-label={t`${absorbed} became ${name}`}>
      <div className={css.line}>
        <div className={css.pair}>
          <span className={css.faces}>
            <Avatar
              id={entry.survivorId}
              name={entry.survivor?.displayName ?? entry.survivorName}
              picture={entry.survivor?.pictureUrl}
              size={28}
            />
            {entry.absorbed.slice(0, 2).map(({ contactId, displayName }) => (
              <Avatar key={contactId} id={contactId} name={displayName} size={28} />
            ))}
          </span>
          <div className={css.names}>
            <p className={css.name}>
              <bdi>{name}</bdi>
            </p>
            <p className={css.absorbed}>
              <Trans>
                absorbed <bdi>{absorbed}</bdi>
              </Trans>{' '}
              · <span className="num">{ids}</span>
            </p>
          </div>
        </div>
        <p className={css.why}>
          {why === null ? <Icon of={UserRound} /> : <MatchMark />}
          {why ?? t`Chosen by hand`}
        </p>
        <p className={css.by}>
          {entry.by ?? t`Somebody`} · <span className="num">{time(entry.at)}</span>
        </p>
        <p className={css.state}>
          {entry.state === 'merged' ? (
            <Trans context="state of a merge">Merged</Trans>
          ) : (
            <Pill>
              <Trans context="state of a merge">Undone</Trans>
            </Pill>
          )}
        </p>
        <div className={css.acts}>
          {entry.state === 'merged' ? (
            <Button
              icon={Undo2}
              onPress={props.onUndo}
              disabledReason={entry.final ? t`One of its contacts was deleted for good.` : undefined}
            >
              <Trans>Undo merge</Trans>
            </Button>
          ) : (
            <span className={css.undone}>
              <Trans>
                by {undoneBy}, {undoneAt}
              </Trans>
            </span>
          )}
          <IconButton
            icon={ChevronDown}
            label={isOpen ? t`Hide what changed` : t`Show what changed`}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            className={css.toggle}
            onPress={() => props.onToggle(!isOpen)}
          />
        </div>
      </div>
      {isOpen && (
        <div id={detailsId} className={css.details}>
          <Details entry={entry} name={name} />
        </div>
      )}
    </article>
  )
}

function Details({ entry, name }: { entry: MergeEntry; name: string }) {
  const { t, i18n } = useLingui()
  const { number } = useFormats()
  const { moved, channelKinds } = entry
  const count = (of: number) => (of >= 1000 ? `${number(1000)}+` : number(of))
  return (
    <>
      <section>
        <h3>
          <Trans>Discarded and kept values</Trans>
        </h3>
        {entry.discarded.length === 0 ? (
          <p className={css.nothing}>
            {entry.final ? t`They went with the contact that was deleted.` : t`They did not differ.`}
          </p>
        ) : (
          <dl className={css.diff}>
            {entry.discarded.map(({ field, from, to }) => (
              <Difference key={field} field={field} from={from} to={to} />
            ))}
          </dl>
        )}
        {entry.reasons.length > 0 && (
          <div className={css.evidence}>
            <h3>
              <Trans>Evidence at the time</Trans>
            </h3>
            <ReasonList reasons={entry.reasons} contacts={entry.survivor === null ? [] : [entry.survivor]} />
          </div>
        )}
      </section>
      <section>
        <h3>
          <Trans>Moved to {name}</Trans>
        </h3>
        <dl className={css.moved}>
          <div>
            <dt>
              <Icon of={Radio} />
              <Trans>Channels</Trans>
            </dt>
            <dd>
              {channelKinds.length === 0
                ? count(moved.channels)
                : channelKinds.map((kind) => (
                    <ChannelGlyph key={kind} kind={kind} size={18} label={channelName(kind, i18n)} />
                  ))}
            </dd>
          </div>
          {(
            [
              [MessageSquare, t`Conversations`, moved.conversations],
              [Reply, t`Messages`, moved.messages],
              [StickyNote, t`Internal notes`, moved.notes],
            ] as const
          ).map(([icon, words, of]) => (
            <div key={words}>
              <dt>
                <Icon of={icon} />
                {words}
              </dt>
              <dd className="num">{count(of)}</dd>
            </div>
          ))}
        </dl>
        {entry.runsStopped.length > 0 && (
          <div className={css.evidence}>
            <h3>
              <Trans>Workflows stopped</Trans>
            </h3>
            <ul className={css.stopped}>
              {[...new Set(entry.runsStopped.map((run) => run.name))].map((workflow) => (
                <li key={workflow}>
                  <Icon of={Workflow} />
                  <bdi>{workflow}</bdi>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
    </>
  )
}

function Difference({ field, from, to }: { field: MergeField; from: readonly string[]; to: string | null }) {
  const { t } = useLingui()
  const nameOf = useFieldName()
  return (
    <>
      <dt>{nameOf(field)}</dt>
      <dd className={css.old}>
        {from.map((value) => (
          <span key={value}>
            <FieldValue field={field} value={value} />
          </span>
        ))}
      </dd>
      <dd className={css.arrow}>
        <Icon of={ArrowRight} size={14} flip label={t`became`} />
      </dd>
      <dd className={css.new}>{to === null ? t`No value` : <FieldValue field={field} value={to} />}</dd>
    </>
  )
}
