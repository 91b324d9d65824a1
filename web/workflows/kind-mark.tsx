import type { ChannelKind } from '#contract/channel-kind.ts'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'

/** Before the name of a channel in a list of choices. */
export const kindMark = (kind: ChannelKind) => <ChannelGlyph kind={kind} size={18} />
