import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useMe } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast-store.ts'
import css from './settings.module.css'

/** The name others see, in all workspaces; the address one signs in with. */
export function NameSection() {
  const { t, i18n } = useLingui()
  const me = useMe()
  const [name, setName] = useState(me.name)
  const isChanged = name.trim() !== me.name
  const save = useMutation(
    api.members.updateProfile.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.workspaces.get.key() })
        void queryClient.invalidateQueries({ queryKey: api.members.key() })
        toast(t`Name saved`, { tone: 'ok' })
      },
    }),
  )
  return (
    <Form
      className={css.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged && !save.isPending) save.mutate({ name })
      }}
    >
      <TextField
        label={t`Your name`}
        hint={t`Your team sees it beside what you do, in all your workspaces.`}
        name="name"
        autoComplete="name"
        isRequired
        maxLength={80}
        value={name}
        onChange={setName}
        error={save.error && explain(save.error, i18n)}
      />
      <TextField label={t`Email`} type="email" name="email" autoComplete="username" isReadOnly value={me.email} />
      <div className={css.actions}>
        <Button
          type="submit"
          isPending={save.isPending}
          disabledReason={isChanged ? undefined : t`Nothing has changed.`}
        >
          {t`Save the name`}
        </Button>
      </div>
    </Form>
  )
}
