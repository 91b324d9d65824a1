import { useLingui } from '@lingui/react/macro'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './channels.module.css'
import type { ServerDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'

/** Where one mail server stands and how the line to it is kept secret. */
export function ServerFields(props: {
  title: string
  path: 'smtp' | 'imap'
  server: ServerDraft
  errors: FieldErrors
  onChange: (server: Pick<ServerDraft, 'host' | 'port' | 'security'>) => void
}) {
  const { t } = useLingui()
  const { title, path, server, errors, onChange } = props
  const { host, port, security } = server
  const set = (change: Partial<ServerDraft>) => onChange({ host, port, security, ...change })
  return (
    <fieldset className={css.group}>
      <legend>{title}</legend>
      <TextField
        label={t`Server`}
        name={`${path}.host`}
        autoComplete="off"
        placeholder="mail.example.com"
        value={host}
        onChange={(value) => set({ host: value.trim() })}
        error={errors.get(`${path}.host`)}
        className={css.wide ?? ''}
      />
      <TextField
        label={t`Port`}
        name={`${path}.port`}
        autoComplete="off"
        inputMode="numeric"
        maxLength={5}
        value={port}
        onChange={(value) => set({ port: value.trim() })}
        error={errors.get(`${path}.port`)}
      />
      <Select
        label={t`Encryption`}
        choices={[
          { id: 'tls' as const, name: 'TLS' },
          { id: 'starttls' as const, name: 'STARTTLS' },
          { id: 'none' as const, name: t`None` },
        ]}
        value={security}
        onChange={(value) => set({ security: value })}
        error={errors.get(`${path}.security`)}
      />
    </fieldset>
  )
}
