import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { api, client } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { toast } from '../ui/toast-store.ts'
import { ChannelForm } from './channel-form.tsx'
import { ChannelHead } from './channel-head.tsx'
import { isConnectable, newDraft, type ConnectableKind } from './draft.ts'
import { KindLinks } from './kind-links.tsx'
import { useKinds } from './kinds.ts'
import { OnlyOwners } from './only-owners.tsx'

const route = getRouteApi('/w/$workspace/settings/channels/new/$kind')

/** Connects a channel of the kind the address names. */
export default function ConnectScreen() {
  const { t } = useLingui()
  const { kind } = route.useParams()
  const mayManage = useCan('channels.manage')
  if (isConnectable(kind) && mayManage) return <Connect key={kind} kind={kind} />
  return (
    <>
      <ChannelHead title={t`Connect a channel`} kind={kind} />
      {mayManage ? <KindLinks label={t`Channels to connect`} /> : <OnlyOwners />}
    </>
  )
}

function Connect({ kind }: { kind: ConnectableKind }) {
  const { t } = useLingui()
  const { name, lead } = useKinds()[kind]
  const workspace = useWorkspace().id
  const navigate = route.useNavigate()
  return (
    <>
      <ChannelHead title={t`Connect: ${name}`} kind={kind} lead={lead} />
      <ChannelForm
        channelId={null}
        start={{ name, draft: newDraft(kind) }}
        submit={t`Connect`}
        save={async (input) => {
          const channel = await client.channels.connect(input)
          queryClient.setQueryData(api.channels.get.queryKey({ input: { channelId: channel.id } }), channel)
          void queryClient.invalidateQueries({ queryKey: api.channels.list.key() })
          const called = channel.name
          toast(t`${called} is connected`, { tone: 'ok' })
          await navigate({
            to: '/w/$workspace/settings/channels/$channelId',
            params: { workspace, channelId: String(channel.id) },
            replace: true,
          })
        }}
      />
    </>
  )
}
