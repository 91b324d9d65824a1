/** What the server says of a message: see `VisitorMessage` in server/webchat. */
export interface SiteMessage {
  id: number
  at: string
  clientId: string | null
  from: 'visitor' | 'site'
  name: string | null
  text: string
  choices: string[]
  files: { name: string; kind: string; type: string; url: string }[]
  isEmpty: boolean
}

export interface Session {
  token: string | null
  isIdentified: boolean
  /** Than the one whose token came along. */
  isSomebodyElse: boolean
  problem: string | null
  /** Nothing is taken for the moment. */
  isPaused: boolean
  title: string
  welcome: string
  color: string
  messages: SiteMessage[]
  hasMore: boolean
}

/** A message that the visitor has written and the server has not shown yet. */
export interface PendingMessage {
  id: string
  text: string
  page: { url: string; title: string }
  at: number
  /** The server has stored it; it will come back with the others. */
  isStored: boolean
  isRefused: boolean
  /** Why a file, whose name is the text, was refused. */
  problem?: 'size' | 'kind'
}
