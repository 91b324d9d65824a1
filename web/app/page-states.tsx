import { Trans, useLingui } from '@lingui/react/macro'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { CircleAlert, RotateCcw, SearchX } from 'lucide-react'
import { codeOf, explain, referenceOf } from '../api/explain.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Spinner } from '../ui/spinner.tsx'
import css from './page-states.module.css'

/** Shown while a page is on its way; itself appears only when that takes long. */
export function PagePending() {
  return (
    <div className={css.page}>
      <Spinner big />
    </div>
  )
}

/** A page that could not be shown: what failed, and a way to try again. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  if (codeOf(error) === 'NOT_FOUND') return <NotFoundPage />
  return (
    <main className={css.page}>
      <ErrorState error={error} onRetry={retry} />
    </main>
  )
}

/** The words for something that failed, scoped to whatever pane it is put in. `title` says what could not be loaded. */
export function ErrorState(props: { error: unknown; title?: string; onRetry: () => void }) {
  const { t, i18n } = useLingui()
  return (
    <Empty
      icon={CircleAlert}
      level={2}
      title={props.title ?? t`This page couldn't be shown`}
      reference={referenceOf(props.error)}
      action={
        <Button icon={RotateCcw} onPress={props.onRetry}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      {isOurs(props.error) ? explain(props.error, i18n) : t`Something went wrong here. What you saved is safe.`}
    </Empty>
  )
}

/** An address that leads nowhere, or to what this person may not see. */
export function NotFoundPage() {
  const { t } = useLingui()
  return (
    <main className={css.page}>
      <Empty
        icon={SearchX}
        level={1}
        title={t`There is nothing here`}
        action={
          <a href="/" className={buttonClass()}>
            <Trans>Go to the start</Trans>
          </a>
        }
      >
        <Trans>The address may be mistyped, or you may not have access to it.</Trans>
      </Empty>
    </main>
  )
}

/** An answer of the server or a lost connection, as opposed to a mistake in the page itself. */
const isOurs = (error: unknown) =>
  codeOf(error) !== null || (error instanceof TypeError && /fetch|network|load/i.test(error.message))
