import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { FileRefused } from './upload-file.ts'

/** Why a file was not taken and what to do. */
export function fileProblemWords(error: Error, i18n: I18n): string {
  switch (error instanceof FileRefused ? error.reason : '') {
    case 'empty':
      return i18n._(msg`The file is empty.`)
    case 'no-rows':
      return i18n._(msg`The file has only its first line. Each contact needs a row below it.`)
    case 'duplicate-heads':
      return i18n._(msg`Two columns have the same name. Give each its own.`)
    case 'quotes':
      return i18n._(msg`A quote in the file is not closed. Write quotes inside a value twice.`)
    case 'long-line':
      return i18n._(msg`A line of the file is far too long. Look for a quote that is not closed.`)
    case 'archive':
      return i18n._(msg`This is an Excel workbook or an archive. Save it as CSV first.`)
    case 'not-text':
      return i18n._(msg`This is not a text file. Save it as CSV in UTF-8.`)
    case 'too-large':
      return i18n._(msg`The file is larger than 50 MB. Split it.`)
    case 'too-many-rows':
      return i18n._(msg`The file has more than 200,000 rows. Split it.`)
    case 'too-many-columns':
      return i18n._(msg`The file has too many columns.`)
    case 'too-many':
      return i18n._(msg`Many files are waiting already. Import some of them first.`)
    default:
      return i18n._(msg`No answer from the server. Check your connection.`)
  }
}
