import { z } from 'zod'
import { MessageTemplate } from '#contract/channels.ts'
import type { OutgoingBody } from '#contract/conversations.ts'
import type { WhatsappLine } from './settings.ts'

/** For so long after the person's last message everything may be said to them; then only templates. */
export const windowHours = 24

const maxText = 4096
const maxCaption = 1024

/** Why WhatsApp would not take a message, known before it is queued; null when nothing stands against it. Pure. */
export function refuseMessage(
  line: Pick<WhatsappLine, 'progress'>,
  { body, fileCount, lastInAt, now }: { body: OutgoingBody; fileCount: number; lastInAt: Date | null; now: Date },
): string | null {
  if (fileCount > 1) return 'too-many-files'
  if (body.type === 'template') return fileCount > 0 ? 'template-without-files' : refuseTemplate(line, body)
  if (lastInAt === null || now.getTime() - lastInAt.getTime() >= windowHours * 3_600_000) return 'window-closed'
  if (body.type === 'buttons') {
    if (fileCount > 0) return 'buttons-without-files'
    return new Set(body.choices).size === body.choices.length ? null : 'choices-repeated'
  }
  if (fileCount === 0 && body.text.trim() === '') return 'empty'
  return body.text.length > (fileCount === 0 ? maxText : maxCaption) ? 'too-long' : null
}

const Known = z.object({ templates: z.array(MessageTemplate) })

/** Checked against the templates as last seen; where none were seen yet, WhatsApp itself will say. */
function refuseTemplate(
  line: Pick<WhatsappLine, 'progress'>,
  body: Extract<OutgoingBody, { type: 'template' }>,
): string | null {
  const known = Known.safeParse(line.progress).data?.templates
  const template = known?.find(({ name, language }) => name === body.name && language === body.language)
  if (known !== undefined && template === undefined) return 'template-missing'
  const needed = template?.variables ?? Object.keys(body.variables)
  const isGiven = (name: string) => Object.hasOwn(body.variables, name) && body.variables[name]?.trim() !== ''
  return needed.every(isGiven) ? null : 'template-incomplete'
}
