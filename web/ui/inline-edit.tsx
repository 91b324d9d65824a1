import { useLingui, Trans } from '@lingui/react/macro'
import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type HTMLAttributes,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { Button } from 'react-aria-components'
import { classes } from './classes.ts'
import css from './inline-edit.module.css'
import { Spinner } from './spinner.tsx'

/** What is wrong with a typed value, with a correction to take by one press when there is one. */
export interface Wrong {
  message: ReactNode
  fix?: string | undefined
}

export interface InlineEditProps {
  /** The field's name, for screen readers. */
  label: string
  value: string | null
  /** How the value looks when not edited; the value itself when left out. */
  display?: ReactNode
  /** What an empty field invites to; "Add" when left out. */
  emptyText?: string
  type?: 'text' | 'email' | 'url' | 'tel' | 'date' | 'time'
  /** Of a date: the first and the last. */
  min?: string
  max?: string
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
  maxLength?: number
  /** Checks before saving; null when fine. */
  check?: (text: string) => Wrong | null
  /** Saves the trimmed text, null for empty. Rejecting brings the old value back and shows the error's message. */
  onSave: (text: string | null) => Promise<void>
  /** The sentence for a refused save; the general one when left out. */
  explain?: (error: unknown) => Wrong
  /** Somebody else's newer value, while this one is being typed or after the server said so. */
  conflict?: { who: string; value: string | null } | null
  onTakeTheirs?: () => void
  /** Told when typing begins and when it is over. */
  onEditing?: (isEditing: boolean) => void
}

/**
 * A value that turns into an input where it stands. Click or Enter edits; Enter saves; Esc restores; Tab saves and opens
 * the next; leaving the field saves too. The new value shows at once; when saving fails the old one returns with the
 * reason and a way to try again. What is being typed is never overwritten.
 */
export function InlineEdit(props: InlineEditProps) {
  const { t } = useLingui()
  const [draft, setDraft] = useState<string | null>(null)
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const [pending, setPending] = useState<{ text: string | null } | null>(null)
  const [failed, setFailed] = useState<{ text: string | null; wrong: Wrong } | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const isEditing = draft !== null

  const tellEditing = useEffectEvent((now: boolean) => props.onEditing?.(now))
  useEffect(() => {
    if (isEditing) input.current?.select()
    tellEditing(isEditing)
  }, [isEditing])

  const edit = (text = props.value ?? '') => {
    setFailed(null)
    setWrong(null)
    setDraft(text)
  }

  const leave = (returnFocus: boolean) => {
    setDraft(null)
    setWrong(null)
    if (returnFocus) requestAnimationFrame(() => trigger.current?.focus())
  }

  const send = (text: string | null) => {
    setFailed(null)
    setPending({ text })
    props
      .onSave(text)
      .catch((error: unknown) =>
        setFailed({ text, wrong: props.explain?.(error) ?? { message: t`This wasn't saved.` } }),
      )
      .finally(() => setPending(null))
  }

  /** True when the value is fine and editing is over. */
  const save = (typed: string, returnFocus: boolean): boolean => {
    const text = typed.trim()
    // a day or a time of which a part is missing reads as nothing
    if (input.current?.validity.badInput) {
      setWrong({ message: t`A part is missing.` })
      return false
    }
    if (text === (props.value ?? '')) {
      leave(returnFocus)
      return true
    }
    const problem = text ? (props.check?.(text) ?? null) : null
    setWrong(problem)
    if (problem) return false
    leave(returnFocus)
    send(text || null)
    return true
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      save(event.currentTarget.value, true)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      leave(true)
    } else if (event.key === 'Tab') {
      const next = neighbour(event.currentTarget, event.shiftKey ? -1 : 1)
      if (!save(event.currentTarget.value, false)) event.preventDefault()
      else if (next) {
        event.preventDefault()
        next.focus()
        next.click()
      }
    }
  }

  const shown = pending ? pending.text : props.value
  const noteId = `${props.label}-note`.replaceAll(/\s+/g, '-')
  return (
    <span className={css.cell}>
      {isEditing ? (
        <input
          ref={input}
          autoFocus
          data-inline-edit=""
          aria-label={props.label}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong ? noteId : undefined}
          className={css.input}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          maxLength={props.maxLength}
          min={props.min}
          max={props.max}
          autoComplete="off"
          spellCheck={false}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value)
            setWrong(null)
          }}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            // A window that loses the focus has not left the field.
            if (document.hasFocus() && !event.relatedTarget?.closest('[data-inline-note]'))
              save(event.target.value, false)
          }}
        />
      ) : (
        <Button
          ref={trigger}
          data-inline-edit=""
          className={classes(css.value, !shown && css.empty)}
          onPress={() => edit()}
        >
          <span className="visually-hidden">{props.label}: </span>
          <span className="trunc">
            {shown ? (pending ? shown : (props.display ?? shown)) : (props.emptyText ?? <Trans>Add</Trans>)}
          </span>
          {pending && <Spinner label={t`Saving`} />}
        </Button>
      )}
      <Notes
        id={noteId}
        wrong={wrong}
        failed={failed?.wrong ?? null}
        conflict={isEditing || failed ? (props.conflict ?? null) : null}
        onFix={(text) => {
          if (isEditing) save(text, true)
          else send(text)
        }}
        onRetry={failed ? () => send(failed.text) : undefined}
        onEdit={failed ? () => edit(failed.text ?? '') : undefined}
        onTakeTheirs={() => {
          leave(true)
          setFailed(null)
          props.onTakeTheirs?.()
        }}
      />
    </span>
  )
}

function Notes(props: {
  id: string
  wrong: Wrong | null
  failed: Wrong | null
  conflict: { who: string; value: string | null } | null
  onFix: (text: string) => void
  onRetry: (() => void) | undefined
  onEdit: (() => void) | undefined
  onTakeTheirs: () => void
}) {
  const { t } = useLingui()
  const problem = props.wrong ?? props.failed
  const { conflict } = props
  if (!problem && !conflict) return null
  const who = conflict?.who
  const value = conflict?.value ?? t`nothing`
  return (
    <span data-inline-note="" id={props.id}>
      {conflict && (
        <span className={css.note} role="status">
          <Trans>
            {who} changed it to {value}
          </Trans>
          <Button className={css.link ?? ''} onPress={props.onTakeTheirs}>
            <Trans>Use theirs</Trans>
          </Button>
        </span>
      )}
      {problem && (
        <span className={classes(css.note, css.wrong)} role="alert">
          {problem.message}
          {problem.fix && (
            <Button className={css.link ?? ''} onPress={() => props.onFix(problem.fix ?? '')}>
              <bdi>{problem.fix}</bdi>
            </Button>
          )}
          {props.onRetry && (
            <Button className={css.link ?? ''} onPress={props.onRetry}>
              <Trans>Try again</Trans>
            </Button>
          )}
          {props.onEdit && (
            <Button className={css.link ?? ''} onPress={props.onEdit}>
              <Trans>Edit</Trans>
            </Button>
          )}
        </span>
      )}
    </span>
  )
}

/** The field before or after this one, in the order of the page. */
function neighbour(from: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-inline-edit]')]
  return fields[fields.indexOf(from) + step]
}
