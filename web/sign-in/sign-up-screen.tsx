import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import { api } from '../api/client.ts'
import { explain, fieldProblems, reasonOf } from '../api/explain.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { countryCodes, CountryField } from '../ui/country-field.tsx'
import { TextField } from '../ui/text-field.tsx'
import { TimeZoneField } from '../ui/time-zone-field.tsx'
import css from './form.module.css'
import { guessPlace } from './guess-place.ts'
import { SignInFrame } from './sign-in-frame.tsx'

/** The very first run: an account for whoever set up Ficha, and their workspace. */
export default function SignUpScreen() {
  const { t, i18n } = useLingui()
  const state = useQuery(api.account.state.queryOptions({ staleTime: 0 }))
  const [place] = useState(() => guessPlace(countryCodes))
  const [form, setForm] = useState({ name: '', email: '', password: '', workspaceName: '' })
  const [defaultCountry, setCountry] = useState(place.country)
  const [timeZone, setTimeZone] = useState(place.timeZone)
  const signUp = useMutation(api.account.signUpFirst.mutationOptions({ onSuccess: () => location.assign('/') }))
  const set = (field: keyof typeof form) => (value: string) => setForm({ ...form, [field]: value })
  if (state.data && !state.data.firstRun) return <Navigate to="/sign-in" replace />

  const wrong = new Map(fieldProblems(signUp.error).map((problem) => [problem.path, problem]))
  const general = signUp.error && wrong.size === 0 ? explain(signUp.error, i18n) : null
  return (
    <SignInFrame
      title={t`Welcome to Ficha`}
      lead={<Trans>Make your account and name your team's workspace. You invite the others afterwards.</Trans>}
    >
      <Form
        className={css.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault()
          const language = i18n.locale === 'es' ? 'es' : 'en'
          if (!signUp.isPending) signUp.mutate({ ...form, defaultCountry, timeZone, language })
        }}
      >
        {general && (
          <Banner tone="danger" live>
            {reasonOf(signUp.error) === 'not-first-run' ? t`Somebody else was first: sign in instead.` : general}
          </Banner>
        )}
        <TextField
          label={t`Your name`}
          name="name"
          autoComplete="name"
          size="lg"
          autoFocus
          isRequired
          maxLength={80}
          value={form.name}
          onChange={set('name')}
        />
        <TextField
          label={t`Email`}
          type="email"
          name="email"
          autoComplete="username"
          size="lg"
          isRequired
          value={form.email}
          onChange={set('email')}
          error={wrong.has('email') && t`Write a plain email address, like ana@example.com.`}
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
          value={form.password}
          onChange={set('password')}
          error={wrong.has('password') && t`Use between 10 and 128 characters.`}
        />
        <TextField
          label={t`Workspace`}
          hint={t`What your team or company is called.`}
          name="organization"
          autoComplete="organization"
          size="lg"
          isRequired
          maxLength={80}
          value={form.workspaceName}
          onChange={set('workspaceName')}
        />
        <div className={css.pair}>
          <CountryField
            label={t`Country`}
            hint={t`For phone numbers written without a country code.`}
            size="lg"
            value={defaultCountry}
            onChange={setCountry}
          />
          <TimeZoneField label={t`Time zone`} size="lg" value={timeZone} onChange={setTimeZone} />
        </div>
        <Button type="submit" look="primary" size="lg" wide isPending={signUp.isPending || signUp.isSuccess}>
          {t`Start`}
        </Button>
      </Form>
    </SignInFrame>
  )
}
