import type { CheckResult } from '#contract/channels.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { runCheck } from '../run-check.ts'
import type { WebchatSettings } from './settings.ts'

const mostBytes = 3_000_000

/**
 * Opens the first page of each site that may show the widget, as anybody would, and looks for the snippet.
 * @param publicId the channel's; null before it is connected, when no page can have it yet
 */
export const checkLine = (
  outgoing: OutgoingRequests,
  { origins }: WebchatSettings,
  signal: AbortSignal,
  publicId: string | null,
): Promise<CheckResult> =>
  runCheck(
    origins.map((origin) => ({
      step: publicId === null ? 'site' : 'snippet',
      async run() {
        const page = await outgoing(`${origin}/`, { maxBytes: mostBytes, redirects: 3, signal })
        if (page.status >= 500) throw new ProviderRefusal({ code: 'site-broken', detail: `${origin} (${page.status})` })
        if (publicId !== null && !page.body.includes(publicId))
          throw new ProviderRefusal({ code: 'snippet-missing', detail: origin })
        return origin
      },
    })),
  )
