import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Channel } from '#contract/channels.ts'
import { api } from '../api/client.ts'
import { codeOf, explain } from '../api/explain.ts'
import { useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { AlertDialog } from '../ui/alert-dialog.tsx'
import { toast, toastError } from '../ui/toast-store.ts'

/** Asks before a channel is disconnected for good, and says what stays. */
export function RemoveDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t, i18n } = useLingui()
  const { id: channelId, name } = channel
  const workspace = useWorkspace().id
  const navigate = useNavigate()
  const leave = async () => {
    toast(t`Channel removed. History is kept.`, { tone: 'ok' })
    await navigate({ to: '/w/$workspace/settings/channels', params: { workspace }, replace: true })
    void queryClient.invalidateQueries({ queryKey: api.channels.list.key() })
    queryClient.removeQueries({ queryKey: api.channels.get.key({ input: { channelId } }) })
  }
  const remove = useMutation(
    api.channels.remove.mutationOptions({
      onSuccess: leave,
      onError: (error) => {
        // somebody else was quicker
        if (codeOf(error) === 'NOT_FOUND') return leave()
        toastError(explain(error, i18n))
        return onClose()
      },
    }),
  )
  return (
    <AlertDialog
      isOpen
      danger
      onClose={onClose}
      title={<Trans>Remove the channel {name}?</Trans>}
      confirm={t`Remove the channel`}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ channelId })}
    >
      <p>
        <Trans>
          Contacts, conversations and files stay, with the channel's name. Nothing comes in or goes out by it any more,
          and its passwords and tokens are forgotten here. You can connect it again later.
        </Trans>
      </p>
    </AlertDialog>
  )
}
