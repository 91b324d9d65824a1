import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Columns3, Download, Plus, SearchX, Trash2, Users } from 'lucide-react'
import { lazy, useState } from 'react'
import { api } from '../api/client.ts'
import { useCan } from '../api/me.ts'
import { useCommands } from '../app/commands.ts'
import {
  ChooseMore,
  ExportContacts,
  SelectionActs,
  SelectionBar,
  useSelection,
  type SelectionAct,
} from '../bulk/shared.ts'
import { ErrorState } from '../app/page-states.tsx'
import { useTitle } from '../app/use-title.ts'
import { Button } from '../ui/button.tsx'
import { classes } from '../ui/classes.ts'
import { Empty } from '../ui/empty.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { LazyDialog } from '../ui/lazy-dialog.tsx'
import { Pane, PaneHead } from '../ui/pane.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import { useTyped } from '../ui/use-typed.ts'
import { NarrowBar, useNarrowing } from '../segments/shared.ts'
import ContactDrawer from './contact-drawer.tsx'
import { ContactsTable } from './contacts-table.tsx'
import css from './contacts-screen.module.css'
import { sortOf, usualOrder } from './plan-columns.ts'
import { TableSkeleton } from './table-skeleton.tsx'
import { useColumns } from './use-columns.ts'
import { useContactsAddress, type ContactsAddress } from './use-contacts-address.ts'

const ColumnsDialog = lazy(() => import('./columns-dialog.tsx'))
const AddContactDialog = lazy(() => import('./add-contact-dialog.tsx'))

/** Every contact of the workspace, found and sorted, each one's record beside the list. */
export default function ContactsScreen() {
  const { t } = useLingui()
  const address = useContactsAddress()
  useTitle(t`Contacts`)
  return (
    <div className={classes(css.contacts, address.contactId !== null && css.withDrawer)}>
      <ContactsPane address={address} />
      {address.contactId !== null && (
        <div className={css.drawer}>
          <ContactDrawer
            contactId={address.contactId}
            place="contacts"
            tab={address.tab}
            onTab={(tab) => address.change({ tab })}
            onClose={() => address.open(null)}
            onMoved={(survivorId) => address.open(survivorId, true)}
          />
        </div>
      )}
    </div>
  )
}

function ContactsPane({ address }: { address: ContactsAddress }) {
  const { t } = useLingui()
  const [isAdding, setAdding] = useState(false)
  const [isArranging, setArranging] = useState(false)
  const { q, sort } = address
  const order = address.order ?? usualOrder(sort)
  const columns = useColumns()
  const narrowed = useNarrowing(address)
  const { filter } = narrowed
  const narrowing = { ...(q === '' ? {} : { q }), ...(narrowed.isNarrowed ? { filter } : {}) }
  const list = useInfiniteQuery(
    api.contacts.list.infiniteOptions({
      input: (cursor: string | null) => ({
        sort,
        order,
        cursor,
        limit: 60,
        fields: columns.shown.flatMap(({ key }) => (key.startsWith('#') ? [Number(key.slice(1))] : [])),
        ...narrowing,
      }),
      enabled: !narrowed.isPending,
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
      placeholderData: (previous) => previous,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const { data: counted } = useQuery(
    api.contacts.count.queryOptions({ input: narrowing, enabled: !narrowed.isPending }),
  )
  const total = counted?.isExact === true ? counted.contacts : list.hasNextPage ? null : rows.length
  const chosen = useSelection(narrowing, total)
  const isChoosing = chosen.kind !== 'ids' || chosen.ids.length > 0
  const [act, setAct] = useState<SelectionAct | null>(null)
  const mayDelete = useCan('contacts.delete')
  const [isExporting, setExporting] = useState(false)
  const mayExport = useCan('contacts.export')
  const [typed, setTyped] = useTyped(address.q, (q) => address.change({ q: q || undefined }))
  useCommands([
    {
      id: 'contacts-columns',
      title: t`Columns`,
      group: t`Contacts`,
      icon: Columns3,
      run: () => setArranging(true),
    },
    { id: 'contacts-add', title: t`Add contact`, group: t`Contacts`, icon: Plus, run: () => setAdding(true) },
    ...(mayExport
      ? [
          {
            id: 'contacts-export',
            title: t`Export contacts`,
            group: t`Contacts`,
            icon: Download,
            run: () => setExporting(true),
          },
        ]
      : []),
    ...(isChoosing && mayDelete
      ? [
          {
            id: 'contacts-delete',
            title: t`Delete the selected contacts…`,
            group: t`Contacts`,
            keys: 'delete',
            icon: Trash2,
            run: () => setAct('delete'),
          },
        ]
      : []),
  ])
  return (
    <Pane label={t`Contacts`} isBusy={list.isPending} className={css.pane}>
      <PaneHead>
        <h1 className={css.title}>{t`Contacts`}</h1>
        <Button icon={Columns3} className={css.columns} onPress={() => setArranging(true)}>
          <Trans>Columns</Trans>
        </Button>
        {mayExport && <IconButton icon={Download} label={t`Export contacts`} onPress={() => setExporting(true)} />}
        <Button look="primary" icon={Plus} onPress={() => setAdding(true)}>
          <Trans>Add contact</Trans>
        </Button>
      </PaneHead>
      <div className={css.tools}>
        <SearchField
          label={t`Search contacts`}
          placeholder={t`Name, phone or email`}
          value={typed}
          onChange={setTyped}
          className={css.search ?? ''}
        />
        <Select
          aria-label={t`Sort by`}
          value={sort}
          onChange={(picked) => address.change({ sort: picked, order: undefined })}
          choices={[
            { id: 'lastMessage', name: t`Last message` },
            { id: 'name', name: t({ message: 'Name', context: 'of a contact' }) },
            { id: 'added', name: t`Date added` },
            ...columns.all.flatMap(({ key }) => {
              const by = sortOf(key)
              return by === null || by === 'lastMessage' || by === 'name' || by === 'added'
                ? []
                : [{ id: by, name: columns.nameOf(key) }]
            }),
          ]}
          className={css.sort ?? ''}
        />
        <IconButton
          icon={order === 'asc' ? ArrowUp : ArrowDown}
          label={order === 'asc' ? t`Lowest first. Turn round` : t`Highest first. Turn round`}
          onPress={() => address.change({ order: order === 'asc' ? 'desc' : 'asc' })}
        />
      </div>
      <NarrowBar narrowed={narrowed} address={address} q={q} />
      {list.error !== null && rows.length === 0 ? (
        <ErrorState error={list.error} title={t`The contacts couldn't be loaded`} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <TableSkeleton />
      ) : rows.length === 0 && list.hasNextPage ? (
        <StillSearching isPending={list.isFetchingNextPage} onGoOn={() => void list.fetchNextPage()} />
      ) : rows.length === 0 ? (
        <NothingHere
          q={q}
          isNarrowed={narrowed.isNarrowed}
          onClear={() => setTyped('')}
          onClearFilter={() => narrowed.setFilter({ and: [] })}
          onAdd={() => setAdding(true)}
        />
      ) : (
        <>
          {isChoosing && (chosen.kind !== 'ids' || rows.every(({ id }) => chosen.has(id))) && (
            <ChooseMore chosen={chosen} total={total} isNarrowed={q !== '' || narrowed.isNarrowed} />
          )}
          <ContactsTable
            rows={rows}
            chosen={chosen}
            columns={columns}
            sort={sort}
            order={order}
            onSort={(by, way) => address.change({ sort: by, order: way === usualOrder(by) ? undefined : way })}
            openId={address.contactId}
            onOpen={(id) => address.open(id)}
            onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
            isFetchingMore={list.isFetchingNextPage}
          />
        </>
      )}
      {isChoosing && <SelectionBar chosen={chosen} onAct={setAct} onExport={() => setExporting(true)} />}
      {isExporting && <ExportContacts chosen={chosen} narrowing={narrowing} onClose={() => setExporting(false)} />}
      <SelectionActs
        act={act}
        selection={chosen.selection}
        onClose={() => setAct(null)}
        onStarted={() => {
          setAct(null)
          chosen.clear()
        }}
      />
      {isArranging && (
        <LazyDialog onClose={() => setArranging(false)}>
          <ColumnsDialog columns={columns} onClose={() => setArranging(false)} />
        </LazyDialog>
      )}
      {isAdding && (
        <LazyDialog onClose={() => setAdding(false)}>
          <AddContactDialog onClose={() => setAdding(false)} onAdded={(id) => address.open(id)} />
        </LazyDialog>
      )}
    </Pane>
  )
}

/** A second was not enough to find anybody. */
function StillSearching(props: { isPending: boolean; onGoOn: () => void }) {
  const { t } = useLingui()
  return (
    <Empty
      icon={SearchX}
      level={2}
      title={t`Nobody found so far`}
      action={
        <Button onPress={props.onGoOn} isPending={props.isPending}>
          <Trans>Continue searching</Trans>
        </Button>
      }
    >
      <Trans>There are many contacts to look through.</Trans>
    </Empty>
  )
}

function NothingHere(props: {
  q: string
  isNarrowed: boolean
  onClearFilter: () => void
  onClear: () => void
  onAdd: () => void
}) {
  const { t } = useLingui()
  const { q } = props
  if (q !== '') {
    return (
      <Empty
        icon={SearchX}
        level={2}
        title={t`Nothing for “${q}”`}
        action={
          <Button onPress={props.onClear}>
            <Trans>Clear search</Trans>
          </Button>
        }
      >
        <Trans>Try fewer words.</Trans>
      </Empty>
    )
  }
  if (props.isNarrowed) {
    return (
      <Empty
        icon={SearchX}
        level={2}
        title={t`Nobody matches`}
        action={
          <Button onPress={props.onClearFilter}>
            <Trans>Clear filter</Trans>
          </Button>
        }
      >
        <Trans>No contact fits all of these conditions.</Trans>
      </Empty>
    )
  }
  return (
    <Empty
      icon={Users}
      level={2}
      title={t`No contacts yet`}
      action={
        <Button icon={Plus} onPress={props.onAdd}>
          <Trans>Add contact</Trans>
        </Button>
      }
    >
      <Trans>Whoever writes to you becomes a contact by themselves.</Trans>
    </Empty>
  )
}
