import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { fieldProblems } from '../api/explain.ts'
import FindContactDialog from '../app/find-contact-dialog.tsx'
import { problemWords } from '../contacts/shared.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Refusal } from './refusal.tsx'

/** Whom to write to: somebody known, or a number or mailbox that nobody had yet. */
export default function NewConversation(props: { onPick: (contactId: number) => void; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { onPick, onClose } = props
  const start = useMutation(api.conversations.start.mutationOptions())
  const begin = (to: string) =>
    void start
      .mutateAsync({ to })
      .then(({ contactId }) => {
        onClose()
        onPick(contactId)
      })
      .catch(() => undefined)
  const [problem] = fieldProblems(start.error)
  const fix = problem?.fix
  const asked = start.variables?.to ?? ''
  const words =
    start.error === null ? null : problem === undefined ? (
      <Refusal error={start.error} />
    ) : (
      problemWords({ ...problem, path: asked.includes('@') ? 'values.email' : 'values.phone' }, i18n)
    )
  return (
    <FindContactDialog
      title={<Trans>New conversation</Trans>}
      onPick={onPick}
      onClose={onClose}
      offer={(query) => (leadsSomewhere(query) ? { words: t`Write to ${query}`, run: () => begin(query) } : null)}
      note={
        words !== null && (
          <Banner tone="danger" live>
            {words}{' '}
            {fix !== undefined && (
              <Button size="sm" onPress={() => begin(fix)}>
                <bdi>{fix}</bdi>
              </Button>
            )}
          </Banner>
        )
      }
    />
  )
}

/** Looks like a phone or an e-mail address; whether it is one the server says. */
function leadsSomewhere(query: string): boolean {
  return /^\S+@\S+$/.test(query) || (/^[+\d][\d\s().\-/]*$/.test(query) && query.replace(/\D/g, '').length >= 6)
}
