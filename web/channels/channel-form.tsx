import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { PlugZap } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Form } from 'react-aria-components'
import type { ChannelSettings } from '#contract/channels.ts'
import { api } from '../api/client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './channels.module.css'
import { CheckSteps } from './check-steps.tsx'
import { CustomFields } from './custom-fields.tsx'
import { lackingIn, settingsOf, type ChannelDraft } from './draft.ts'
import { EmailFields } from './email-fields.tsx'
import { explainFields, explainRefusal, type FieldErrors } from './field-words.ts'
import { MessengerFields } from './messenger-fields.tsx'
import { TelegramFields } from './telegram-fields.tsx'
import { TwilioFields } from './twilio-fields.tsx'
import { WebchatFields } from './webchat-fields.tsx'
import { WhatsappFields } from './whatsapp-fields.tsx'

interface Form {
  name: string
  draft: ChannelDraft
}

/** Name and settings of a channel, with a test that really tries them. An edit begins at `start` again once it is saved. */
export function ChannelForm(props: {
  /** Null for a channel that is not connected yet. */
  channelId: number | null
  start: Form
  submit: string
  save: (input: { name: string; settings: ChannelSettings }) => Promise<void>
}) {
  const { t, i18n } = useLingui()
  const { channelId, start, submit } = props
  const [edited, setEdited] = useState<Form | null>(null)
  const [lacking, setLacking] = useState<readonly string[]>([])
  const form = useRef<HTMLFormElement>(null)
  const { name, draft } = edited ?? start
  const check = useMutation(api.channels.check.mutationOptions())
  const save = useMutation({ mutationFn: props.save, onSuccess: () => setEdited(null) })
  const forget = () => {
    check.reset()
    save.reset()
    setLacking([])
  }
  const set = (change: Partial<Form>) => {
    forget()
    setEdited({ name, draft, ...change })
  }
  // what the last of the two was refused for
  const error = save.error ?? check.error
  const errors = explainFields(error, lacking, i18n)
  const refusal = explainRefusal(error, errors, i18n)
  useEffect(() => {
    // the first field that is wrong may be far above the button
    if (error !== null || lacking.length > 0)
      form.current?.querySelector<HTMLElement>(':is(input, textarea)[aria-invalid="true"]')?.focus()
  }, [error, lacking])
  const attempt = (act: (settings: ChannelSettings) => void) => {
    forget()
    const empty = [...(name.trim() === '' ? ['name'] : []), ...lackingIn(draft, channelId === null)]
    if (empty.length > 0) setLacking(empty)
    else act(settingsOf(draft))
  }
  const isUnchanged = channelId !== null && edited === null
  return (
    <Form
      ref={form}
      className={css.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isUnchanged && !save.isPending) attempt((settings) => save.mutate({ name, settings }))
      }}
    >
      <TextField
        label={t`Name`}
        hint={t`Your team sees it; customers do not.`}
        name="channel"
        autoComplete="off"
        maxLength={60}
        value={name}
        onChange={(value) => set({ name: value })}
        error={errors.get('name')}
      />
      <KindFields draft={draft} isNew={channelId === null} errors={errors} onChange={(next) => set({ draft: next })} />
      {refusal && (
        <Banner tone="danger" live>
          {refusal}
        </Banner>
      )}
      <div className={css.actions}>
        <Button
          type="submit"
          look="primary"
          isPending={save.isPending}
          disabledReason={isUnchanged ? t`Nothing has changed.` : undefined}
        >
          {submit}
        </Button>
        <Button
          icon={PlugZap}
          isPending={check.isPending}
          onPress={() => attempt((settings) => check.mutate({ channelId, settings }))}
        >
          {t`Test this`}
        </Button>
      </div>
      <CheckSteps isPending={check.isPending} result={check.data} />
    </Form>
  )
}

function KindFields(props: {
  draft: ChannelDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (draft: ChannelDraft) => void
}) {
  const { draft, ...rest } = props
  if (draft.kind === 'whatsapp') return <WhatsappFields {...rest} draft={draft} />
  if (draft.kind === 'telegram') return <TelegramFields {...rest} draft={draft} />
  if (draft.kind === 'webchat') return <WebchatFields {...rest} draft={draft} />
  if (draft.kind === 'sms')
    return <TwilioFields {...rest} draft={draft} onChange={(change) => rest.onChange({ ...draft, ...change })} />
  if (draft.kind === 'messenger' || draft.kind === 'instagram') return <MessengerFields {...rest} draft={draft} />
  if (draft.kind === 'email') return <EmailFields {...rest} draft={draft} />
  return <CustomFields {...rest} draft={draft} />
}
