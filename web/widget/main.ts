import { openCall } from './call.ts'
import { openKeeper } from './keep.ts'
import { listen, type Listening } from './listen.ts'
import { openFileOutbox } from './file-outbox.ts'
import { openOutbox } from './outbox.ts'
import type { Session, SiteMessage } from './protocol.ts'
import type { SendState } from './sender.ts'
import { openView, type View } from './view.ts'
import { wordsFor } from './words.ts'

/** What a site can tell the widget. */
interface FichaChat {
  open(): void
  close(): void
  /** Who the visitor is: a token that the site's own server has signed. */
  identify(token: string): void
  /** Forgets the visitor in this browser, everywhere. */
  signOut(): void
}

declare global {
  interface Window {
    FichaChat?: FichaChat | { identity?: string }
  }
}

/** After so long what was stored and never came back is no longer shown as on its way. */
const pendingMs = 24 * 3_600_000
/** A chat that is paused is looked at again so often. */
const pausedMs = 30_000

function start(script: HTMLScriptElement): void {
  const channel = script.dataset['channel'] ?? ''
  if (!/^[\w-]{16,40}$/.test(channel)) return console.warn('Ficha: the script has no data-channel.')
  const base = new URL(script.src).origin
  const language = script.dataset['language'] ?? navigator.language
  const words = wordsFor(language)
  const call = openCall(base, channel)
  const keeper = openKeeper(channel)
  const given = window.FichaChat
  let identity = given !== undefined && 'identity' in given ? (given.identity ?? null) : null
  let session: Session | null = null
  let messages: SiteMessage[] = []
  let hasMore = false
  let notice: string | null = null
  let beginning = 0
  let pause: ReturnType<typeof setTimeout> | undefined
  let view: View | null = null
  let listening: Listening | null = null

  const lastId = () => messages.at(-1)?.id ?? 0

  function take(items: readonly SiteMessage[]): void {
    const known = new Map([...messages, ...items].map((message) => [message.id, message]))
    messages = [...known.values()].toSorted((a, b) => a.id - b.id)
    const arrived = new Set(messages.map(({ clientId }) => clientId))
    const before = keeper.read().pending
    files.drop((id) => arrived.has(id))
    const left = before.filter(({ id, at }) => !arrived.has(id) && Date.now() - at < pendingMs)
    if (left.length < before.length) keeper.change(() => ({ pending: left }))
    show()
    acknowledge(items)
  }

  /** Tells the server what has come and what was seen. */
  function acknowledge(items: readonly SiteMessage[]): void {
    const { token, seen, isOpen } = keeper.read()
    const ids = items.filter(({ from }) => from === 'site').map(({ id }) => id)
    const isSeen = isOpen && document.visibilityState === 'visible'
    const unseen = messages.filter(({ from, id }) => from === 'site' && id > seen).map(({ id }) => id)
    if (isSeen && unseen.length > 0) {
      keeper.change(() => ({ seen: lastId() }))
      void call('receipts', { status: 'read', ids: unseen.slice(-50) }, token)
      show()
    } else if (ids.length > 0) void call('receipts', { status: 'delivered', ids: ids.slice(-50) }, token)
  }

  function show(): void {
    if (session === null) return
    const { pending, seen, isOpen } = keeper.read()
    const arrived = new Set(messages.map(({ clientId }) => clientId))
    view?.show({
      title: session.title,
      welcome: session.welcome,
      messages,
      pending: [...pending, ...files.pending()].filter(({ id }) => !arrived.has(id)),
      isPaused: session.isPaused,
      hasMore,
      unread: isOpen ? 0 : messages.filter(({ from, id }) => from === 'site' && id > seen).length,
      isOpen,
      notice,
    })
  }
  const tell = (sentence: string | null) => {
    notice = sentence
    show()
  }

  const sending = {
    channel,
    call,
    token: () => keeper.read().token,
    language: navigator.language,
    onChange: show,
    onStored: hear,
    renew: begin,
    onState: tellState,
  }
  const outbox = openOutbox({ ...sending, keeper })
  const files = openFileOutbox(sending)
  const flush = () => {
    outbox.flush()
    files.flush()
  }

  function tellState(state: SendState): void {
    // it is looked at again by and by, and the note goes with it
    if (state === 'paused') void begin()
    else tell(state === 'fine' ? null : state === 'busy' ? words.busy : words.offline)
  }

  /** Nobody who has not written yet is listened for: there is nothing to hear. */
  function hear(): void {
    listening ??= listen({
      base,
      channel,
      token: () => keeper.read().token,
      after: lastId,
      onMessages: take,
      onState: (isConnected) => tell(!isConnected ? words.offline : session?.isPaused === true ? words.paused : null),
      onRefused: () => {
        listening = null
        void begin()
      },
    })
  }

  async function begin(): Promise<boolean> {
    const turn = ++beginning
    const answer = await call<Session>('session', { identity }, keeper.read().token)
    // asked before it was known who is here
    if (turn !== beginning) return false
    if (!answer.ok) {
      if (answer.end === 'wait') setTimeout(() => void begin(), Math.max(answer.afterMs, 15_000))
      else if (view !== null) tell(words.unavailable)
      return false
    }
    const isOther = session !== null && session.token !== answer.body.token
    session = answer.body
    if (session.problem !== null) console.warn(`Ficha: the identity is not believed (${session.problem}).`)
    const { token, isSomebodyElse } = session
    keeper.change(() => ({ token, ...(isSomebodyElse ? { pending: [], seen: 0 } : {}) }))
    if (session.token === null) {
      view?.remove()
      view = null
      return false
    }
    if (isOther) messages = []
    if (isSomebodyElse) files.forget()
    await files.restore(Date.now() - pendingMs)
    if (turn !== beginning) return false
    clearTimeout(pause)
    if (session.isPaused) pause = setTimeout(() => void begin(), pausedMs)
    if (session.isPaused !== (notice === words.paused)) notice = session.isPaused ? words.paused : null
    hasMore = session.hasMore
    view ??= openView({
      words,
      language,
      color: /^#[0-9a-f]{6}$/i.test(session.color) ? session.color : '#2c5fb3',
      side: script.dataset['side'] === 'start' ? 'start' : 'end',
      onOpen: setOpen,
      onSend: (text) => outbox.add(text),
      onFiles: (chosen) => chosen.forEach((file) => files.add(file)),
      onEarlier: () => void loadEarlier(),
    })
    take(session.messages)
    if (messages.length > 0 || keeper.read().pending.length > 0 || files.pending().length > 0) hear()
    if (!session.isPaused) flush()
    return true
  }

  async function loadEarlier(): Promise<void> {
    const before = messages[0]?.id ?? Number.MAX_SAFE_INTEGER
    const answer = await call<{ items: SiteMessage[]; hasMore: boolean }>('earlier', { before }, keeper.read().token)
    if (!answer.ok) return
    hasMore = answer.body.hasMore
    take(answer.body.items)
  }

  function setOpen(isOpen: boolean): void {
    keeper.change(() => ({ isOpen }))
    show()
    view?.focus()
    if (isOpen) acknowledge([])
  }

  /** Somebody else may be here now: nothing of the one before stays on the page. What waits, waits until it is known. */
  function beginAnew(): void {
    listening?.stop()
    listening = null
    messages = []
    void begin()
  }

  keeper.onChange(() => {
    // another tab has written, seen, or signed in or out
    if (keeper.read().token !== session?.token && session !== null) void begin()
    else show()
  })
  addEventListener('online', () => {
    listening?.wake()
    flush()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    listening?.wake()
    acknowledge([])
  })
  window.FichaChat = {
    open: () => setOpen(true),
    close: () => setOpen(false),
    identify(token) {
      identity = token
      beginAnew()
    },
    signOut() {
      const { token } = keeper.read()
      identity = null
      keeper.change(() => ({ token: null, isOpen: false, pending: [], seen: 0 }))
      files.forget()
      if (token !== null) void call('end', {}, token)
      beginAnew()
    },
  }
  void begin()
}

const script = document.currentScript
if (script instanceof HTMLScriptElement) {
  if (document.body === null) addEventListener('DOMContentLoaded', () => start(script))
  else start(script)
}
