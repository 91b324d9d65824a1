import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Image } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { embedFiles } from './embed-files.ts'
import css from './message-body.module.css'

/**
 * A mail as it was made, cleaned by the server, in a frame where no script runs and which belongs to no origin. What lies
 * on other servers is loaded only when asked for, since that tells the sender.
 */
export default function EmailOriginal(props: { contactId: number; messageId: number }) {
  const { t, i18n } = useLingui()
  const [remoteContent, setRemote] = useState(false)
  const html = useQuery({
    ...api.conversations.emailHtml.queryOptions({ input: { ...props, remoteContent } }),
    placeholderData: (old) => old,
  })
  const clean = html.data?.html
  const page = useQuery({
    queryKey: ['mail page', props.messageId, clean],
    queryFn: () => embedFiles(clean ?? ''),
    enabled: clean !== undefined,
    placeholderData: (old) => old,
  })
  if (html.error) {
    return (
      <Banner tone="danger" live action={<Button size="sm" onPress={() => void html.refetch()}>{t`Try again`}</Button>}>
        {explain(html.error, i18n)}
      </Banner>
    )
  }
  if (!html.data || page.data === undefined) return <Spinner />
  return (
    <>
      {html.data.hasRemoteContent && !remoteContent && (
        <div className={css.mailTools}>
          <Button size="sm" icon={Image} onPress={() => setRemote(true)}>
            <Trans>Load remote pictures</Trans>
          </Button>
        </div>
      )}
      <iframe
        title={t`Original email`}
        className={css.frame}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={page.data}
      />
    </>
  )
}
