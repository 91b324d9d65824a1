import type { ChannelSettings } from '#contract/channels.ts'
import type { Line } from '../adapter.ts'

export type WebchatSettings = Extract<ChannelSettings, { kind: 'webchat' }>
export type WebchatLine = Line<WebchatSettings>

/** May a page of this origin, as its browser names it, show the widget? */
export const isAllowed = (
  { origins }: Pick<WebchatSettings, 'origins'>,
  origin: string | undefined,
): origin is string => origin !== undefined && origins.includes(origin)
