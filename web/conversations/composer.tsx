import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { BellOff, Paperclip, Send, StickyNote } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { ContactDetails } from '#contract/contacts.ts'
import { api } from '../api/client.ts'
import { reasonOf } from '../api/explain.ts'
import { useMe, useWorkspace } from '../api/me.ts'
import { useCommands } from '../app/commands.ts'
import { withRareWords } from '../i18n/locale.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { ChannelPicker } from './channel-picker.tsx'
import css from './composer.module.css'
import { DraftFiles } from './draft-files.tsx'
import { changeDraft, draftKey, useDraft, type Draft } from './drafts.ts'
import { findMentions } from './mentions.ts'
import { MentionList, useMentions } from './mention-list.tsx'
import { planChannels, usualChannel } from './plan-channels.ts'
import { Refusal } from './refusal.tsx'
import { addFiles } from './upload-files.ts'
import { sendingOf, useSend } from './use-sending.ts'
import { useNow } from '../app/use-now.ts'
import { WindowNote } from './window-note.tsx'

const LineNote = lazy(() => withRareWords(async () => ({ default: (await import('../delivery/shared.ts')).LineNote })))
const SegmentsNote = lazy(() =>
  withRareWords(async () => ({ default: (await import('../delivery/shared.ts')).SegmentsNote })),
)

/** Of a text message, however many it is cut into: more no provider takes at once. */
const longestSms = 1600

/** Where one writes: a message by one of the contact's channels, or a note for colleagues. */
export function Composer({ contact }: { contact: ContactDetails }) {
  const { t } = useLingui()
  const contactId = contact.id
  const workspace = useWorkspace().id
  const draft = useDraft(contactId)
  const members = useQuery(api.members.list.queryOptions()).data?.items ?? []
  const choices = planChannels(contact, useMe())
  const channel = choices.find((one) => one.channelId === draft.channelId) ?? usualChannel(contact, choices)
  const line = useQuery(api.channels.list.queryOptions()).data?.items.find(({ id }) => id === channel?.channelId)
  const isAway = line !== undefined && (line.state !== 'connected' || line.holdup !== null)
  const send = useSend(contactId)
  const area = useRef<HTMLTextAreaElement>(null)
  const fileInput = useRef<HTMLInputElement>(null)
  const now = useNow()
  const isShut = channel?.hasWindow === true && !(channel.windowUntil && Date.parse(channel.windowUntil) > now)
  const isOut = channel?.obstacle === 'opted-out'
  const { isNote } = draft
  const text = isNote ? draft.note : draft.text
  const isSms = !isNote && channel?.kind === 'sms'

  const change = (next: Partial<Draft>) => changeDraft(contactId, () => ({ refusal: null, ...next }))
  const type = (words: string) => change(isNote ? { note: words } : { text: words })
  const turnTo = (toNote: boolean) => {
    change({ isNote: toNote })
    requestAnimationFrame(() => area.current?.focus())
  }
  const mentions = useMentions(area, members, isNote, type)
  useEffect(() => {
    if (!draft.wantsCaret) return
    area.current?.focus()
    changeDraft(contactId, () => ({ wantsCaret: false }))
  }, [contactId, draft.wantsCaret])
  useCommands([
    { id: 'reply', title: t`Reply`, group: t`Conversation`, keys: 'r', icon: Send, run: () => turnTo(false) },
    {
      id: 'note',
      title: t`Internal note`,
      group: t`Conversation`,
      keys: 'n',
      icon: StickyNote,
      run: () => turnTo(true),
    },
  ])

  const isUploading = draft.files.some((file) => file.attachment === null && file.problem === null)
  const hasBadFile = draft.files.some((file) => file.problem !== null)
  const obstacle = isNote
    ? text.trim() === ''
      ? t`Write something first.`
      : undefined
    : channel === null
      ? t`There is no channel to write by yet.`
      : isOut
        ? t`The contact wants no messages here`
        : isShut
          ? channel?.kind === 'whatsapp'
            ? t`Free text isn't possible now. Send a template.`
            : t`The time to answer is over.`
          : isUploading
            ? t`Wait until the files are up.`
            : hasBadFile
              ? t`Remove the file that couldn't be attached.`
              : isSms && text.length > longestSms
                ? t`The text is too long for this channel. Send it in parts.`
                : text.trim() === '' && draft.files.length === 0
                  ? t`Write something first.`
                  : undefined

  const submit = () => {
    if (obstacle !== undefined) return
    const key = draftKey(contactId)
    const called = isNote ? findMentions(draft.note, members) : []
    send.mutate(
      sendingOf(draft, { workspace, contactId, key, channelId: channel?.channelId ?? null, mentions: called }),
    )
    changeDraft(contactId, () =>
      isNote ? { note: '', refusal: null } : { text: '', subject: '', files: [], refusal: null },
    )
    area.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (mentions.onKeyDown(event)) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      submit()
    } else if (event.key === 'Escape') area.current?.blur()
  }
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0 || isNote) return
    event.preventDefault()
    addFiles(contactId, [...event.clipboardData.files])
  }

  return (
    <div className={css.place}>
      {draft.refusal !== null && (
        <Banner tone="danger" live className={css.refusal ?? ''}>
          <Refusal error={draft.refusal} />
        </Banner>
      )}
      {!isNote && isAway && (
        <Suspense fallback={null}>
          <LineNote channel={line} />
        </Suspense>
      )}
      {!isNote && channel !== null && isOut && (
        <Banner tone="warn" icon={BellOff} className={css.refusal ?? ''}>
          <Trans>
            The contact wants no messages by {channel.name}. Owners and managers can lift that in the record.
          </Trans>
        </Banner>
      )}
      {!isNote && channel && !isOut && (isShut || channel.hasWindow) && (
        <WindowNote
          contactId={contactId}
          channel={channel}
          isShut={isShut || reasonOf(draft.refusal) === 'window-closed'}
          now={now}
        />
      )}
      <form
        aria-label={isNote ? t`Internal note` : t`Reply`}
        className={classes(css.composer, isNote && css.isNote)}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <div className={css.top}>
          <ChannelPicker
            choices={choices}
            channel={channel}
            isQuiet={isNote}
            onChoose={(channelId) => {
              change({ channelId, isNote: false })
              requestAnimationFrame(() => area.current?.focus())
            }}
          />
          <Button
            size="sm"
            look={isNote ? 'soft' : 'ghost'}
            icon={StickyNote}
            className={classes(css.noteToggle, isNote && css.noteOn)}
            aria-pressed={isNote}
            onPress={() => turnTo(!isNote)}
          >
            {t`Internal note`}
          </Button>
        </div>
        {!isNote && channel?.kind === 'email' && (
          <input
            className={css.subject}
            aria-label={t`Subject`}
            placeholder={channel.isActive ? t`Subject (as before if left empty)` : t`Subject`}
            maxLength={500}
            dir="auto"
            value={draft.subject}
            onChange={(event) => change({ subject: event.target.value })}
          />
        )}
        <div className={css.writing}>
          <textarea
            ref={area}
            className={css.text}
            dir="auto"
            rows={2}
            value={text}
            maxLength={isNote ? 10_000 : 65_536}
            aria-label={isNote ? t`Internal note` : t`Message`}
            placeholder={isNote ? t`Only your team sees this. @ calls somebody` : t`Write a message`}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onChange={(event) => {
              type(event.target.value)
              mentions.look()
            }}
            onSelect={mentions.look}
            onBlur={mentions.close}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            {...mentions.aria}
          />
          <MentionList mentions={mentions} />
        </div>
        {!isNote && <DraftFiles contactId={contactId} files={draft.files} />}
        <div className={css.tools}>
          <input
            ref={fileInput}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              addFiles(contactId, [...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
          <IconButton
            icon={Paperclip}
            label={t`Attach files`}
            disabledReason={isNote ? t`Notes take no files.` : undefined}
            onPress={() => fileInput.current?.click()}
          />
          {isSms && text !== '' && (
            <Suspense fallback={null}>
              <SegmentsNote text={text} />
            </Suspense>
          )}
          <Button type="submit" look="primary" className={css.send} disabledReason={obstacle}>
            <span>{isNote ? <Trans>Add note</Trans> : <Trans>Send</Trans>}</span>
            <Kbd keys="mod+enter" />
          </Button>
        </div>
      </form>
    </div>
  )
}
