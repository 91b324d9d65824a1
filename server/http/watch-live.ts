import type { LiveEvent } from '#contract/live.ts'
import type { Actor, RequestContext } from './endpoint.ts'

/** More waiting events than a browser can be behind: it is told to refetch everything instead. */
const mostWaiting = 500

/** A member's stream of what changes, until the connection, the session or the access ends. */
export async function* watchLive({
  context,
  signal,
}: {
  context: RequestContext & { actor: Actor }
  signal?: AbortSignal | undefined
}): AsyncGenerator<LiveEvent, void> {
  const { deps, actor } = context
  let waiting: LiveEvent[] = []
  let wake = () => {}
  let ended = false
  const end = () => {
    ended = true
    wake()
  }
  const stop = deps.live.watch({
    workspaceId: actor.workspaceId,
    access: () => actor,
    send: (event) => {
      if (event.type === 'ready' || waiting.length >= mostWaiting) waiting = [{ type: 'ready' }]
      else waiting.push(event)
      wake()
    },
    end,
  })
  signal?.addEventListener('abort', end)
  try {
    while (!ended) {
      const batch = waiting
      waiting = []
      yield* batch
      if (waiting.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve
          if (waiting.length > 0 || ended) resolve()
        })
      }
    }
  } finally {
    stop()
  }
}
