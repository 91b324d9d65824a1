import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { explain, fieldProblems, reasonOf } from '../api/explain.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'
import css from './form.module.css'

/** Name and password of somebody invited who has no account yet; the address is the invitation's. */
export function NewcomerForm(props: {
  email: string
  isPending: boolean
  error: unknown
  onSubmit: (person: { name: string; password: string }) => void
}) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const wrong = fieldProblems(props.error).map((problem) => problem.path)
  const general =
    reasonOf(props.error) === 'sign-in-first'
      ? t`This address has an account by now: load the page again to sign in.`
      : props.error && wrong.length === 0
        ? explain(props.error, i18n)
        : null
  return (
    <Form
      className={css.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault()
        if (!props.isPending) props.onSubmit({ name, password })
      }}
    >
      {general && (
        <Banner tone="danger" live>
          {general}
        </Banner>
      )}
      <TextField
        label={t`Email`}
        type="email"
        name="email"
        autoComplete="username"
        size="lg"
        isReadOnly
        value={props.email}
      />
      <TextField
        label={t`Your name`}
        hint={t`Your team sees it beside what you do.`}
        name="name"
        autoComplete="name"
        size="lg"
        autoFocus
        isRequired
        maxLength={80}
        value={name}
        onChange={setName}
      />
      <TextField
        label={t`Password`}
        hint={t`At least 10 characters. A few words in a row are easy to remember and hard to guess.`}
        type="password"
        name="new-password"
        autoComplete="new-password"
        size="lg"
        isRequired
        minLength={10}
        maxLength={128}
        value={password}
        onChange={setPassword}
        error={wrong.includes('password') && t`Use between 10 and 128 characters.`}
      />
      <Button type="submit" look="primary" size="lg" wide isPending={props.isPending}>
        {t`Join`}
      </Button>
    </Form>
  )
}
