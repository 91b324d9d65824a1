import { Trans } from '@lingui/react/macro'
import css from './arranging.module.css'

/** How a list is arranged without the mouse; `spoken` says where the lifted row is by now. */
export function ArrangingKeys({ spoken }: { spoken: string }) {
  return (
    <>
      <p id="arrange-keys" className={css.keys}>
        <Trans>
          <kbd>Space</kbd> pick up · <kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>Space</kbd> drop · <kbd>Esc</kbd> cancel
        </Trans>
      </p>
      <p role="status" className="visually-hidden">
        {spoken}
      </p>
    </>
  )
}
