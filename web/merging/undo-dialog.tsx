import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { MergeField, UndoPlan } from '#contract/merging.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { channelName } from '../contacts/shared.ts'
import { useFormats } from '../i18n/formats.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Select } from '../ui/select.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { toast } from '../ui/toast-store.ts'
import { explainMerge } from './explain-merge.ts'
import { FieldValue } from './field-value.tsx'
import { OptOutName } from './opt-out-name.tsx'
import { outdatedPlan } from './outdated.ts'
import { showMerged } from './show-merged.ts'
import css from './undo-dialog.module.css'
import { useFieldName } from '../fields/shared.ts'

/** What undoing a merge brings back and what it leaves, before it is done; notes written meanwhile can be handed over. */
export default function UndoDialog({ mergeId, onClose }: { mergeId: number; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const options = api.merging.undoPlan.queryOptions({ input: { mergeId }, staleTime: 0 })
  const undo = useMutation(api.merging.undo.mutationOptions())
  // what is live would ask what undoing brings back when it is undone
  const enabled = !undo.isPending && !undo.isSuccess
  const { data: plan, error, isFetchedAfterMount } = useQuery({ ...options, enabled })
  const [isOutdated, setOutdated] = useState(false)
  /** To whom a note goes; the survivor where nobody is named. */
  const [heirs, setHeirs] = useState<Readonly<Record<number, number>>>({})
  const isReady = plan !== undefined && isFetchedAfterMount

  const submit = () => {
    if (!isReady) return
    const handOver = plan.notes.flatMap(({ messageId }) => {
      const contactId = heirs[messageId]
      return contactId === undefined || contactId === plan.survivor.id ? [] : [{ messageId, contactId }]
    })
    setOutdated(false)
    undo
      .mutateAsync({ mergeId, fingerprint: plan.fingerprint, handOver })
      .then(({ contacts }) => {
        showMerged(new Map(contacts.map((contact) => [contact.id, contact])))
        toast(t`Merge undone`, { tone: 'ok' })
        onClose()
      })
      .catch((reason: unknown) => {
        const now = outdatedPlan(reason) as UndoPlan | null
        if (now === null) return
        queryClient.setQueryData(options.queryKey, now)
        setOutdated(true)
      })
  }
  const refusal = undo.error !== null && !isOutdated ? undo.error : error
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={<Trans>Undo the merge</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            size="lg"
            look="primary"
            isPending={undo.isPending}
            disabledReason={isReady ? undefined : t`Wait for what it brings back.`}
            onPress={submit}
          >
            <Trans>Undo merge</Trans>
          </Button>
        </>
      }
    >
      {refusal !== null && (
        <Banner tone="danger" live>
          {explainMerge(refusal, i18n)}
        </Banner>
      )}
      {isOutdated && (
        <Banner tone="warn" live>
          <Trans>Something changed while you were looking at it. This is what would happen now.</Trans>
        </Banner>
      )}
      {isReady ? (
        <Plan
          plan={plan}
          heirs={heirs}
          onHeir={(messageId, contactId) => setHeirs({ ...heirs, [messageId]: contactId })}
        />
      ) : (
        refusal === null && <Spinner />
      )}
    </Dialog>
  )
}

function Plan(props: {
  plan: UndoPlan
  heirs: Readonly<Record<number, number>>
  onHeir: (messageId: number, contactId: number) => void
}) {
  const { t, i18n } = useLingui()
  const { date, dateTime } = useFormats()
  const nameOfField = useFieldName()
  const { plan, heirs, onHeir } = props
  const nameless = t`Nameless contact`
  const survivor = plan.survivor.displayName ?? nameless
  const nameOf = (contactId: number) =>
    plan.returning.find((one) => one.contactId === contactId)?.displayName ??
    (contactId === plan.survivor.id ? survivor : nameless)
  return (
    <>
      <Part title={t`Comes back`}>
        {plan.returning.map((one) => (
          <Returning key={one.contactId} contact={one} />
        ))}
      </Part>
      <Part title={t`${survivor} gets back`}>
        {plan.goesBack.map(({ field, from, to }) => (
          <li key={field}>
            <Field name={nameOfField(field)}>
              <Value field={field} value={from} /> → <Value field={field} value={to} />
            </Field>
          </li>
        ))}
      </Part>
      <Part title={t`${survivor} can be written to again`}>
        {plan.optOutsGone.map((optOut) => (
          <li key={optOut.channelId ?? 0}>
            <OptOutName optOut={optOut} />
          </li>
        ))}
      </Part>
      <Part title={t`Stays with ${survivor}`}>
        {plan.stays.map(({ field, value, by, at }) => (
          <li key={field}>
            <Field name={nameOfField(field)}>
              <Value field={field} value={value} />
              <span className={css.quiet}>{[by ?? t`Somebody`, ...(at === null ? [] : [date(at)])].join(' · ')}</span>
            </Field>
          </li>
        ))}
      </Part>
      <Part title={t`Internal notes written meanwhile`}>
        {plan.notes.map(({ messageId, text, by, at }) => (
          <li key={messageId} className={css.note}>
            <div>
              <p className={css.text}>{text}</p>
              <p className={css.quiet}>{[...(by === null ? [] : [by]), dateTime(at)].join(' · ')}</p>
            </div>
            <Select
              aria-label={t`Who keeps this note`}
              value={heirs[messageId] ?? plan.survivor.id}
              onChange={(contactId) => onHeir(messageId, contactId)}
              choices={[
                { id: plan.survivor.id, name: survivor },
                ...plan.returning.map(({ contactId, displayName }) => ({
                  id: contactId,
                  name: displayName ?? nameless,
                })),
              ]}
              className={css.heir ?? ''}
            />
          </li>
        ))}
      </Part>
      <Part title={t`Channels that stay off`}>
        {plan.channelsRemoved.map(({ contactId, kind, address }) => (
          <li key={`${contactId}-${kind}-${address}`}>
            <Field name={channelName(kind, i18n)}>
              <bdi>{address}</bdi> <span className={css.quiet}>{nameOf(contactId)}</span>
            </Field>
          </li>
        ))}
      </Part>
      <Part title={t`Tags that stay off`}>
        {plan.tagsRemoved.map((name) => (
          <li key={name}>
            <bdi>{name}</bdi>
          </li>
        ))}
      </Part>
      <Part title={t`No messages any more, for each of them`}>
        {plan.staysOptedOut.map((optOut) => (
          <li key={optOut.channelId ?? 0}>
            <OptOutName optOut={optOut} />
          </li>
        ))}
      </Part>
      <Part title={t`Workflows that stay stopped`}>
        {plan.runsStopped.map(({ contactId, workflowId, name }) => (
          <li key={`${workflowId}-${contactId}`}>
            <bdi>{name}</bdi> <span className={css.quiet}>{nameOf(contactId)}</span>
          </li>
        ))}
      </Part>
      {plan.staysBlocked && (
        <Banner tone="warn">
          <Trans>The contact is blocked. Each of them stays blocked.</Trans>
        </Banner>
      )}
    </>
  )
}

function Returning({ contact }: { contact: UndoPlan['returning'][number] }) {
  const { t } = useLingui()
  const { contactId, displayName, channels, messages, messagesSince, opensConversation, optOuts } = contact
  return (
    <li className={css.contact}>
      <Avatar id={contactId} name={displayName} size={36} />
      <div>
        <p className={css.name}>
          <bdi>{displayName ?? t`Nameless contact`}</bdi> <span className={css.quiet}>ID {contactId}</span>
        </p>
        <p className={css.quiet}>
          <Plural value={channels} one="# channel" other="# channels" /> ·{' '}
          <Plural value={messages} one="# message" other="# messages" />
          {messagesSince > 0 && (
            <>
              {' · '}
              <Trans>{messagesSince} since the merge</Trans>
            </>
          )}
        </p>
        {opensConversation && (
          <p className={css.quiet}>
            <Trans>Its conversation opens again.</Trans>
          </p>
        )}
        {optOuts.length > 0 && (
          <p className={css.quiet}>
            <Trans>Wants no messages</Trans>:{' '}
            {optOuts.map((optOut, at) => (
              <span key={optOut.channelId ?? 0}>
                {at > 0 && ' · '}
                <OptOutName optOut={optOut} />
              </span>
            ))}
          </p>
        )}
      </div>
    </li>
  )
}

/** A titled list; nothing where it is empty. */
function Part({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <section className={css.part}>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </section>
  )
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className={css.field}>
      <span className={css.label}>{name}</span>
      <span className={css.value}>{children}</span>
    </p>
  )
}

function Value({ field, value }: { field: MergeField; value: string | null }) {
  const { t } = useLingui()
  return <span className={css.one}>{value === null ? t`No value` : <FieldValue field={field} value={value} />}</span>
}
