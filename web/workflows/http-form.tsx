import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { FlaskConical, Plus, X } from 'lucide-react'
import { lazy, useState } from 'react'
import type { Step } from '#contract/workflows.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { NumberField } from './number-field.tsx'
import { problemAt, type PartProblems } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import type { StepFormProps } from './step-form.tsx'
import { TemplateField } from './template-field.tsx'
import css from './workflow.module.css'

const FindContactDialog = lazy(() => import('../app/find-contact-dialog.tsx'))

type Http = Extract<Step, { kind: 'http' }>
type Header = Http['headers'][number]
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** A request to another program, and what of its answer is kept. */
export function HttpForm(props: StepFormProps<'http'> & { workflowId: number; settle: () => Promise<boolean> }) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { step, problems, onChange } = props
  const at = (path: string) => words(problemAt(problems, path))
  return (
    <div className={css.form}>
      <div className={css.request}>
        <Select
          label={t`Method`}
          value={step.method}
          onChange={(method) => onChange({ ...step, method, body: method === 'GET' ? null : step.body })}
          choices={methods.map((id) => ({ id, name: id }))}
        />
        <TemplateField
          label={t`Address`}
          rows={1}
          maxLength={2000}
          value={step.url}
          onChange={(url) => onChange({ ...step, url })}
          error={at('url')}
          isMono
        />
      </div>
      <Headers headers={step.headers} problems={problems} onChange={(headers) => onChange({ ...step, headers })} />
      {step.method !== 'GET' && (
        <TemplateField
          label={t`Body, as JSON`}
          hint={t`What is inserted stands inside quotes.`}
          placeholder={'{ "name": "{{contact.name}}" }'}
          rows={4}
          maxLength={20_000}
          value={step.body ?? ''}
          onChange={(body) => onChange({ ...step, body: body === '' ? null : body })}
          error={at('body')}
          isMono
        />
      )}
      <Saved step={step} problems={problems} onChange={onChange} />
      <NumberField
        label={t`Wait for the answer, in seconds`}
        value={step.timeoutSeconds}
        min={1}
        max={30}
        onChange={(timeoutSeconds) => onChange({ ...step, timeoutSeconds })}
      />
      <Test {...props} />
    </div>
  )
}

function Headers(props: { headers: readonly Header[]; problems: PartProblems; onChange: (headers: Header[]) => void }) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { headers, problems, onChange } = props
  return (
    <div role="group" aria-label={t`Headers`} className={css.part}>
      <p className={css.label}>{t`Headers`}</p>
      {headers.map((header, at) => {
        const number = at + 1
        const change = (part: Partial<Header>) => onChange(headers.toSpliced(at, 1, { ...header, ...part }))
        return (
          // oxlint-disable-next-line react/no-array-index-key -- headers have no other name than their place
          <div key={at} className={css.header}>
            <TextField
              aria-label={t`Name of header ${number}`}
              placeholder="Authorization"
              maxLength={100}
              value={header.name}
              onChange={(name) => change({ name })}
              error={words(problemAt(problems, `headers.${at}.name`))}
            />
            <TextField
              aria-label={t`Value of header ${number}`}
              type={header.secret ? 'password' : 'text'}
              autoComplete="off"
              placeholder={header.secret && header.value === null ? t`Kept; type a new one to change it` : ''}
              maxLength={4000}
              value={header.value ?? ''}
              onChange={(value) => change({ value: value === '' && header.secret ? null : value })}
              error={words(problemAt(problems, `headers.${at}.value`))}
            />
            <Checkbox
              isSelected={header.secret}
              onChange={(secret) => change({ secret, value: secret ? header.value : (header.value ?? '') })}
            >{t`Secret`}</Checkbox>
            <IconButton
              size="sm"
              icon={X}
              label={t`Remove header ${number}`}
              onPress={() => onChange(headers.toSpliced(at, 1))}
            />
          </div>
        )
      })}
      {headers.length < 20 && (
        <Button
          size="sm"
          look="ghost"
          icon={Plus}
          onPress={() => onChange([...headers, { name: '', value: '', secret: false }])}
        >{t`Add a header`}</Button>
      )}
    </div>
  )
}

function Saved({ step, problems, onChange }: StepFormProps<'http'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { save } = step
  const write = (next: Http['save']) => onChange({ ...step, save: next })
  return (
    <div role="group" aria-label={t`Keep of the answer`} className={css.part}>
      <p className={css.label}>{t`Keep of the answer`}</p>
      {save.map((one, at) => {
        const number = at + 1
        const change = (part: Partial<typeof one>) => write(save.toSpliced(at, 1, { ...one, ...part }))
        return (
          // oxlint-disable-next-line react/no-array-index-key -- they have no other name than their place
          <div key={at} className={css.test}>
            <TextField
              aria-label={t`Where in the answer, ${number}`}
              placeholder="order.items.0.name"
              maxLength={200}
              value={one.path}
              onChange={(path) => change({ path })}
              error={words(problemAt(problems, `save.${at}.path`))}
            />
            <TextField
              aria-label={t`Called, ${number}`}
              placeholder={t`Name`}
              maxLength={40}
              value={one.as}
              onChange={(as) => change({ as })}
              error={words(problemAt(problems, `save.${at}.as`))}
            />
            <IconButton
              size="sm"
              icon={X}
              label={t`Keep value ${number} no more`}
              onPress={() => write(save.toSpliced(at, 1))}
            />
          </div>
        )
      })}
      {save.length < 20 && (
        <Button size="sm" look="ghost" icon={Plus} onPress={() => write([...save, { path: '', as: '' }])}>
          <Trans>Keep a value</Trans>
        </Button>
      )}
    </div>
  )
}

/** Really makes the request, and shows what it was answered with. */
function Test(props: StepFormProps<'http'> & { workflowId: number; settle: () => Promise<boolean> }) {
  const { t, i18n } = useLingui()
  const { workflowId, step, settle } = props
  const [isAsking, setAsking] = useState(false)
  const test = useMutation({
    mutationFn: async (contactId: number | null) => {
      await settle()
      return client.workflows.testRequest({ workflowId, stepId: step.id, contactId })
    },
  })
  const isFilled = /\{\{\s*(contact|assignee)\./.test(JSON.stringify([step.url, step.body, step.headers]))
  const failures: Record<string, string> = {
    'secret-needed': t`A secret of the request is missing.`,
    refused: t`This address is not one of the open internet.`,
    unreachable: t`Nobody answers at this address.`,
    unanswered: t`It took too long.`,
    'too-large': t`The answer is too large.`,
    encoded: t`The answer cannot be read.`,
  }
  const { data } = test
  const values = Object.entries(data?.values ?? {})
  return (
    <div className={css.part}>
      <Button
        size="sm"
        icon={FlaskConical}
        isPending={test.isPending}
        onPress={() => (isFilled ? setAsking(true) : test.mutate(null))}
      >
        {isFilled ? t`Try it now…` : t`Try it now`}
      </Button>
      {isAsking && (
        <LazyDialog onClose={() => setAsking(false)}>
          <FindContactDialog
            title={t`Try it with which contact?`}
            onPick={(contactId) => test.mutate(contactId)}
            offer={() => ({
              words: t`With none: what is inserted stays empty`,
              run: () => {
                setAsking(false)
                test.mutate(null)
              },
            })}
            onClose={() => setAsking(false)}
          />
        </LazyDialog>
      )}
      {test.error !== null && (
        <Banner tone="danger" live>
          {explain(test.error, i18n)}
        </Banner>
      )}
      {data !== undefined && (
        <Banner tone={data.failure === null && (data.status ?? 0) < 400 ? 'ok' : 'danger'} live>
          <p>
            {data.failure === null ? (
              <Trans>
                Answered {data.status} after {data.ms} ms
              </Trans>
            ) : (
              (failures[data.failure] ?? data.failure)
            )}
          </p>
          {values.map(([name, value]) => (
            <p key={name}>
              <code>{name}</code> = <bdi>{value}</bdi>
            </p>
          ))}
          {data.body !== '' && <pre className={css.answer}>{data.body}</pre>}
        </Banner>
      )}
    </div>
  )
}
