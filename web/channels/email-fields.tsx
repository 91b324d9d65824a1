import { Trans, useLingui } from '@lingui/react/macro'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { RadioGroup } from '../ui/radio-group.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './channels.module.css'
import { withAddress, withProvider, type EmailDraft } from './draft.ts'
import type { FieldErrors } from './field-words.ts'
import { knownProviders } from './mail-providers.ts'
import { useProviderNote } from './provider-notes.ts'
import { ServerFields } from './server-fields.tsx'
import { SignInFields } from './sign-in-fields.tsx'

/** A mailbox: its address, whose servers it is on, and how to sign in there. */
export function EmailFields(props: {
  draft: EmailDraft
  isNew: boolean
  errors: FieldErrors
  onChange: (draft: EmailDraft) => void
}) {
  const { t } = useLingui()
  const { draft, isNew, errors, onChange } = props
  const { smtp, imap, fetches, sharesSignIn } = draft
  const note = useProviderNote(draft.provider)
  const isServerWrong = [...errors.keys()].some((path) => /\.(host|port|security|folder)$/.test(path))
  const isOpen = draft.provider === 'own' || isServerWrong
  return (
    <>
      <TextField
        label={t`Address`}
        hint={t`What customers write to, and where answers come from.`}
        name="address"
        type="email"
        autoComplete="off"
        value={draft.address}
        onChange={(address) => onChange(withAddress(draft, address))}
        error={errors.get('address')}
      />
      <TextField
        label={t`Sender's name`}
        hint={t`Customers see it beside the address.`}
        name="displayName"
        autoComplete="off"
        maxLength={100}
        value={draft.displayName}
        onChange={(displayName) => onChange({ ...draft, displayName })}
        error={errors.get('displayName')}
      />
      <Select
        label={t`Provider`}
        placeholder={t`Choose…`}
        choices={[...knownProviders, { id: 'own' as const, name: null }].map(({ id, name }) => ({
          id,
          name: name ?? t`Another, or a server of your own`,
        }))}
        value={draft.provider}
        onChange={(provider) => onChange(withProvider(draft, provider))}
        error={draft.provider === null && isServerWrong && t`Choose one, or write the servers below.`}
      />
      {note && <Banner>{note}</Banner>}
      {draft.provider !== null && !isOpen && (
        <p className={css.servers}>
          <code>
            {smtp.host}:{smtp.port}
            {fetches && ` · ${imap.host}:${imap.port}`}
          </code>
          <Button size="sm" onPress={() => onChange({ ...draft, provider: 'own' })}>
            {t`Change the servers`}
          </Button>
        </p>
      )}
      <RadioGroup
        label={t`New mail`}
        choices={[
          { value: 'imap', name: t`Is fetched from the mailbox`, note: t`By IMAP, within seconds.` },
          {
            value: 'listener',
            name: t`Is forwarded to Ficha`,
            note: t`Your mail server passes it on to Ficha's own listener.`,
          },
        ]}
        value={fetches ? 'imap' : 'listener'}
        onChange={(way) => onChange({ ...draft, fetches: way === 'imap' })}
      />
      {isOpen && (
        <ServerFields
          title={t`Server for sending (SMTP)`}
          path="smtp"
          server={smtp}
          errors={errors}
          onChange={(server) => onChange({ ...draft, smtp: { ...smtp, ...server } })}
        />
      )}
      <SignInFields
        path="smtp"
        sharedWith={fetches && sharesSignIn ? 'imap' : undefined}
        server={smtp}
        isKept={!isNew}
        errors={errors}
        onChange={(change) => onChange({ ...draft, smtp: { ...smtp, ...change } })}
      />
      {fetches && isOpen && (
        <>
          <ServerFields
            title={t`Server for receiving (IMAP)`}
            path="imap"
            server={imap}
            errors={errors}
            onChange={(server) => onChange({ ...draft, imap: { ...imap, ...server } })}
          />
          <TextField
            label={t`Folder`}
            name="imap.folder"
            autoComplete="off"
            value={imap.folder}
            onChange={(folder) => onChange({ ...draft, imap: { ...imap, folder } })}
            error={errors.get('imap.folder')}
          />
        </>
      )}
      {fetches && (isOpen || !sharesSignIn) && (
        <Checkbox isSelected={sharesSignIn} onChange={(shares) => onChange({ ...draft, sharesSignIn: shares })}>
          <Trans>The same user and password open the mailbox</Trans>
        </Checkbox>
      )}
      {fetches && !sharesSignIn && (
        <SignInFields
          path="imap"
          server={imap}
          isKept={!isNew}
          errors={errors}
          onChange={(change) => onChange({ ...draft, imap: { ...imap, ...change } })}
        />
      )}
    </>
  )
}
