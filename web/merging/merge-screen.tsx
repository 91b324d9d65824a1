import { Trans, useLingui } from '@lingui/react/macro'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ArrowDownUp, ArrowLeft, Merge, RotateCcw, UserRoundPlus } from 'lucide-react'
import { lazy, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useCan } from '../api/me.ts'
import { useCommands } from '../app/commands.ts'
import { ErrorState, NotFoundPage } from '../app/page-states.tsx'
import { useIsPhone } from '../app/use-narrow.ts'
import { useTitle } from '../app/use-title.ts'
import { reasonSummary, useDismissal } from '../duplicates/shared.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Pane } from '../ui/pane.tsx'
import { Pill } from '../ui/pill.tsx'
import { toastError } from '../ui/toast-store.ts'
import { ChangesBanner } from './changes-banner.tsx'
import { explainMerge } from './explain-merge.ts'
import { MergeGrid } from './merge-grid.tsx'
import { MergeResult } from './merge-result.tsx'
import css from './merge-screen.module.css'
import { MergeSkeleton } from './merge-skeleton.tsx'
import { useMergePlan, type PlanInHand } from './use-merge-plan.ts'

const FindContactDialog = lazy(() => import('../app/find-contact-dialog.tsx'))
const route = getRouteApi('/w/$workspace/contacts/merge')
const mostContacts = 10

/** What one contact made of several would be: both sides of every field, which one stays, and what moves with it. */
export default function MergeScreen() {
  const { t } = useLingui()
  const { ids } = route.useSearch()
  useTitle(t`Merge contacts`)
  const contactIds = [...new Set(ids.split(',').filter((id) => /^[1-9]\d{0,14}$/.test(id)))].map(Number)
  if (contactIds.length < 2 || contactIds.length > mostContacts) return <NotFoundPage />
  return <MergePreview key={ids} contactIds={contactIds} />
}

function MergePreview({ contactIds }: { contactIds: number[] }) {
  const { t, i18n } = useLingui()
  const isPhone = useIsPhone()
  const inHand = useMergePlan(contactIds)
  const { leave, addContact } = useWays(contactIds)
  const mayMergeAny = useCan('merges.any')
  const [isAdding, setAdding] = useState(false)
  const { dismiss } = useDismissal()
  const { plan, error } = inHand
  const title = useFocusWhenLost(plan !== undefined)
  const [first = 0, second = 0] = contactIds
  const isPair = contactIds.length === 2
  const summary = plan === undefined ? null : reasonSummary(plan.reasons, i18n)
  const isShown = plan !== undefined && (error === null || inHand.isMerging)

  const merge = () => {
    if (!isShown || inHand.isMerging) return
    inHand
      .apply()
      .then((survivor) => survivor !== null && leave(survivor.id))
      .catch((reason: unknown) => toastError(explainMerge(reason, i18n)))
  }
  const swap = () => {
    const [other] = plan?.absorbed ?? []
    if (other !== undefined) inHand.keep(other.id)
  }
  const tellApart = async () => {
    if (await dismiss({ a: first, b: second })) leave(first)
  }
  useCommands([
    {
      id: 'merge-confirm',
      title: t`Merge contacts`,
      group: t`Contact`,
      keys: 'mod+enter',
      icon: Merge,
      whileTyping: true,
      run: merge,
    },
    { id: 'merge-leave', title: t`Back`, group: t`Contact`, keys: 'escape', onlyKey: true, run: () => leave(first) },
  ])
  /** Choices and buttons keep their keys to themselves, so this one is heard before them. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.repeat) return
    event.preventDefault()
    event.stopPropagation()
    merge()
  }
  const notSame = isPair && (
    <Button look="ghost" size="lg" onPress={() => void tellApart()}>
      <Trans>Not the same person</Trans>
    </Button>
  )
  return (
    <Pane label={t`Merge contacts`} isBusy={plan === undefined} className={css.pane} onKeyDownCapture={onKeyDown}>
      <header className={css.head}>
        <IconButton icon={ArrowLeft} label={t`Back`} keys="escape" flip onPress={() => leave(first)} />
        <div className={css.title}>
          <h1 ref={title} tabIndex={-1}>
            <Trans>Merge contacts</Trans>
          </h1>
          <p className={css.help}>
            <Trans>Choose which value to keep in each field. What you leave out stays in merge history.</Trans>
          </p>
        </div>
        {plan !== undefined && (
          <span className={css.why}>
            <Pill tone={summary === null ? 'plain' : 'ok'}>
              <Icon of={Merge} size={14} />
              {summary ?? t`Chosen by hand`}
            </Pill>
          </span>
        )}
        {mayMergeAny && contactIds.length < mostContacts && (
          <IconButton icon={UserRoundPlus} label={t`Add another contact`} onPress={() => setAdding(true)} />
        )}
        {isPair && (
          <Button look="ghost" icon={ArrowDownUp} onPress={swap}>
            <span className={classes(isPhone && 'visually-hidden')}>
              <Trans>Swap</Trans>
            </span>
          </Button>
        )}
      </header>
      {isShown ? (
        <div className={css.body} data-settling={inHand.isSettling || undefined}>
          <div className={css.fields}>
            <ChangesBanner changes={inHand.isMerging ? [] : inHand.changes} />
            <MergeGrid plan={plan} picks={inHand.picks} onPick={inHand.pick} onKeep={inHand.keep} />
            {isPhone && <div className={css.notSame}>{notSame}</div>}
          </div>
          <MergeResult plan={plan} />
        </div>
      ) : error !== null ? (
        <Refused error={error} inHand={inHand} onLeave={() => leave(first)} />
      ) : (
        <MergeSkeleton />
      )}
      <footer className={css.foot}>
        <p className={css.hint}>
          <Icon of={RotateCcw} size={14} />
          <Trans>You can undo it from the notice or from the history.</Trans>
        </p>
        {!isPhone && notSame}
        <Button size="lg" onPress={() => leave(first)}>
          <Trans>Cancel</Trans>
        </Button>
        <Button
          size="lg"
          look="primary"
          isPending={inHand.isMerging}
          disabledReason={isShown ? undefined : t`Wait for the comparison.`}
          onPress={merge}
        >
          <span>
            <Trans>Merge contacts</Trans>
          </span>
          {!isPhone && <Kbd keys="mod+enter" />}
        </Button>
      </footer>
      {isAdding && (
        <LazyDialog onClose={() => setAdding(false)}>
          <FindContactDialog
            title={<Trans>Merge with…</Trans>}
            without={contactIds}
            onPick={addContact}
            onClose={() => setAdding(false)}
          />
        </LazyDialog>
      )}
    </Pane>
  )
}

function Refused({ error, inHand, onLeave }: { error: unknown; inHand: PlanInHand; onLeave: () => void }) {
  const { t, i18n } = useLingui()
  const words = explainMerge(error, i18n)
  const isFinal = /^(BAD_REQUEST|FORBIDDEN|NOT_FOUND|CONFLICT)$/.test((error as { code?: string }).code ?? '')
  return isFinal ? (
    <Empty
      icon={Merge}
      level={2}
      title={t`These contacts can't be merged`}
      action={<Button onPress={onLeave}>{t`Back`}</Button>}
    >
      {words}
    </Empty>
  ) : (
    <ErrorState error={error} title={t`The comparison couldn't be loaded`} onRetry={inHand.retry} />
  )
}

/** Where to go from here: back to where one came from, with a contact open there, or on with one contact more. */
function useWays(contactIds: readonly number[]) {
  const { workspace } = route.useParams()
  const { back } = route.useSearch()
  const mayBrowse = useCan('contacts.browse')
  const navigate = useNavigate()
  const place = back ?? (mayBrowse ? 'contacts' : 'inbox')
  return {
    leave: (contactId: number) => {
      const params = { workspace, contactId }
      if (place === 'home') void navigate({ to: '/w/$workspace/home', params: { workspace } })
      else if (place === 'duplicates') void navigate({ to: '/w/$workspace/contacts/duplicates', params: { workspace } })
      else if (place === 'contacts') void navigate({ to: '/w/$workspace/contacts/{-$contactId}', params })
      else void navigate({ to: '/w/$workspace/inbox/{-$contactId}', params, search: { view: 'all', drawer: 'open' } })
    },
    addContact: (contactId: number) =>
      void navigate({
        to: '/w/$workspace/contacts/merge',
        params: { workspace },
        search: (old) => ({ ...old, ids: [...contactIds, contactId].join() }),
        replace: true,
      }),
  }
}

/** Whoever came by pressing what is gone now begins at the title. */
function useFocusWhenLost(isReady: boolean) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const isLost = document.activeElement === document.body && navigator.userActivation.hasBeenActive
    if (isReady && isLost) title.current?.focus({ preventScroll: true })
  }, [isReady])
  return title
}
