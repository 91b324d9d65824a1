import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { Trigger } from '#contract/workflows.ts'
import { api, client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { useWorkflowWords } from '../runs/shared.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { ManyChoice } from '../ui/many-choice.tsx'
import { toastError } from '../ui/toast-store.ts'
import { ConditionsField } from './conditions-field.tsx'
import { problemAt, type PartProblems } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import { useGivenChoices } from './use-choices.ts'
import css from './workflow.module.css'

type Doer = Extract<Trigger, { by: unknown }>['by'][number]

/** What a trigger asks for: by whom, with what, of which contacts. */
export function TriggerForm(props: {
  trigger: Trigger
  problems: PartProblems
  workflowId: number
  hookUrl: string | null
  onChange: (trigger: Trigger) => void
}) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { trigger, problems, onChange } = props
  return (
    <div className={css.form}>
      <Asked {...props} />
      <ConditionsField
        label={t`Which contacts`}
        isOptional
        filter={trigger.filter}
        onChange={(filter) => onChange({ ...trigger, filter })}
        error={words(problemAt(problems, 'filter'))}
      />
    </div>
  )
}

function Asked(props: Parameters<typeof TriggerForm>[0]) {
  const { t } = useLingui()
  const words = useProblemWords()
  const choices = useGivenChoices()
  const { doers } = useWorkflowWords()
  const { trigger, problems, onChange } = props
  const byWhom = (by: readonly Doer[], change: (by: Doer[]) => void, offered: readonly Doer[]) => (
    <ManyChoice
      label={t`By whom`}
      placeholder={t`Anybody`}
      choices={offered.map((id) => ({ id, name: doers[id] }))}
      values={by}
      onChange={change}
    />
  )
  switch (trigger.kind) {
    case 'conversationOpened':
      return (
        <>
          {byWhom(trigger.by, (by) => onChange({ ...trigger, by }), ['contact', 'member', 'api', 'workflow'])}
          <ManyChoice
            label={t`By which channel`}
            placeholder={t`Any channel`}
            choices={choices.channels}
            values={trigger.channelIds}
            onChange={(channelIds) => onChange({ ...trigger, channelIds })}
            error={words(problemAt(problems, 'channelIds'))}
          />
        </>
      )
    case 'conversationClosed':
      return (
        <>
          {byWhom(trigger.by, (by) => onChange({ ...trigger, by }), ['member', 'api', 'workflow', 'system'])}
          <ManyChoice
            label={t`With which closing note`}
            placeholder={t`Any or none`}
            choices={choices.categories}
            values={trigger.categories}
            onChange={(categories) => onChange({ ...trigger, categories })}
          />
        </>
      )
    case 'tagAdded':
    case 'tagRemoved':
      return (
        <ManyChoice
          label={t`Which tags`}
          placeholder={t`Any tag`}
          choices={choices.tags}
          values={trigger.tagIds}
          onChange={(tagIds) => onChange({ ...trigger, tagIds })}
          error={words(problemAt(problems, 'tagIds'))}
        />
      )
    case 'fieldChanged':
      return (
        <ManyChoice
          label={t`Which fields`}
          choices={choices.fields}
          values={trigger.fields}
          onChange={(fields) => onChange({ ...trigger, fields })}
          error={words(problemAt(problems, 'fields'))}
        />
      )
    case 'lifecycleChanged':
      return (
        <ManyChoice
          label={t`To which stages`}
          placeholder={t`Any stage`}
          choices={choices.stages}
          values={trigger.stageIds}
          onChange={(stageIds) => onChange({ ...trigger, stageIds })}
          error={words(problemAt(problems, 'stageIds'))}
        />
      )
    case 'manual':
      return (
        <p className={css.hint}>
          <Trans>Everybody who sees a contact can start it from the contact's record.</Trans>
        </p>
      )
    case 'webhook':
      return (
        <>
          <Hook workflowId={props.workflowId} url={props.hookUrl} />
          <Checkbox
            isSelected={trigger.makesContact}
            onChange={(makesContact) => onChange({ ...trigger, makesContact })}
            note={t`Otherwise nobody enters then.`}
          >
            {t`Make a contact where nobody has that phone or email`}
          </Checkbox>
        </>
      )
  }
}

/** The address that other programs post to. */
function Hook({ workflowId, url }: { workflowId: number; url: string | null }) {
  const { t, i18n } = useLingui()
  const [isAsked, setAsked] = useState(false)
  const renew = useMutation({
    mutationFn: () => client.workflows.renewHook({ workflowId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.workflows.get.key({ input: { workflowId } }) }),
    onError: (error) => toastError(explain(error, i18n)),
    onSettled: () => setAsked(false),
  })
  const example = `curl -H 'content-type: application/json' -d '{"email": "ana@example.com", "values": {"order": "A-17"}}' ${url ?? ''}`
  return (
    <div className={css.part}>
      <p className={css.label}>{t`Address`}</p>
      {url === null ? (
        <p className={css.hint}>
          <Trans>It has one as soon as this draft is saved.</Trans>
        </p>
      ) : (
        <div className={css.hook}>
          <code>{url}</code>
          <CopyButton text={url} label={t`Copy the address`} />
          <Button size="sm" look="ghost" icon={RotateCcw} onPress={() => setAsked(true)}>
            <Trans>New address…</Trans>
          </Button>
        </div>
      )}
      <AlertDialog
        isOpen={isAsked}
        danger
        title={t`A new address`}
        confirm={t`Make a new address`}
        isPending={renew.isPending}
        onConfirm={() => renew.mutate()}
        onClose={() => setAsked(false)}
      >
        <Trans>Programs that call the old one are turned away at once.</Trans>
      </AlertDialog>
      <Banner>
        <Trans>
          Programs post JSON: <code>contactId</code>, <code>phone</code> or <code>email</code> say whom it is about,{' '}
          <code>values</code> can be used in texts and branches by their names. Whoever knows the address can let
          contacts enter.
        </Trans>
        {url !== null && (
          <div className={css.example}>
            <code>{example}</code>
            <CopyButton text={example} label={t`Copy the example`} />
          </div>
        )}
      </Banner>
    </div>
  )
}

/** A trigger of a kind as it begins. */
export function makeTrigger(kind: Trigger['kind']): Trigger {
  const filter = { and: [] }
  switch (kind) {
    case 'conversationOpened':
      return { kind, by: [], channelIds: [], filter }
    case 'conversationClosed':
      return { kind, by: [], categories: [], filter }
    case 'tagAdded':
    case 'tagRemoved':
      return { kind, tagIds: [], filter }
    case 'fieldChanged':
      return { kind, fields: [], filter }
    case 'lifecycleChanged':
      return { kind, stageIds: [], filter }
    case 'manual':
      return { kind, filter }
    case 'webhook':
      return { kind, makesContact: false, filter }
  }
}
