import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Switch } from '../ui/switch.tsx'
import { useAllCommands, type Command } from './commands.ts'
import css from './key-sheet.module.css'
import { singleKeysAreOn, turnSingleKeys } from './listen-for-keys.ts'

/** What every key does on this screen, and the switch that turns single keys off. */
export default function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const [isOn, setOn] = useState(singleKeysAreOn)
  const groups = Object.groupBy(
    useAllCommands().filter((command): command is Command & { keys: string } => Boolean(command.keys)),
    (command) => command.group,
  )
  return (
    <Dialog isOpen onClose={onClose} title={t`Keyboard shortcuts`} wide>
      <div className={css.groups}>
        {Object.entries(groups)
          .toReversed()
          .map(([title, commands]) => (
            <section key={title} className={css.group}>
              <h3>{title}</h3>
              <dl>
                {commands?.map((command) => (
                  <div key={command.id} className={css.row}>
                    <dt>{command.title}</dt>
                    <dd>
                      <span className="visually-hidden">{command.keys}</span>
                      <Kbd keys={command.keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
      <Switch
        spread
        isSelected={isOn}
        onChange={(on) => {
          setOn(on)
          turnSingleKeys(on)
        }}
        note={t`Keys with ⌘ or Ctrl always work.`}
      >
        {t`Shortcuts of a single key`}
      </Switch>
    </Dialog>
  )
}
