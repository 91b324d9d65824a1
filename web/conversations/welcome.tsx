import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { api } from '../api/client.ts'
import { useCan, useWorkspace } from '../api/me.ts'
import { queryClient } from '../api/query-client.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { Refusal } from './refusal.tsx'
import css from './welcome.module.css'

/** The Inbox before anything has come in: how messages get here, and a way to look around first. */
export default function Welcome() {
  const { t } = useLingui()
  const workspace = useWorkspace()
  const mayConnect = useCan('channels.manage')
  const channels = useQuery(api.channels.list.queryOptions()).data?.items ?? []
  const sample = useMutation(
    api.workspaces.addSampleData.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  )
  const connected = channels.map((channel) => channel.name).join(', ')
  return (
    <section className={css.welcome}>
      <div className={css.inside}>
        <h1>{channels.length > 0 ? t`Ready for the first message` : t`Bring your conversations here`}</h1>
        <p className={css.lead}>
          {channels.length > 0 ? (
            <Trans>
              Connected: <bdi>{connected}</bdi>. As soon as somebody writes, the conversation appears here by itself.
            </Trans>
          ) : (
            <Trans>
              Whoever writes on a connected channel becomes a contact, with the whole conversation in one place.
            </Trans>
          )}
        </p>
        <ul className={css.ways}>
          <Way kind="whatsapp" title="WhatsApp" workspace={workspace.id} mayConnect={mayConnect}>
            <Trans>A number of your company, straight from Meta or by Twilio.</Trans>
          </Way>
          <Way kind="email" title={t`Email`} workspace={workspace.id} mayConnect={mayConnect}>
            <Trans>Any mailbox with IMAP and SMTP, such as sales@ or help@.</Trans>
          </Way>
          <Way kind="telegram" title="Telegram" workspace={workspace.id} mayConnect={mayConnect}>
            <Trans>A bot that answers in your words: all it takes is its token.</Trans>
          </Way>
          <Way kind="sms" title="SMS" workspace={workspace.id} mayConnect={mayConnect}>
            <Trans>Text messages by a number at Twilio.</Trans>
          </Way>
          <Way kind="custom" title={t`Custom channel`} workspace={workspace.id} mayConnect={mayConnect}>
            <Trans>Anything else, by a small bridge of your own.</Trans>
          </Way>
        </ul>
        {mayConnect ? (
          <div className={css.try}>
            <p>
              <Trans>Just looking? Fill this workspace with a sample company; nothing is sent to anybody.</Trans>
            </p>
            <Button icon={Sparkles} isPending={sample.isPending} onPress={() => sample.mutate(undefined)}>
              <Trans>Try it with sample data</Trans>
            </Button>
            {sample.isSuccess && (
              <p role="status">
                <Trans>Getting it ready…</Trans>
              </p>
            )}
            {sample.error && (
              <Banner tone="danger" live>
                <Refusal error={sample.error} />
              </Banner>
            )}
          </div>
        ) : (
          <p className={css.lead}>
            <Trans>An owner of the workspace connects channels.</Trans>
          </p>
        )}
      </div>
    </section>
  )
}

function Way(props: { kind: string; title: string; workspace: number; mayConnect: boolean; children: ReactNode }) {
  const words = (
    <>
      <ChannelGlyph kind={props.kind} size={34} />
      <span className={css.words}>
        <strong>{props.title}</strong>
        <span>{props.children}</span>
      </span>
    </>
  )
  return (
    <li>
      {props.mayConnect ? (
        <Link
          to="/w/$workspace/settings/channels/new/$kind"
          params={{ workspace: props.workspace, kind: props.kind }}
          className={css.way}
        >
          {words}
          <span className={css.go}>
            <Trans>Connect</Trans>
          </span>
        </Link>
      ) : (
        <div className={css.way}>{words}</div>
      )}
    </li>
  )
}
