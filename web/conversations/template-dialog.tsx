import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import type { MessageTemplate } from '#contract/channels.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { ComboBox } from '../ui/combo-box.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty } from '../ui/empty.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { fillTemplate } from './fill-template.ts'
import { Refusal } from './refusal.tsx'
import css from './template-dialog.module.css'

const keyOf = (template: MessageTemplate) => `${template.name} ${template.language}`

/** Chooses a template, fills in its values, shows what will be sent, sends it. */
export default function TemplateDialog(props: { contactId: number; channelId: number; onClose: () => void }) {
  const { contactId, channelId, onClose } = props
  const { t } = useLingui()
  const { language } = useFormats()
  const templates = useQuery(api.channels.templates.queryOptions({ input: { channelId } }))
  const items = templates.data?.items ?? []
  const [key, setKey] = useState<string | null>(null)
  const [values, setValues] = useState<Record<string, string>>({})
  const template = items.find((one) => keyOf(one) === key) ?? null
  const send = useMutation(
    api.conversations.send.mutationOptions({
      onSuccess: () => {
        onClose()
        return queryClient.invalidateQueries({ queryKey: api.conversations.thread.key({ input: { contactId } }) })
      },
    }),
  )
  const missing = template?.variables.some((name) => !values[name]?.trim()) ?? false
  const reason = !template ? t`Choose a template first.` : missing ? t`Fill in every value of the template.` : undefined
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={<Trans>Send a template</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look="primary"
            isPending={send.isPending}
            disabledReason={reason}
            onPress={() =>
              template &&
              send.mutate({
                contactId,
                channelId,
                body: { type: 'template', name: template.name, language: template.language, variables: values },
              })
            }
          >{t`Send`}</Button>
        </>
      }
    >
      {templates.error ? (
        <ErrorState
          error={templates.error}
          title={t`The templates couldn't be loaded`}
          onRetry={() => void templates.refetch()}
        />
      ) : !templates.data ? (
        <Spinner />
      ) : items.length === 0 ? (
        <Empty icon={FileText} title={t`No approved templates`}>
          <Trans>Templates are made and approved in WhatsApp Manager. They appear here by themselves.</Trans>
        </Empty>
      ) : (
        <ComboBox
          label={t`Template`}
          opensOnFocus
          autoFocus
          value={key}
          onChange={(chosen) => {
            setKey(chosen)
            setValues({})
          }}
          choices={items.map((one) => ({
            id: keyOf(one),
            name: `${one.name.replaceAll('_', ' ')} (${language(one.language.replace('_', '-'))})`,
            note: one.body.slice(0, 90),
          }))}
        />
      )}
      {template?.variables.map((name) => (
        <TextField
          key={name}
          label={/^\d+$/.test(name) ? t`Value ${name}` : name}
          value={values[name] ?? ''}
          maxLength={1024}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
      ))}
      {template && (
        <figure className={css.preview} aria-label={t`Preview`}>
          {template.header && <p className={css.header}>{fillTemplate(template.header, values)}</p>}
          <p dir="auto">{fillTemplate(template.body, values)}</p>
          {template.footer && <p className={css.footer}>{template.footer}</p>}
        </figure>
      )}
      {send.error && (
        <Banner tone="danger" live>
          <Refusal error={send.error} />
        </Banner>
      )}
    </Dialog>
  )
}
