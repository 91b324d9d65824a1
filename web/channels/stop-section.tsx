import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Channel } from '#contract/channels.ts'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { queryClient } from '../api/query-client.ts'
import { Button } from '../ui/button.tsx'
import { toastError } from '../ui/toast-store.ts'
import css from './channels.module.css'
import { RemoveDialog } from './remove-dialog.tsx'

/** Pausing a channel and going on, and removing it. */
export function StopSection({ channel }: { channel: Channel }) {
  const { t, i18n } = useLingui()
  const [isRemoving, setRemoving] = useState(false)
  const isPaused = channel.state === 'paused'
  const after = {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.channels.key() }),
    onError: (error: unknown) => void toastError(explain(error, i18n)),
  }
  const pause = useMutation(api.channels.pause.mutationOptions(after))
  const resume = useMutation(api.channels.resume.mutationOptions(after))
  const { id: channelId } = channel
  return (
    <section className={css.section}>
      <h2>
        <Trans>Pause or remove</Trans>
      </h2>
      <ul className={css.list}>
        <li className={css.row}>
          <div className={css.words}>
            <p className={css.name}>{isPaused ? <Trans>Paused</Trans> : <Trans>Pause</Trans>}</p>
            <p className={css.note}>
              {isPaused ? (
                <Trans>Nothing comes in and nothing goes out.</Trans>
              ) : (
                <Trans>Nothing comes in and nothing goes out until you go on. Providers try again for a while.</Trans>
              )}
            </p>
          </div>
          {isPaused ? (
            <Button icon={Play} isPending={resume.isPending} onPress={() => resume.mutate({ channelId })}>
              {t`Go on`}
            </Button>
          ) : (
            <Button icon={Pause} isPending={pause.isPending} onPress={() => pause.mutate({ channelId })}>
              {t`Pause`}
            </Button>
          )}
        </li>
        <li className={css.row}>
          <div className={css.words}>
            <p className={css.name}>
              <Trans>Remove</Trans>
            </p>
            <p className={css.note}>
              <Trans>Contacts and conversations stay.</Trans>
            </p>
          </div>
          <Button look="dangerGhost" icon={Trash2} onPress={() => setRemoving(true)}>
            {t`Remove…`}
          </Button>
        </li>
      </ul>
      {isRemoving && <RemoveDialog channel={channel} onClose={() => setRemoving(false)} />}
    </section>
  )
}
