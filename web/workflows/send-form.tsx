import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { useFormats } from '../i18n/formats.ts'
import { ComboBox } from '../ui/combo-box.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { ChannelField } from './channel-field.tsx'
import { problemAt } from './place-problems.ts'
import { useProblemWords } from './problem-words.ts'
import type { StepFormProps } from './step-form.tsx'
import { TemplateField } from './template-field.tsx'
import { useGivenChoices } from './use-choices.ts'
import css from './workflow.module.css'

/** What is sent: a text, or one of the channel's templates with its values. */
export function SendForm({ step, problems, onChange }: StepFormProps<'send'>) {
  const { t } = useLingui()
  const words = useProblemWords()
  const { channels } = useGivenChoices()
  const { body, channelId } = step
  const kind = channels.find(({ id }) => id === channelId)?.kind
  return (
    <div className={css.form}>
      <ChannelField
        channelId={channelId}
        onChange={(id) => onChange({ ...step, channelId: id })}
        error={words(problemAt(problems, 'channelId'))}
      />
      <Segmented
        label={t`What is sent`}
        value={body.type}
        onChange={(type) =>
          onChange({
            ...step,
            body: type === 'text' ? { type, text: '', subject: null } : { type, name: '', language: '', variables: {} },
          })
        }
        choices={[
          { id: 'text', name: t`Text` },
          { id: 'template', name: t`WhatsApp template` },
        ]}
      />
      {body.type === 'text' ? (
        <>
          {(kind === 'email' || channelId === null) && (
            <TemplateField
              label={t`Subject, for emails`}
              hint={t`Left empty, it answers under the subject of the thread.`}
              rows={1}
              maxLength={500}
              value={body.subject ?? ''}
              onChange={(subject) => onChange({ ...step, body: { ...body, subject: subject === '' ? null : subject } })}
              error={words(problemAt(problems, 'body.subject'))}
            />
          )}
          <TemplateField
            label={t`Text`}
            rows={4}
            maxLength={10_000}
            value={body.text}
            onChange={(text) => onChange({ ...step, body: { ...body, text } })}
            error={words(problemAt(problems, 'body.text'))}
          />
        </>
      ) : (
        <TemplateBody step={step} problems={problems} onChange={onChange} />
      )}
      <p className={css.hint}>
        <Trans>
          Nothing is sent to who wants no messages there, or where the channel doesn't allow it; the workflow goes on.
        </Trans>
      </p>
    </div>
  )
}

function TemplateBody({ step, problems, onChange }: StepFormProps<'send'>) {
  const { t } = useLingui()
  const { language } = useFormats()
  const words = useProblemWords()
  const { body, channelId } = step
  const templates = useQuery({
    ...api.channels.templates.queryOptions({ input: { channelId: channelId ?? 0 } }),
    enabled: channelId !== null,
  })
  if (body.type !== 'template') return null
  const items = templates.data?.items ?? []
  const key = ({ name, language: code }: { name: string; language: string }) => `${name} ${code}`
  const chosen = items.find((one) => key(one) === key(body))
  const variables = chosen?.variables ?? Object.keys(body.variables)
  return (
    <>
      <ComboBox
        label={t`Template`}
        opensOnFocus
        value={body.name === '' ? null : key(body)}
        nothingFound={channelId === null ? t`Choose the channel first` : t`This channel has no templates`}
        onChange={(picked) => {
          const one = items.find((each) => key(each) === picked)
          if (one === undefined) return
          const values = Object.fromEntries(one.variables.map((name) => [name, body.variables[name] ?? '']))
          onChange({ ...step, body: { ...body, name: one.name, language: one.language, variables: values } })
        }}
        choices={items.map((one) => ({
          id: key(one),
          name: `${one.name.replaceAll('_', ' ')} (${language(one.language.replace('_', '-'))})`,
          note: one.body.slice(0, 90),
        }))}
        error={words(problemAt(problems, 'body.name'))}
      />
      {chosen !== undefined && <p className={css.said}>{chosen.body}</p>}
      {variables.map((name) => (
        <TemplateField
          key={name}
          label={/^\d+$/.test(name) ? t`Value ${name}` : name}
          rows={1}
          maxLength={1024}
          value={body.variables[name] ?? ''}
          onChange={(value) =>
            onChange({ ...step, body: { ...body, variables: { ...body.variables, [name]: value } } })
          }
          error={words(problemAt(problems, `body.variables.${name}`))}
        />
      ))}
    </>
  )
}
